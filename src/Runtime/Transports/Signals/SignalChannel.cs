using System.Buffers.Binary;
using Contracts.Ipc.Protocol;

namespace Contracts.Ipc.Transports.Signals;

/// <summary>
/// One end of a connection whose only traffic is signals. The session above speaks the protocol as over any other transport; what no signal can carry, the handshake and the end,
/// is answered here in the peer's place.
/// </summary>
/// <remarks>Frames for the session wait in an inbox. They come from what it sends itself, from signals, and from the end of the peer; only the last two need an event.</remarks>
internal abstract class SignalChannel : FrameChannel
{
    /// <summary>After so many frames whoever receives looks at other things too.</summary>
    private const int Batch = 256;

    private readonly Queue<byte[]> _inbox = new();
    private readonly WakeSignal _wake = new();
    private readonly Func<bool> _isReadable;
    private readonly Announcement _readable;
    private readonly Announcement _writable;
    private readonly Announcement _peerGone;
    private IChannelEvents? _events;
    private Exception? _closeReason;
    private Exception? _peerEnd;
    private bool _readArmed;

    private protected SignalChannel(int maximumFrameLength)
    {
        MaximumFrameLength = maximumFrameLength;
        _isReadable = IsReadable;
        _readable = new Announcement(this, static events => events.OnReadable());
        _writable = new Announcement(this, static events => events.OnWritable());
        _peerGone = new Announcement(this, static events => events.OnPeerClosed());
    }

    public override int MaximumFrameLength { get; }

    /// <summary>Signals announce themselves.</summary>
    public override bool CanPoll => false;

    public override Exception? CloseReason => Volatile.Read(ref _closeReason);

    public override bool IsInsideFrame => false;

    /// <summary>Guards the inbox and what derived classes add to it.</summary>
    private protected Lock Gate { get; } = new();

    public override void Start(IChannelEvents events)
    {
        Volatile.Write(ref _events, events);

        // Full fence: either EndOfPeer sees the events, or we see the end.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _peerEnd) is not null)
        {
            _peerGone.Raise();
        }
    }

    public override int TrySend(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        if (CloseReason is { } closed)
        {
            throw TransportError.Closed(closed);
        }

        // Only fragments come in two parts, and a message that needs them fits into no signal.
        ReadOnlySpan<byte> frames = second.IsEmpty ? first : (ReadOnlySpan<byte>)[.. first, .. second];
        int taken = 0;
        while (taken < frames.Length)
        {
            int length = FrameHeader.PrefixLength + BinaryPrimitives.ReadInt32LittleEndian(frames[taken..]);
            ReadOnlySpan<byte> whole = frames.Slice(taken, length);
            if (!TrySendFrame(FrameHeader.Read(whole[FrameHeader.PrefixLength..]), whole))
            {
                break;
            }

            taken += length;
        }

        return taken;
    }

    public override ReceiveStatus Receive(IFrameSink sink)
    {
        for (int i = 0; i < Batch; i++)
        {
            byte[]? frame;
            lock (Gate)
            {
                frame = CloseReason is null ? TakeSignal() ?? (_inbox.TryDequeue(out byte[]? next) ? next : null) : null;
            }

            if (frame is null)
            {
                if (Volatile.Read(ref _peerEnd) is { } end)
                {
                    Close(end);
                }

                return CloseReason is not null ? ReceiveStatus.Closed : i == 0 ? ReceiveStatus.Empty : ReceiveStatus.Received;
            }

            if (!sink.OnFrame(frame))
            {
                return ReceiveStatus.Stopped;
            }
        }

        return ReceiveStatus.Received;
    }

    public override void ArmReadable()
    {
        lock (Gate)
        {
            _readArmed = !HasSomething();
            if (_readArmed)
            {
                return;
            }
        }

        _readable.Raise();
    }

    public override void ArmWritable() => _writable.Raise();

    public override bool WaitReadable(int milliseconds) => _wake.Wait(milliseconds, _isReadable);

    public override void Interrupt() => _wake.Interrupt();

    public override void Close(Exception reason)
    {
        if (Interlocked.CompareExchange(ref _closeReason, reason, null) is null)
        {
            OnClosed();
            _wake.Set();
        }
    }

    /// <summary>Sends one frame, or answers it.</summary>
    /// <param name="header">Its header.</param>
    /// <param name="frame">All of it, length prefix included.</param>
    /// <returns>False if there is no room.</returns>
    private protected abstract bool TrySendFrame(FrameHeader header, ReadOnlySpan<byte> frame);

    /// <summary>The call that a signal stands for, or null; under the gate.</summary>
    private protected virtual byte[]? TakeSignal() => null;

    /// <summary>Whether <see cref="TakeSignal"/> would find one; under the gate.</summary>
    private protected virtual bool HasSignal => false;

    /// <summary>Gives back what the channel holds. Runs once.</summary>
    private protected abstract void OnClosed();

    /// <summary>Puts a frame before the session as if the peer had sent it.</summary>
    /// <param name="frame">Without length prefix.</param>
    private protected void Answer(byte[] frame)
    {
        lock (Gate)
        {
            _inbox.Enqueue(frame);
        }

        Notify();
    }

    /// <inheritdoc cref="Answer(byte[])"/>
    private protected void Answer(FrameHeader header)
    {
        byte[] frame = new byte[FrameHeader.Length];
        header.Write(frame);
        Answer(frame);
    }

    /// <summary>There is something to receive: tells whoever wants to know. Not under the gate.</summary>
    private protected void Notify()
    {
        bool armed;
        lock (Gate)
        {
            armed = _readArmed;
            _readArmed = false;
        }

        _wake.Set();
        if (armed)
        {
            _readable.Raise();
        }
    }

    /// <summary>The peer has ended; what is in the inbox is received first.</summary>
    private protected void EndOfPeer(Exception end)
    {
        if (Interlocked.CompareExchange(ref _peerEnd, end, null) is null)
        {
            _wake.Set();
            _peerGone.Raise();
        }
    }

    /// <summary>There is room again.</summary>
    private protected void AnnounceRoom() => _writable.Raise();

    private bool IsReadable()
    {
        lock (Gate)
        {
            return HasSomething();
        }
    }

    private bool HasSomething() => _inbox.Count > 0 || HasSignal || CloseReason is not null || Volatile.Read(ref _peerEnd) is not null;

    /// <summary>Raises one kind of event on the pool.</summary>
    private sealed class Announcement(SignalChannel channel, Action<IChannelEvents> raise) : IThreadPoolWorkItem
    {
        public void Raise() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

        public void Execute()
        {
            if (Volatile.Read(ref channel._events) is { } events && channel.CloseReason is null)
            {
                raise(events);
            }
        }
    }
}
