using System.Buffers.Binary;

namespace Contracts.Ipc.Transports.Queues;

/// <summary>
/// Makes messages of frames: one of each, or several of a frame that is longer than a message. Belongs to whoever may send on the channel.
/// </summary>
/// <remarks>
/// Sessions send frames that fit; only those of the handshake, which come before either side knows what the other takes, are ever cut. When the queue is full in
/// the middle of a frame, the next call goes on there.
/// </remarks>
internal sealed class FrameCutter(OutgoingQueue queue, uint client, ulong key)
{
    private int _unsent;
    private int _priority;

    /// <summary>The longest frame that travels as one message.</summary>
    public int WholeFrameLength => queue.MessageLength - QueueMessage.HeaderLength;

    /// <summary>As <see cref="FrameChannel.TrySend"/>.</summary>
    /// <returns>How many bytes were taken, and whether the queue is gone.</returns>
    public (int Taken, bool IsGone) TrySend(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        int total = first.Length + second.Length;
        int taken = 0;
        while (taken < total)
        {
            (int count, SendOutcome outcome) = _unsent > 0 ? SendPart(first, second, taken) : SendFrame(first, second, taken, total);
            taken += count;
            if (outcome != SendOutcome.Sent)
            {
                return (taken, outcome == SendOutcome.Gone);
            }
        }

        return (taken, false);
    }

    /// <summary>Sends a message that is nothing but a header.</summary>
    public static SendOutcome TrySend(OutgoingQueue queue, QueueMessage message)
    {
        message.Write(queue.Room);
        return queue.TrySend(QueueMessage.HeaderLength, QueueMessage.LowestPriority);
    }

    private (int Count, SendOutcome Outcome) SendFrame(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, int offset, int total)
    {
        Span<byte> prefix = stackalloc byte[FrameBuffer.PrefixLength];
        Copy(first, second, offset, prefix);
        int length = BinaryPrimitives.ReadInt32LittleEndian(prefix);
        offset += FrameBuffer.PrefixLength;
        if (length < FrameBuffer.HeaderLength || length > total - offset)
        {
            throw TransportError.FrameLength((uint)length, total - offset);
        }

        Span<byte> room = queue.Room;
        if (length <= WholeFrameLength)
        {
            Span<byte> frame = room.Slice(QueueMessage.HeaderLength, length);
            Copy(first, second, offset, frame);
            new QueueMessage(QueueMessageKind.Frame, client, key).Write(room);
            SendOutcome outcome = queue.TrySend(QueueMessage.HeaderLength + length, QueueMessage.PriorityOf(frame));
            return (outcome == SendOutcome.Sent ? FrameBuffer.PrefixLength + length : 0, outcome);
        }

        // All pieces travel with one priority, and so in order; between them may come frames of another one, and pieces of such frames.
        Copy(first, second, offset, room[..FrameBuffer.HeaderLength]);
        _priority = QueueMessage.PriorityOf(room);
        _unsent = length;
        (int count, SendOutcome sent) = SendPart(first, second, offset);
        if (sent == SendOutcome.Sent)
        {
            return (FrameBuffer.PrefixLength + count, sent);
        }

        _unsent = 0;
        return (0, sent);
    }

    private (int Count, SendOutcome Outcome) SendPart(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, int offset)
    {
        int count = Math.Min(_unsent, WholeFrameLength);
        QueueMessageKind kind = count == _unsent ? QueueMessageKind.LastPart : QueueMessageKind.Part;
        Span<byte> room = queue.Room;
        Copy(first, second, offset, room.Slice(QueueMessage.HeaderLength, count));
        new QueueMessage(kind, client, key, (byte)_priority).Write(room);
        SendOutcome outcome = queue.TrySend(QueueMessage.HeaderLength + count, _priority);
        if (outcome != SendOutcome.Sent)
        {
            return (0, outcome);
        }

        _unsent -= count;
        return (count, outcome);
    }

    /// <summary>Copies from two spans that lie one behind the other.</summary>
    private static void Copy(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, int offset, Span<byte> destination)
    {
        if (offset < first.Length)
        {
            int count = Math.Min(first.Length - offset, destination.Length);
            first.Slice(offset, count).CopyTo(destination);
            destination = destination[count..];
            offset = first.Length;
        }

        second.Slice(offset - first.Length, destination.Length).CopyTo(destination);
    }
}
