using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Contracts.Ipc.Integration.Tests.Harness;
using Contracts.Ipc.SharedMemory;

namespace Contracts.Ipc.Integration.Tests.SharedMemory;

/// <summary>Segments between processes that write at full speed, are stopped, and die.</summary>
[SupportedOSPlatform("linux")]
public sealed class SegmentProcessTests(ITestOutputHelper output) : IDisposable
{
    private readonly string _name = $"test-{Guid.NewGuid():N}";

    public void Dispose() => Assert.Empty(Directory.GetFiles("/dev/shm", $"*{_name}*"));

    [Fact]
    public async Task Updates_of_two_processes_are_all_counted()
    {
        const int each = 100_000;
        using SharedSegment<Telegram> segment = New();
        await using PeerProcess peer = Start("update", each);
        Assert.Equal("updating", await peer.ReadLineAsync());
        for (int i = 0; i < each; i++)
        {
            segment.Update(static (ref Telegram telegram) => telegram = Telegram.Of(telegram.Number + 1));
        }

        Assert.Equal("done", await peer.ReadLineAsync());
        Assert.Equal(2 * each, segment.Read(out long version).Number);
        Assert.Equal(2 * each, version);
    }

    // CONTRACTS_TORN_READS asks for more.
    [Fact]
    public async Task No_read_is_torn_while_another_process_writes_at_full_speed()
    {
        long reads = long.Parse(Environment.GetEnvironmentVariable("CONTRACTS_TORN_READS") ?? "10000000", CultureInfo.InvariantCulture);
        using SharedSegment<Telegram> segment = New();
        using var reader = SharedSegment<Telegram>.OpenReadOnly(_name);
        await using PeerProcess writer = Start("write", long.MaxValue);
        Assert.Equal("writing", await writer.ReadLineAsync());
        long torn = 0;
        long backwards = 0;
        long changes = 0;
        long known = 0;
        long start = Stopwatch.GetTimestamp();
        for (long i = 0; i < reads; i++)
        {
            torn += reader.Read(out long version).IsWhole ? 0 : 1;
            backwards += version < known ? 1 : 0;
            changes += version != known ? 1 : 0;
            known = version;
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        output.WriteLine($"{reads} reads and {known} writes in {seconds:0.0} s; {changes} reads saw another value than the one before.");
        Assert.True(segment.Version > known || known > 0);
        Assert.Equal(0, torn);
        Assert.Equal(0, backwards);
        _ = writer.Kill();
        Assert.True(segment.Read().IsWhole);
    }

    [Theory]
    [InlineData("locked", 5, true)]
    [InlineData("touched", 5, true)]
    [InlineData("half", 77, false)]
    [InlineData("whole", 77, true)]
    [InlineData("discarded", 5, true)]
    public async Task A_holder_that_is_killed_is_reported_once_and_at_once_with_what_it_left(string point, long left, bool isWhole)
    {
        using SharedSegment<Telegram> segment = New();
        segment.Write(Telegram.Of(5));
        await using PeerProcess holder = Start("hold", point);
        Assert.Equal("holding", await holder.ReadLineAsync());
        Assert.False(segment.TryLock(out _));

        // One thread waits for the lock while its holder dies.
        Task<(bool, long, bool, long)> waiting = Within.OnThread(() =>
        {
            using SharedSegmentGuard<Telegram> guard = segment.Lock(Within.Patience);
            return (guard.WasAbandoned, Stopwatch.GetTimestamp(), guard.WasAbandoned && guard.LeftBehind.IsWhole, guard.WasAbandoned ? guard.LeftBehind.Number : 0);
        });
        Telegram before = segment.Read();
        long killed = Stopwatch.GetTimestamp();
        long dead = holder.Kill();
        (bool wasAbandoned, long reported, bool wasWhole, long number) = await waiting.InTime();

        Assert.Equal(5, before.Number);
        Assert.True(wasAbandoned);
        Assert.Equal(left, number);
        Assert.Equal(isWhole, wasWhole);
        double milliseconds = Stopwatch.GetElapsedTime(dead, Math.Max(reported, dead)).TotalMilliseconds;
        output.WriteLine($"Reported {milliseconds:0.000} ms after the death was known here, {Stopwatch.GetElapsedTime(killed, reported).TotalMilliseconds:0.000} ms after the kill.");
        Assert.InRange(milliseconds, 0, 100);
        Assert.Equal(Telegram.Of(5).Number, segment.Read().Number);
        Assert.True(segment.Read().IsWhole);
        using SharedSegmentGuard<Telegram> next = segment.Lock();
        Assert.False(next.WasAbandoned);
    }

    // Wherever in its work the kill finds it.
    [Fact]
    public async Task Writers_that_are_killed_at_random_leave_a_whole_value_and_a_free_lock()
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        output.WriteLine($"Seed {seed}.");
        using SharedSegment<Telegram> segment = New();
        for (int i = 0; i < 20; i++)
        {
            await using PeerProcess writer = Start(i % 2 == 0 ? "write" : "update", long.MaxValue);
            _ = await writer.ReadLineAsync();
            long begun = segment.Version;
            Assert.True(Within.Eventually(() => segment.Version > begun));
            Thread.SpinWait(random.Next(200_000));
            _ = writer.Kill();

            Telegram left = segment.Read(out long version);
            Assert.True(left.IsWhole);
            Assert.True(version > begun);
            using (SharedSegmentGuard<Telegram> guard = segment.Lock(TimeSpan.FromMilliseconds(100)))
            {
                Assert.Equal(left.Number, guard.Value.Number);
                guard.Value = Telegram.Of(i);
            }

            Assert.Equal(version + 1, segment.Version);
        }

        output.WriteLine($"{segment.AbandonedCount} of 20 died with the lock.");
    }

    [Fact]
    public async Task A_holder_that_is_stopped_keeps_the_lock_and_disturbs_no_reader()
    {
        using SharedSegment<Telegram> segment = New();
        segment.Write(Telegram.Of(5));
        await using PeerProcess holder = Start("hold", "whole");
        Assert.Equal("holding", await holder.ReadLineAsync());
        holder.SendStop();

        _ = Assert.Throws<TimeoutException>(() => segment.Lock(TimeSpan.FromMilliseconds(50)).Dispose());
        _ = Assert.Throws<TimeoutException>(() =>
        {
            using SharedSegmentGuard<Telegram> _ = segment.Lock(TimeSpan.FromMilliseconds(250));
        });
        Assert.Equal(5, segment.Read().Number);

        holder.SendContinue();
        holder.WriteLine("go on");
        Assert.True(segment.WaitForChange(1, Within.Patience, TestContext.Current.CancellationToken));
        Assert.Equal(0, await holder.ExitAsync());
        Assert.Equal(77, segment.Read().Number);
        Assert.True(segment.Read().IsWhole);
        using SharedSegmentGuard<Telegram> guard = segment.Lock();
        Assert.False(guard.WasAbandoned);
    }

    [Fact]
    public async Task A_sleeper_that_is_killed_is_forgotten_and_others_are_woken()
    {
        using SharedSegment<Telegram> segment = New();
        for (int i = 1; i <= 5; i++)
        {
            await using PeerProcess sleeper = Start("sleep", 0);
            Assert.Equal("sleeping", await sleeper.ReadLineAsync());
            _ = sleeper.Kill();
            long version = segment.Version;
            Task<bool> sleeping = Within.OnThread(() => segment.WaitForChange(version, Within.Patience));
            segment.Write(Telegram.Of(i));
            Assert.True(await sleeping.InTime());
        }
    }

    [Fact]
    public async Task Where_memory_is_used_up_creating_fails_with_an_error_and_leaves_nothing()
    {
        // A /dev/shm of its own, in which some of the object's pages have room and the rest have not.
        string[] launcher = ["unshare", Environment.IsPrivilegedProcess ? "-m" : "-rm", "sh", "-c", "mount -t tmpfs -o size=64k tmpfs /dev/shm || { echo no mount; exit; }; exec \"$0\" \"$@\""];
        await using PeerProcess peer = PeerProcess.Run(launcher, "segment", "create", _name, "");

        string? answer = await peer.ReadLineAsync();

        // Where it is refused itself, unshare says nothing here and ends with 1.
        bool isRefused = answer == "no mount" || (answer is null && await peer.ExitAsync() == 1);
        Assert.SkipWhen(isRefused, "This system does not let the test mount a file system of its own.");
        Assert.Equal("ResourceExhausted, 0 files", answer);
        Assert.Equal(0, await peer.ExitAsync());
    }

    [Fact]
    public async Task Another_user_may_read_what_is_published_for_all_and_nothing_else()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can start a process as another user.");
        const UnixFileMode readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        using var segment = SharedSegment<Telegram>.Create(_name, new() { Permissions = readable, UnlinkOnDispose = true });
        segment.Write(Telegram.Of(5));
        await using PeerProcess reader = PeerProcess.Run(["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"], "segment", "read", _name, "0");
        Assert.Equal("PermissionDenied", await reader.ReadLineAsync());
        Assert.Equal("PermissionDenied", await reader.ReadLineAsync());
        Assert.Equal("5", await reader.ReadLineAsync());
        segment.Write(Telegram.Of(6));
        Assert.Equal("6", await reader.ReadLineAsync());
        Assert.Equal(0, await reader.ExitAsync());
    }

    private SharedSegment<Telegram> New() => SharedSegment<Telegram>.Create(_name, new() { UnlinkOnDispose = true });

    private PeerProcess Start(string command, object argument) =>
        PeerProcess.Run([], "segment", command, _name, Convert.ToString(argument, CultureInfo.InvariantCulture)!);
}
