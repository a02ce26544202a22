using System.Buffers;

namespace Contracts.Ipc.Transports.Queues;

/// <summary>Turns messages into frames again. Belongs to whoever holds the receive lease.</summary>
/// <remarks>
/// A frame in pieces is put together in memory that grows with what has come. Messages of a higher priority come between its pieces, be they whole frames or pieces of
/// others; so each priority is a lane of its own, within which everything is in order.
/// </remarks>
internal sealed class FrameParts(int maximumFrameLength)
{
    private Lane[]? _lanes;
    private int _unfinished;

    /// <summary>Whether pieces of an unfinished frame are held.</summary>
    public bool IsInsideFrame => Volatile.Read(ref _unfinished) > 0;

    /// <summary>Gives the frame that a message carries, or completes, to the sink.</summary>
    /// <returns>As <see cref="IFrameSink.OnFrame"/>; true if the frame is not complete yet.</returns>
    /// <exception cref="IpcProtocolException">It is no frame.</exception>
    public bool Deliver(QueueMessage message, ReadOnlySpan<byte> content, IFrameSink sink)
    {
        if (message.Kind == QueueMessageKind.Frame)
        {
            Check(content.Length);
            return sink.OnFrame(content);
        }

        if (message.Lane > QueueMessage.HighestPriority)
        {
            throw QueueError.NoSuchLane(message.Lane);
        }

        _lanes ??= new Lane[QueueMessage.HighestPriority + 1];
        ref Lane lane = ref _lanes[message.Lane];
        Append(ref lane, content);
        if (message.Kind == QueueMessageKind.Part)
        {
            return true;
        }

        // Detached before the sink runs: it may lose the lease, and the next holder goes on from here.
        Lane whole = lane;
        lane = default;
        _unfinished--;
        try
        {
            Check(whole.Count);
            return sink.OnFrame(whole.Bytes.AsSpan(0, whole.Count));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(whole.Bytes!);
        }
    }

    private void Append(ref Lane lane, ReadOnlySpan<byte> content)
    {
        int needed = lane.Count + content.Length;
        if (needed > maximumFrameLength)
        {
            throw TransportError.FrameLength((uint)needed, maximumFrameLength);
        }

        if (lane.Bytes is null)
        {
            lane.Bytes = ArrayPool<byte>.Shared.Rent(2 * content.Length);
            _unfinished++;
        }
        else if (needed > lane.Bytes.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, 2 * lane.Bytes.Length));
            lane.Bytes.AsSpan(0, lane.Count).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(lane.Bytes);
            lane.Bytes = larger;
        }

        content.CopyTo(lane.Bytes.AsSpan(lane.Count));
        lane.Count = needed;
    }

    private void Check(int length)
    {
        if (length < FrameBuffer.HeaderLength || length > maximumFrameLength)
        {
            throw TransportError.FrameLength((uint)length, maximumFrameLength);
        }
    }

    private struct Lane
    {
        public byte[]? Bytes;
        public int Count;
    }
}
