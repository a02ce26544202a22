using System.Buffers;

namespace Contracts.Ipc.Transports.Queues;

/// <summary>Turns messages into frames again. Belongs to whoever holds the receive lease.</summary>
/// <remarks>A frame in pieces is put together in memory that grows with what has come; whole frames may come between its pieces.</remarks>
internal sealed class FrameParts(int maximumFrameLength)
{
    private byte[] _bytes = [];
    private int _count;

    /// <summary>Whether pieces of an unfinished frame are held.</summary>
    public bool IsInsideFrame => Volatile.Read(ref _count) > 0;

    /// <summary>Gives the frame that a message carries, or completes, to the sink.</summary>
    /// <returns>As <see cref="IFrameSink.OnFrame"/>; true if the frame is not complete yet.</returns>
    /// <exception cref="IpcProtocolException">It is no frame.</exception>
    public bool Deliver(QueueMessageKind kind, ReadOnlySpan<byte> content, IFrameSink sink)
    {
        if (kind == QueueMessageKind.Frame)
        {
            Check(content.Length);
            return sink.OnFrame(content);
        }

        Append(content);
        if (kind == QueueMessageKind.Part)
        {
            return true;
        }

        // Detached before the sink runs: it may lose the lease, and the next holder goes on from here.
        (byte[] bytes, int count) = (_bytes, _count);
        (_bytes, _count) = ([], 0);
        try
        {
            Check(count);
            return sink.OnFrame(bytes.AsSpan(0, count));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>Forgets what is unfinished.</summary>
    public void Clear() => (_bytes, _count) = ([], 0);

    private void Append(ReadOnlySpan<byte> content)
    {
        int needed = _count + content.Length;
        if (needed > maximumFrameLength)
        {
            throw TransportError.FrameLength((uint)needed, maximumFrameLength);
        }

        if (needed > _bytes.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, 2 * _bytes.Length));
            _bytes.AsSpan(0, _count).CopyTo(larger);
            if (_bytes.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(_bytes);
            }

            _bytes = larger;
        }

        content.CopyTo(_bytes.AsSpan(_count));
        Volatile.Write(ref _count, needed);
    }

    private void Check(int length)
    {
        if (length < FrameBuffer.HeaderLength || length > maximumFrameLength)
        {
            throw TransportError.FrameLength((uint)length, maximumFrameLength);
        }
    }
}
