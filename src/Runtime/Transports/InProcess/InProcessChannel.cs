namespace Contracts.Ipc.Transports.InProcess;

/// <summary>One end of an in-process connection. Behaves like a socket in everything that a session can see.</summary>
internal sealed class InProcessChannel : FrameChannel
{
    private readonly FrameBuffer _received;
    private readonly WakeSignal _wake = new();
    private readonly ByteQueue _incoming;

    private readonly Func<bool> _isReadable;
    private readonly Announcement _readable;
    private readonly Announcement _writable;
    private readonly Announcement _peerGone;

    private InProcessChannel _other;
    private IChannelEvents? _events;
    private Exception? _closeReason;
    private bool _peerClosed;

    private InProcessChannel(int maximumFrameLength)
    {
        MaximumFrameLength = maximumFrameLength;
        _received = new FrameBuffer(maximumFrameLength);
        _readable = new Announcement(this, static events => events.OnReadable());
        _writable = new Announcement(this, static events => events.OnWritable());
        _peerGone = new Announcement(this, static events => events.OnPeerClosed());
        _isReadable = () => _received.FrameReady || CloseReason is not null || _incoming!.CanRead();
        _other = this;
        _incoming = new ByteQueue
        {
            Readable = RaiseReadable,
            Writable = () => _other.RaiseWritable(),
            Wake = _wake.Set,
        };
    }

    public override PeerIdentity Peer { get; } = SelfIdentity();

    public override int MaximumFrameLength { get; }

    public override bool CanPoll => true;

    public override Exception? CloseReason => Volatile.Read(ref _closeReason);

    public override bool IsInsideFrame => _received.IsInsideFrame;

    /// <summary>Two channels, each the other's peer.</summary>
    /// <param name="firstMaximum">The largest frame that the first accepts.</param>
    /// <param name="secondMaximum">The largest frame that the second accepts.</param>
    public static (InProcessChannel First, InProcessChannel Second) CreatePair(int firstMaximum, int secondMaximum)
    {
        InProcessChannel first = new(firstMaximum);
        InProcessChannel second = new(secondMaximum) { _other = first };
        first._other = second;
        return (first, second);
    }

    public override void Start(IChannelEvents events)
    {
        Volatile.Write(ref _events, events);

        // Full fence: either OnPeerGone sees the events, or we see its flag.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _peerClosed))
        {
            RaisePeerClosed();
        }
    }

    public override int TrySend(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        if (CloseReason is { } closed)
        {
            throw TransportError.Closed(closed);
        }

        int taken = _other._incoming.Write(first, second);
        return taken >= 0 ? taken : throw TransportError.CannotSend("the peer closed the connection");
    }

    public override ReceiveStatus Receive(IFrameSink sink)
    {
        if (CloseReason is not null)
        {
            _received.Release();
            return ReceiveStatus.Closed;
        }

        if (!_received.FrameReady)
        {
            int count = _incoming.Read(_received.Room());
            if (count == 0)
            {
                return ReceiveStatus.Empty;
            }

            if (count < 0)
            {
                Close(_received.EndOfStream());
                return ReceiveStatus.Closed;
            }

            _received.Commit(count);
        }

        while (_received.TryTake(out ReadOnlySpan<byte> frame))
        {
            if (!sink.OnFrame(frame))
            {
                return ReceiveStatus.Stopped;
            }
        }

        if (_received.Violation is { } violation)
        {
            throw violation;
        }

        return ReceiveStatus.Received;
    }

    public override void ArmReadable()
    {
        if (_received.FrameReady)
        {
            RaiseReadable();
        }
        else
        {
            _incoming.ArmReadable();
        }
    }

    public override void ArmWritable() => _other._incoming.ArmWritable();

    public override bool WaitReadable(int milliseconds) =>
        _wake.Wait(milliseconds, _isReadable);

    public override void Interrupt() => _wake.Interrupt();

    public override void Close(Exception reason)
    {
        if (Interlocked.CompareExchange(ref _closeReason, reason, null) is not null)
        {
            return;
        }

        // Both directions end, as with shutdown(2): the peer may still read what we sent, and can send no more.
        _other._incoming.End();
        _incoming.End();
        _other.OnPeerGone();
    }

    private static PeerIdentity SelfIdentity() => OperatingSystem.IsLinux()
        ? new PeerIdentity(UserId: Native.Files.EffectiveUserId, ProcessId: Environment.ProcessId)
        : new PeerIdentity(ProcessId: Environment.ProcessId, UserName: Environment.UserName);

    private void OnPeerGone()
    {
        Volatile.Write(ref _peerClosed, true);
        Interlocked.MemoryBarrier();
        RaisePeerClosed();
    }

    private void RaiseReadable() => ThreadPool.UnsafeQueueUserWorkItem(_readable, preferLocal: false);

    private void RaiseWritable() => ThreadPool.UnsafeQueueUserWorkItem(_writable, preferLocal: false);

    private void RaisePeerClosed() => ThreadPool.UnsafeQueueUserWorkItem(_peerGone, preferLocal: false);

    /// <summary>Raises one kind of event on the pool. One object for all times that it is raised: nothing is allocated.</summary>
    private sealed class Announcement(InProcessChannel channel, Action<IChannelEvents> raise) : IThreadPoolWorkItem
    {
        public void Execute()
        {
            if (Volatile.Read(ref channel._events) is { } events && channel.CloseReason is null)
            {
                raise(events);
            }
        }
    }
}
