using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Contracts.Ipc.SharedMemory;
using Peers;

namespace Contracts.Ipc.Interop.Tests.SharedMemory;

/// <summary>One segment, one lock, two languages.</summary>
[SupportedOSPlatform("linux")]
public sealed class SegmentPeerTests(CCompiler compiler, ITestOutputHelper output) : IClassFixture<CCompiler>
{
    private readonly string _name = $"test-{Guid.NewGuid():N}";

    [Theory]
    [InlineData(SharedMemoryBacking.Posix)]
    [InlineData(SharedMemoryBacking.SystemV)]
    public void Updates_of_both_languages_at_once_are_all_counted_and_no_reader_sees_a_torn_value(SharedMemoryBacking backing)
    {
        const int each = 200_000;
        using SharedSegment<Sample> segment = New(backing);
        using CPeer reader = Start("read", backing, 2 * each);
        Assert.Equal("reading", reader.ReadLine());
        using CPeer writer = Start("update", backing, each);
        Assert.Equal("updating", writer.ReadLine());
        var reading = new Thread(() => ReadUntil(segment, 2 * each));
        reading.Start();

        for (int i = 0; i < each; i++)
        {
            segment.Update(static (ref Sample sample) =>
            {
                Assert.True(sample.IsWhole);
                sample = Sample.Of(sample.Number + 1);
            });
        }

        Assert.Equal(0, writer.Exit());
        Assert.Equal(Sample.Of(2 * each), segment.Read(out long version));
        Assert.Equal(2 * each, version);
        Assert.True(reading.Join(TimeSpan.FromSeconds(20)));
        Assert.True(_torn == 0, $"{_torn} torn reads in .NET.");
        output.WriteLine($"{_reads} reads in .NET, {reader.ReadLine()} in C.");
        Assert.Equal(0, reader.Exit());
    }

    // CONTRACTS_TORN_READS asks for more.
    [Fact]
    public void No_read_is_torn_while_C_writes_at_full_speed()
    {
        long reads = long.Parse(Environment.GetEnvironmentVariable("CONTRACTS_TORN_READS") ?? "5000000", CultureInfo.InvariantCulture);
        using SharedSegment<Sample> segment = New(SharedMemoryBacking.Posix);
        using CPeer writer = Start("update", SharedMemoryBacking.Posix, long.MaxValue);
        Assert.Equal("updating", writer.ReadLine());
        long torn = 0;
        long backwards = 0;
        long changes = 0;
        long known = 0;
        long start = Stopwatch.GetTimestamp();
        for (long i = 0; i < reads; i++)
        {
            Sample sample = segment.Read(out long version);
            torn += sample.IsWhole && sample.Number == version ? 0 : 1;
            backwards += version < known ? 1 : 0;
            changes += version != known ? 1 : 0;
            known = version;
        }

        output.WriteLine($"{reads} reads and {known} writes in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s; {changes} reads saw another value than the one before.");
        writer.Kill();
        Assert.True(changes > 0);
        Assert.Equal(0, torn);
        Assert.Equal(0, backwards);
        Assert.True(segment.Read().IsWhole);
    }

    [Theory]
    [InlineData("changed", 77)]
    [InlineData("untouched", 5)]
    public void A_holder_in_C_that_is_killed_is_reported_to_NET_with_what_it_left(string when, long left)
    {
        using SharedSegment<Sample> segment = New(SharedMemoryBacking.Posix);
        segment.Write(Sample.Of(5));
        using CPeer holder = Start("hold", SharedMemoryBacking.Posix, when);
        Assert.Equal("holding", holder.ReadLine());
        Assert.False(segment.TryLock(out _));
        Assert.Equal(Sample.Of(5), segment.Read());

        holder.Kill();
        long killed = Stopwatch.GetTimestamp();
        using (SharedSegmentGuard<Sample> guard = segment.Lock(TimeSpan.FromSeconds(20)))
        {
            output.WriteLine($"Reported after {Stopwatch.GetElapsedTime(killed).TotalMilliseconds:0.000} ms.");
            Assert.True(guard.WasAbandoned);
            Assert.Equal(Sample.Of(5) with { Number = left }, guard.LeftBehind);
            Assert.Equal(Sample.Of(5), guard.Value);
        }

        using SharedSegmentGuard<Sample> next = segment.Lock();
        Assert.False(next.WasAbandoned);
    }

    [Fact]
    public void A_holder_in_NET_that_ended_is_reported_to_C_with_what_it_left()
    {
        using SharedSegment<Sample> segment = New(SharedMemoryBacking.Posix);
        segment.Write(Sample.Of(5));
        var holder = new Thread(() => segment.Lock().Value.Number = 42);
        holder.Start();
        holder.Join();

        using CPeer peer = Start("recover", SharedMemoryBacking.Posix, 0);

        Assert.Equal("42", peer.ReadLine());
        Assert.Equal(0, peer.Exit());
        Assert.Equal(Sample.Of(42), segment.Read());
        Assert.Equal(1, segment.AbandonedCount);
    }

    [Fact]
    public void Sleepers_of_one_language_are_woken_by_writers_of_the_other()
    {
        const int last = 2_000;
        using SharedSegment<Sample> segment = New(SharedMemoryBacking.Posix);
        using CPeer sleeper = Start("follow", SharedMemoryBacking.Posix, 2 * last);
        Assert.Equal("following", sleeper.ReadLine());
        using CPeer writer = Start("update", SharedMemoryBacking.Posix, last);
        Assert.Equal("updating", writer.ReadLine());
        long seen = 0;
        while (segment.Read(out seen).Number < last)
        {
            Assert.True(segment.WaitForChange(seen, TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        }

        for (int i = 0; i < last; i++)
        {
            segment.Update(static (ref Sample sample) => sample = Sample.Of(sample.Number + 1));
        }

        Assert.Equal((2 * last).ToString(CultureInfo.InvariantCulture), sleeper.ReadLine());
        Assert.Equal(0, sleeper.Exit());
        Assert.Equal(0, writer.Exit());
    }

    [Fact]
    public void C_refuses_what_was_made_for_another_struct_or_is_not_there()
    {
        using (CPeer peer = Start("update", SharedMemoryBacking.Posix, 1))
        {
            Assert.Equal("there is no object of that name", peer.ReadLine());
        }

        using var other = SharedSegment<Other>.Create(_name, new() { UnlinkOnDispose = true });
        using (CPeer peer = Start("update", SharedMemoryBacking.Posix, 1))
        {
            Assert.Equal("the object was made for another struct", peer.ReadLine());
            Assert.Equal(1, peer.Exit());
        }
    }

    private long _reads;
    private long _torn;

    private void ReadUntil(SharedSegment<Sample> segment, long last)
    {
        long number = 0;
        while (number < last)
        {
            Sample sample = segment.Read();
            number = sample.Number;
            _torn += sample.IsWhole ? 0 : 1;
            _reads++;
        }
    }

    private SharedSegment<Sample> New(SharedMemoryBacking backing) => SharedSegment<Sample>.Create(_name, new() { Backing = backing, UnlinkOnDispose = true });

    private CPeer Start(string command, SharedMemoryBacking backing, object argument)
    {
        string name = backing == SharedMemoryBacking.Posix ? _name : Objects.KeyFileOf(_name);
        return new CPeer(compiler.Compile("segment_peer.c"), command, name, Convert.ToString(argument, CultureInfo.InvariantCulture)!);
    }
}
