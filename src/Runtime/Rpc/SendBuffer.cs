using Contracts.Ipc.Serialization;
using Contracts.Ipc.Transports;

namespace Contracts.Ipc.Rpc;

/// <summary>
/// What the one who is sending has taken out of the outbox and the channel has not taken yet. Belongs to that thread; the numbers may be
/// read by others.
/// </summary>
internal sealed class SendBuffer(FrameChannel channel) : IDisposable
{
    private PooledBuffer _bytes = new();
    private int _sent;

    /// <summary>Whether the bytes do not count for <see cref="SentTotal"/>.</summary>
    private bool _isFragment;
    private long _sentTotal;

    /// <summary>What the channel will have taken when the present attempt succeeds: the peer may act on it before the attempt has returned.</summary>
    private long _attemptedTotal;
    private long _lastProgress;

    /// <summary>Bytes that wait here.</summary>
    internal int Length => _bytes.WrittenCount - _sent;

    /// <summary>Bytes of small frames that the channel ever took or is just taking: what lies beyond, the peer cannot have seen.</summary>
    internal long SentTotal => Math.Max(Volatile.Read(ref _attemptedTotal), Volatile.Read(ref _sentTotal));

    /// <summary>When the channel last took something, in <see cref="Environment.TickCount64"/>.</summary>
    internal long LastProgress => Volatile.Read(ref _lastProgress);

    /// <summary>Sends a small frame from its sender's own buffer; keeps what the channel does not take.</summary>
    internal void Send(ReadOnlySpan<byte> frame)
    {
        int taken = TrySendSmall(frame);
        if (taken < frame.Length)
        {
            _bytes.Write(frame[taken..]);
        }
    }

    /// <summary>Keeps the rest of a frame of which the channel has taken a part.</summary>
    internal void Keep(ReadOnlySpan<byte> rest)
    {
        _bytes.Write(rest);
        _isFragment = true;
    }

    /// <summary>Sends the next fragment of a long message; keeps what the channel does not take.</summary>
    internal void SendFragment(LongMessage message, int maximumFrameLength)
    {
        Span<byte> head = stackalloc byte[LongMessage.MaximumHeadLength];
        ReadOnlySpan<byte> body = message.TakeFragment(ref head, maximumFrameLength);
        int taken = channel.TrySend(head, body);
        if (taken < head.Length + body.Length)
        {
            _bytes.Write(head[Math.Min(taken, head.Length)..]);
            _bytes.Write(body[Math.Max(taken - head.Length, 0)..]);
            _isFragment = true;
        }
    }

    /// <summary>Exchanges the empty buffer for one with frames.</summary>
    internal void Take(ref PooledBuffer pending) => (pending, _bytes) = (_bytes, pending);

    /// <summary>Sends what is kept.</summary>
    /// <returns>False when the channel is full.</returns>
    internal bool TryEmpty()
    {
        int length = _bytes.WrittenCount;
        if (length == 0)
        {
            return true;
        }

        ReadOnlySpan<byte> rest = _bytes.WrittenSpan[_sent..];
        int taken = _isFragment ? channel.TrySend(rest, default) : TrySendSmall(rest);
        _sent += taken;

        if (taken > 0 || _lastProgress == 0)
        {
            Volatile.Write(ref _lastProgress, Environment.TickCount64);
        }

        if (_sent < length)
        {
            return false;
        }

        _bytes.Reset();
        _sent = 0;
        _isFragment = false;
        return true;
    }

    private int TrySendSmall(ReadOnlySpan<byte> frames)
    {
        // Before the send, so that whoever ends the session meanwhile never says NotSent of a call that is executed already.
        long sent = _sentTotal;
        _ = Interlocked.Exchange(ref _attemptedTotal, sent + frames.Length);
        int taken = 0;
        try
        {
            taken = channel.TrySend(frames, default);
            return taken;
        }
        finally
        {
            Volatile.Write(ref _sentTotal, sent + taken);
            Volatile.Write(ref _attemptedTotal, sent + taken);
        }
    }

    /// <summary>Nothing waits any more: the clock for the next stall starts anew.</summary>
    internal void OnIdle() => _lastProgress = 0;

    public void Dispose() => _bytes.Dispose();
}
