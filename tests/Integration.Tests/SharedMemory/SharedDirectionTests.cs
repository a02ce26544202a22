using System.Buffers.Binary;
using System.Diagnostics;
using Contracts.Ipc.Integration.Tests.Harness;
using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.SharedMemory;

namespace Contracts.Ipc.Integration.Tests.SharedMemory;

/// <summary>
/// Two processes write into one direction of a ring, and one is killed at each step with the mutex in its hands: EOWNERDEAD for the other. What was published
/// arrives once and in order; the record that was not is lost, and nothing else.
/// </summary>
public sealed class SharedDirectionTests(ITestOutputHelper output)
{
    private const int Capacity = RingLayout.MinimumCapacity;
    private const int Records = 2000;

    [Theory]
    [InlineData(PeerStep.BeforeLock)]
    [InlineData(PeerStep.Locked)]
    [InlineData(PeerStep.HalfCopied)]
    [InlineData(PeerStep.Copied)]
    [InlineData(PeerStep.Sealed)]
    [InlineData(PeerStep.Committed)]
    [InlineData(PeerStep.Advanced)]
    [InlineData(PeerStep.Unlocked)]
    public async Task A_producer_killed_at_any_step_loses_what_it_had_not_published_and_no_more(PeerStep step)
    {
        // 1234: the ring has gone round many times, so that all that lies there is of earlier laps.
        const int At = 1234;
        using var shared = new SharedRing();
        await using RingPeer victim = await RingPeer.ProduceAsync(shared.File.Number, Capacity, producer: 1, Records, step, At);
        var reader = new RecordReader(shared.Segment);

        // The victim's records before the one at which it stops: number 1233 counted from 0.
        reader.ReadUntil(() => reader.Seen(1) == At - 1);
        victim.AssertStopped();
        victim.Kill();

        var writer = new RingWriter(shared.Segment, RingDirection.ToServer);
        await using RingPeer third = await RingPeer.ProduceAsync(shared.File.Number, Capacity, producer: 3, Records);
        Task writing = Within.OnThread(() => Produce(writer, 2));
        reader.ReadUntil(() => reader.Seen(2) == Records && reader.Seen(3) == Records);
        await writing.InTime();
        Assert.Equal("produced", await third.SaysAsync());
        Assert.Equal(0, await third.ExitAsync());

        bool wasPublished = step >= PeerStep.Committed;
        Assert.Equal(wasPublished ? At : At - 1, reader.Seen(1));
        Assert.False(reader.HasRecord);
        bool diedInside = step is not (PeerStep.BeforeLock or PeerStep.Unlocked);

        // Either of the two survivors was first at the mutex.
        Assert.InRange(writer.Recoveries, 0, diedInside ? 1 : 0);
    }

    /// <summary>The same with the survivor in the middle of its work, and many times: it is the one that finds the dead owner.</summary>
    [Fact]
    public async Task A_survivor_that_waits_for_the_mutex_recovers_it_and_goes_on()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"Seed {seed}.");
        var random = new Random(seed);
        using var shared = new SharedRing();
        var reader = new RecordReader(shared.Segment);
        var writer = new RingWriter(shared.Segment, RingDirection.ToServer);
        using var stop = new CancellationTokenSource();
        int produced = 0;
        Task writing = Within.OnThread(() =>
        {
            // The test that has failed reads no more: then nothing need be written either.
            while (!stop.IsCancellationRequested && TryWrite(writer, 2, produced, stop.Token))
            {
                produced++;
            }
        });
        int published = 0;
        const int Kills = 60;
        try
        {
            for (int i = 0; i < Kills; i++)
            {
                published += await KillOneAsync();
            }

            await stop.CancelAsync();
            reader.ReadUntil(() => writing.IsCompleted && reader.Seen(2) == produced);
        }
        finally
        {
            // Before the memory goes.
            await stop.CancelAsync();
            await writing.InTime();
        }

        output.WriteLine($"{writer.Recoveries} recoveries of {Kills} kills; {published} records of the dead and {produced} of the survivor arrived, each once and in order.");
        Assert.Equal(Kills, writer.Recoveries);

        async Task<int> KillOneAsync()
        {
            PeerStep step = (PeerStep)random.Next((int)PeerStep.Locked, (int)PeerStep.Unlocked);
            int at = random.Next(1, 50);
            reader.Restart(1);
            await using RingPeer victim = await RingPeer.ProduceAsync(shared.File.Number, Capacity, producer: 1, Records, step, at);
            reader.ReadUntil(() => reader.Seen(1) >= at - 1 && victim.IsStopped());
            int recoveries = writer.Recoveries;
            victim.Kill();
            int wanted = step >= PeerStep.Committed ? at : at - 1;

            // What the survivor writes after the recovery stands behind what the victim had published; what it wrote before may still be unread in front of it.
            reader.ReadUntil(() => writer.Recoveries > recoveries);
            int from = Volatile.Read(ref produced);
            reader.ReadUntil(() => reader.Seen(2) > from + 1);
            Assert.Equal(wanted, reader.Seen(1));
            return wanted;
        }
    }

    /// <summary>Nobody reports a holder that is merely stopped, so a lock has a deadline; once it goes on, so does everything.</summary>
    [Fact]
    public async Task A_producer_stopped_with_the_mutex_costs_a_deadline_and_all_is_in_order_when_it_continues()
    {
        const int At = 300;
        using var shared = new SharedRing();
        await using RingPeer stopped = await RingPeer.ProduceAsync(shared.File.Number, Capacity, producer: 1, Records, PeerStep.HalfCopied, At);
        var reader = new RecordReader(shared.Segment);
        reader.ReadUntil(() => reader.Seen(1) == At - 1);
        stopped.AssertStopped();
        var writer = new RingWriter(shared.Segment, RingDirection.ToServer);
        long start = Stopwatch.GetTimestamp();
        IpcProtocolException refused = Assert.Throws<IpcProtocolException>(() => Write(writer, 2, 0));
        double took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Assert.Contains("held for a second", refused.Message, StringComparison.Ordinal);
        Assert.InRange(took, 900, 5000);
        Assert.False(reader.HasRecord);

        stopped.Continue();
        Task writing = Within.OnThread(() => Produce(writer, 2));
        reader.ReadUntil(() => reader.Seen(1) == Records && reader.Seen(2) == Records);
        await writing.InTime();
        Assert.Equal("produced", await stopped.SaysAsync());
        Assert.Equal(0, await stopped.ExitAsync());
        Assert.Equal(0, writer.Recoveries);
    }

    private static void Produce(RingWriter writer, int producer)
    {
        for (int i = 0; i < Records; i++)
        {
            Write(writer, producer, i);
        }
    }

    /// <summary>The same record that the C producer makes of these numbers: a frame, as everything in a ring.</summary>
    private static void Write(RingWriter writer, int producer, int number) => Assert.True(TryWrite(writer, producer, number, CancellationToken.None));

    /// <summary>Lengths differ, so that records go round the ring's end at every place.</summary>
    private static int WordsOf(int number) => 4 + (int)((uint)number * 7 % 61);

    private static bool TryWrite(RingWriter writer, int producer, int number, CancellationToken cancellationToken)
    {
        int words = WordsOf(number);
        Span<byte> record = stackalloc byte[words * 4];
        BinaryPrimitives.WriteInt32LittleEndian(record, record.Length - 4);
        BinaryPrimitives.WriteInt32LittleEndian(record[4..], producer);
        BinaryPrimitives.WriteInt32LittleEndian(record[8..], number);
        for (int k = 3; k < words; k++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(record[(4 * k)..], ((uint)number * 2654435761u) + (uint)k);
        }

        // A second span that is empty: one record, whole or not at all.
        while (writer.TryWrite(record, default) == 0)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                return false;
            }

            _ = Thread.Yield();
        }

        return true;
    }

    private sealed class SharedRing : IDisposable
    {
        internal SharedRing()
        {
            Segment = RingSegment.Create(Capacity, out SafeDescriptor file);
            File = file;
        }

        internal RingSegment Segment { get; }

        internal SafeDescriptor File { get; }

        public void Dispose()
        {
            Segment.Dispose();
            File.Dispose();
        }
    }

    /// <summary>Takes records and checks each: whole, once, in the order of its producer.</summary>
    private sealed class RecordReader(RingSegment segment)
    {
        private readonly RingReader _reader = new(segment, RingDirection.ToServer);
        private readonly int[] _seen = new int[4];
        private readonly byte[] _bytes = new byte[1024];

        internal bool HasRecord => _reader.HasRecord;

        internal int Seen(int producer) => _seen[producer];

        internal void Restart(int producer) => _seen[producer] = 0;

        internal void ReadUntil(Func<bool> condition)
        {
            long start = Stopwatch.GetTimestamp();
            while (!condition())
            {
                int count = _reader.Read(_bytes);
                if (count > 0)
                {
                    Check(_bytes.AsSpan(0, count));
                }
                else
                {
                    Assert.Null(_reader.Violation);
                    Assert.True(Stopwatch.GetElapsedTime(start) < Within.Patience, $"Not in time: {string.Join(", ", _seen)}.");
                    _ = Thread.Yield();
                }
            }
        }

        private void Check(ReadOnlySpan<byte> record)
        {
            int producer = BinaryPrimitives.ReadInt32LittleEndian(record[4..]);
            int number = BinaryPrimitives.ReadInt32LittleEndian(record[8..]);
            Assert.InRange(producer, 1, 3);
            Assert.Equal(_seen[producer], number);
            _seen[producer]++;
            Assert.Equal(WordsOf(number) * 4, record.Length);
            Assert.Equal(record.Length - 4, BinaryPrimitives.ReadInt32LittleEndian(record));
            for (int k = 3; k < record.Length / 4; k++)
            {
                Assert.Equal(((uint)number * 2654435761u) + (uint)k, BinaryPrimitives.ReadUInt32LittleEndian(record[(4 * k)..]));
            }
        }
    }
}
