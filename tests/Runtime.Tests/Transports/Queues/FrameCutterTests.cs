using Contracts.Ipc.Protocol;
using Contracts.Ipc.Transports.Queues;

namespace Contracts.Ipc.Runtime.Tests.Transports.Queues;

/// <summary>Frames become messages and frames again, whatever the queue takes, and in whatever order their priorities let them travel.</summary>
public sealed class FrameCutterTests
{
    private const int MaximumFrameLength = 20_000;

    [Fact]
    public void Frames_of_any_length_and_priority_come_out_whole_and_in_the_order_of_each_priority()
    {
        int seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        Random random = new(seed);
        for (int round = 0; round < 200; round++)
        {
            using MemoryQueue queue = new(messageLength: random.Next(128, 3000), random);
            FrameCutter cutter = new(queue, 7, 9);
            FrameParts parts = new(MaximumFrameLength);
            RecordingSink sink = new();
            byte[][] frames = [.. Enumerable.Range(0, 30).Select(i => Frame(random, i))];
            byte[] all = [.. frames.SelectMany(static frame => frame)];

            int sent = 0;
            while (sent < all.Length || !queue.IsEmpty)
            {
                // In two spans, cut anywhere behind the first byte of what is left: whole frames together.
                int cut = random.Next(sent, all.Length + 1);
                sent += cutter.TrySend(all.AsSpan(sent..cut), all.AsSpan(cut)).Taken;
                for (int i = random.Next(0, 6); i > 0 && queue.TryTake(out byte[] message); i--)
                {
                    QueueMessage header = QueueMessage.Read(message);
                    Assert.Equal((7u, 9ul), (header.Client, header.Key));
                    Assert.True(parts.Deliver(header, message.AsSpan(QueueMessage.HeaderLength), sink));
                }
            }

            Assert.False(parts.IsInsideFrame);
            Assert.Equal(frames.Length, sink.Frames.Count);
            for (byte priority = 0; priority <= FrameHeader.MaximumPriority; priority++)
            {
                Frames.AssertSame(
                    [.. frames.Where(frame => FrameHeader.PriorityOf(frame.AsSpan(4)) == priority)],
                    [.. sink.Frames.Where(frame => FrameHeader.PriorityOf(frame) == priority)]);
            }
        }
    }

    [Theory]
    [InlineData(15)]
    [InlineData(MaximumFrameLength + 1)]
    public void A_frame_of_a_length_that_cannot_be_is_an_error(int length)
    {
        FrameParts parts = new(MaximumFrameLength);
        _ = Assert.Throws<IpcProtocolException>(() => parts.Deliver(new QueueMessage(QueueMessageKind.Frame, 1, 2), new byte[length], new RecordingSink()));
    }

    [Fact]
    public void Pieces_that_never_end_are_an_error_before_they_take_more_memory_than_a_frame()
    {
        FrameParts parts = new(MaximumFrameLength);
        RecordingSink sink = new();
        for (int i = 0; i < MaximumFrameLength / 1000; i++)
        {
            Assert.True(parts.Deliver(new QueueMessage(QueueMessageKind.Part, 1, 2), new byte[1000], sink));
        }

        Assert.True(parts.IsInsideFrame);
        _ = Assert.Throws<IpcProtocolException>(() => parts.Deliver(new QueueMessage(QueueMessageKind.Part, 1, 2), new byte[1], sink));
        _ = Assert.Throws<IpcProtocolException>(() => parts.Deliver(new QueueMessage(QueueMessageKind.Part, 1, 2, 9), new byte[1], sink));
    }

    private static byte[] Frame(Random random, int seed)
    {
        byte[] frame = Frames.Prefixed(random.Next(3) == 0 ? random.Next(FrameHeader.Length, MaximumFrameLength + 1) : random.Next(FrameHeader.Length, 200), seed);
        new FrameHeader(FrameKind.Call, FrameFlags.None, (uint)seed, 0, Priority: (byte)random.Next(FrameHeader.MaximumPriority + 1)).Write(frame.AsSpan(4));
        return frame;
    }

    /// <summary>A queue as the kernel keeps it: the highest priority first, among equals the oldest. It is full whenever it likes.</summary>
    private sealed class MemoryQueue(int messageLength, Random random) : OutgoingQueue
    {
        private readonly List<(int Priority, byte[] Message)> _messages = [];
        private readonly byte[] _room = new byte[messageLength];

        public bool IsEmpty => _messages.Count == 0;

        public override int MessageLength => messageLength;

        public override Span<byte> Room => _room;

        public override SendOutcome TrySend(int length, int priority)
        {
            if (random.Next(5) == 0)
            {
                return SendOutcome.Full;
            }

            _messages.Add((priority, _room[..length]));
            return SendOutcome.Sent;
        }

        public bool TryTake(out byte[] message)
        {
            message = [];
            if (IsEmpty)
            {
                return false;
            }

            int highest = _messages.Max(static waiting => waiting.Priority);
            int first = _messages.FindIndex(waiting => waiting.Priority == highest);
            message = _messages[first].Message;
            _messages.RemoveAt(first);
            return true;
        }

        public override void Start(IOutgoingEvents events, uint client)
        {
        }

        public override void ArmWritable()
        {
        }

        public override void Dispose()
        {
        }
    }
}
