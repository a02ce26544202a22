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
    private bool _isFragment;
    private long _sentTotal;
    private long _lastProgress;

    /// <summary>Bytes that wait here.</summary>
    internal int Length => _bytes.WrittenCount - _sent;

    /// <summary>Bytes of small frames that the channel ever took: what lies beyond, the peer cannot have seen.</summary>
    internal long SentTotal => Volatile.Read(ref _sentTotal);

    /// <summary>When the channel last took something, in <see cref="Environment.TickCount64"/>.</summary>
    internal long LastProgress => Volatile.Read(ref _lastProgress);

    /// <summary>Sends a small frame from its sender's own buffer; keeps what the channel does not take.</summary>
    internal void Send(ReadOnlySpan<byte> frame)
    {
        int taken = channel.TrySend(frame, default);
        _ = Interlocked.Add(ref _sentTotal, taken);
        if (taken < frame.Length)
        {
            _bytes.Write(frame[taken..]);
        }
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

        int taken = channel.TrySend(_bytes.WrittenSpan[_sent..], default);
        _sent += taken;
        if (!_isFragment)
        {
            _ = Interlocked.Add(ref _sentTotal, taken);
        }

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

    /// <summary>Nothing waits any more: the clock for the next stall starts anew.</summary>
    internal void OnIdle() => _lastProgress = 0;

    public void Dispose() => _bytes.Dispose();
}
