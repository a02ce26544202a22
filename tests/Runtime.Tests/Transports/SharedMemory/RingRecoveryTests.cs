using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.SharedMemory;

namespace Contracts.Ipc.Runtime.Tests.Transports.SharedMemory;

/// <summary>A sender dies at one step of a write; the next one goes on. The kernel counts threads, so that a thread which ends with the mutex in its hands stands for a process.</summary>
public sealed class RingRecoveryTests : IDisposable
{
    private const int Capacity = RingLayout.MinimumCapacity;

    private readonly RingSegment _segment;
    private readonly RingWriter _dying;
    private readonly RingWriter _next;
    private readonly RingReader _reader;

    public RingRecoveryTests()
    {
        _segment = RingSegment.Create(Capacity, out SafeDescriptor file);
        file.Dispose();
        _dying = new RingWriter(_segment, RingDirection.ToServer);
        _next = new RingWriter(_segment, RingDirection.ToServer);
        _reader = new RingReader(_segment, RingDirection.ToServer);
    }

    public void Dispose() => _segment.Dispose();

    [Theory]
    [InlineData("locked")]
    [InlineData("copied")]
    [InlineData("sealed")]
    public void What_was_only_begun_is_lost_and_nothing_else(string step)
    {
        Write(_dying, 1);
        DieAt(step, 2);
        Write(_next, 3);
        Assert.Equal([1, 3], ReadAll());
        Assert.Equal(1, _next.Recoveries);
    }

    [Theory]
    [InlineData("committed")]
    [InlineData("advanced")]
    public void What_was_made_visible_arrives_once_and_in_order(string step)
    {
        Write(_dying, 1);
        DieAt(step, 2);
        Write(_next, 3);
        Assert.Equal([1, 2, 3], ReadAll());
        Assert.Equal(1, _next.Recoveries);
    }

    [Theory]
    [InlineData("committed")]
    [InlineData("advanced")]
    public void What_was_made_visible_and_taken_before_the_next_sender_came_arrives_once(string step)
    {
        Write(_dying, 1);
        DieAt(step, 2);
        Assert.Equal([1, 2], ReadAll());
        Write(_next, 3);
        Assert.Equal([3], ReadAll());
        Assert.False(_reader.HasRecord);
    }

    [Fact]
    public void Deaths_all_along_many_laps_lose_what_was_begun_alone()
    {
        string[] steps = ["locked", "copied", "sealed", "committed", "advanced"];
        int seed = Environment.TickCount;
        TestContext.Current.SendDiagnosticMessage($"seed {seed}");
        var random = new Random(seed);
        List<int> expected = [];
        List<int> arrived = [];
        for (int i = 0; i < 400; i++)
        {
            string step = steps[random.Next(steps.Length)];
            var sender = new RingWriter(_segment, RingDirection.ToServer);
            DieAt(step, i, random.Next(Capacity / 8), sender);
            if (step is "committed" or "advanced")
            {
                expected.Add(i);
            }

            // Often enough that the ring never fills, and mostly between the death and the recovery.
            if (random.Next(3) > 0 || i % 4 == 3)
            {
                arrived.AddRange(ReadAll());
            }
        }

        Write(_next, -1);
        arrived.AddRange(ReadAll());
        Assert.Equal([.. expected, -1], arrived);
    }

    private void DieAt(string step, int value) => DieAt(step, value, 0, _dying);

    private static void DieAt(string step, int value, int padding, RingWriter writer)
    {
        var thread = new Thread(() =>
        {
            byte[] content = Content(value, padding);
            writer.Lock();
            ulong tail = writer.Begin();
            if (step == "locked")
            {
                return;
            }

            writer.Copy(tail, content, default, content.Length);
            if (step == "copied")
            {
                return;
            }

            ulong next = writer.Seal(tail, content.Length);
            if (step == "sealed")
            {
                return;
            }

            writer.Commit(tail, content.Length);
            if (step == "committed")
            {
                return;
            }

            writer.Advance(next);
        });
        thread.Start();
        thread.Join();
    }

    private static void Write(RingWriter writer, int value)
    {
        byte[] content = Content(value, 0);
        Assert.Equal(content.Length, writer.TryWrite(content, default));
    }

    // One frame: prefix, then a number and what fills it up.
    private static byte[] Content(int value, int padding)
    {
        byte[] content = new byte[sizeof(int) + 16 + padding];
        BitConverter.TryWriteBytes(content, content.Length - sizeof(int));
        BitConverter.TryWriteBytes(content.AsSpan(sizeof(int)), value);
        return content;
    }

    private List<int> ReadAll()
    {
        List<int> values = [];
        byte[] bytes = new byte[Capacity];
        while (_reader.HasRecord)
        {
            int count = _reader.Read(bytes);
            Assert.True(count > 0, _reader.Violation?.Message);
            for (int at = 0; at < count; at += sizeof(int) + BitConverter.ToInt32(bytes, at))
            {
                values.Add(BitConverter.ToInt32(bytes, at + sizeof(int)));
            }
        }

        return values;
    }
}
