using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.Polling;

namespace Contracts.Ipc.Transports.UnixSocket;

/// <summary>
/// Frames over an AF_UNIX stream socket, by our own non-blocking system calls. Linux only.
/// </summary>
/// <remarks>
/// <para>One send is one system call, one receive is one system call, and nothing is copied or allocated between the kernel and the
/// sink. Whoever wants to sleep uses poll (<see cref="WaitReadable"/>) or the reactor (<c>Arm…</c>).</para>
/// <para>The descriptor must never be closed while a thread is inside a system call on it, for its number could by then belong to
/// somebody else: <see cref="ChannelUse"/>.</para>
/// </remarks>
internal sealed class UnixSocketChannel : FrameChannel, IReadinessHandler, IThreadPoolWorkItem
{
    private readonly SafeDescriptor _socket;
    private readonly int _descriptor;
    private readonly FrameBuffer _received;
    private readonly Lock _gate = new();

    private IChannelEvents? _events;
    private ReactorRegistration? _registration;
    private EventFd? _wake;
    private ChannelUse _use;
    private bool _released;
    private int _interrupted;

    public UnixSocketChannel(SafeDescriptor socket, PeerIdentity peer, int maximumFrameLength)
    {
        _socket = socket;
        _descriptor = socket.Number;
        _received = new FrameBuffer(maximumFrameLength);
        Peer = peer;
        MaximumFrameLength = maximumFrameLength;
    }

    public override PeerIdentity Peer { get; }

    public override int MaximumFrameLength { get; }

    public override bool CanPoll => true;

    public override Exception? CloseReason => _use.CloseReason;

    public override bool IsInsideFrame => _received.IsInsideFrame;

    public override void Start(IChannelEvents events)
    {
        lock (_gate)
        {
            _events = events;
            if (!_released)
            {
                _registration = Reactor.Shared.Register(_descriptor, this);
            }
        }
    }

    public override int TrySend(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        if (!_use.BeginSend())
        {
            LeaveSend();
            throw TransportError.Closed(CloseReason!);
        }

        int sent = SocketIO.Send(_descriptor, first, second);
        LeaveSend();
        if (sent >= 0)
        {
            return sent;
        }

        // A failed send does not close the channel: what the peer sent before it went may still be waiting to be received (a
        // Reject, the last results). Receive finds the end behind it.
        return -sent is Errno.EAGAIN or Errno.ENOBUFS ? 0 : throw TransportError.CannotSend(NativeError.Describe(-sent));
    }

    public override ReceiveStatus Receive(IFrameSink sink)
    {
        if (CloseReason is not null)
        {
            _received.Release();
            return ReceiveStatus.Closed;
        }

        // Frames that an earlier holder of the lease left behind come first.
        if (_received.FrameReady)
        {
            return _received.Deliver(sink);
        }

        if (!EnterReceive())
        {
            return ReceiveStatus.Closed;
        }

        int count = SocketIO.Receive(_descriptor, _received.Room());
        LeaveReceive();
        if (count <= 0)
        {
            return -count == Errno.EAGAIN ? ReceiveStatus.Empty : End(count);
        }

        _received.Commit(count);
        return _received.Deliver(sink);
    }

    public override void ArmReadable()
    {
        if (_received.FrameReady)
        {
            // The kernel knows nothing of frames that are here already.
            _ = ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
        else
        {
            _registration?.ArmReadable();
        }
    }

    public override void ArmWritable() => _registration?.ArmWritable();

    public override bool WaitReadable(int milliseconds)
    {
        if (_received.FrameReady)
        {
            return true;
        }

        if (!EnterReceive())
        {
            return true;
        }

        try
        {
            // The exchange is a full fence between publishing _wake and reading the flag; Interrupt has the mirror image. Either it
            // sees _wake and signals, or we see its flag.
            EventFd wake = _wake ?? MakeWake();
            if (Interlocked.Exchange(ref _interrupted, 0) != 0)
            {
                _ = wake.Drain();
                return true;
            }

            (bool readable, bool woken) = Poll.Readable(_descriptor, wake.Number, milliseconds);
            if (woken)
            {
                Volatile.Write(ref _interrupted, 0);
                _ = wake.Drain();
            }

            return readable || woken;
        }
        finally
        {
            LeaveReceive();
        }
    }

    public override void Interrupt()
    {
        _ = Interlocked.Exchange(ref _interrupted, 1);
        Volatile.Read(ref _wake)?.Signal();
    }

    public override void Close(Exception reason)
    {
        if (!_use.TryClose(reason))
        {
            return;
        }

        Sockets.ShutDown(_socket);
        _use.ShutDown();
        ReleaseIfUnused();
    }

    /// <summary>An event of the reactor.</summary>
    void IReadinessHandler.OnReady(Readiness readiness)
    {
        IChannelEvents? events = _events;
        if (events is null || CloseReason is not null)
        {
            return;
        }

        if ((readiness & Readiness.Readable) != 0)
        {
            events.OnReadable();
        }

        if ((readiness & Readiness.Writable) != 0)
        {
            events.OnWritable();
        }

        if ((readiness & Readiness.PeerClosed) != 0)
        {
            events.OnPeerClosed();
        }
    }

    /// <summary>Armed while frames were here already.</summary>
    void IThreadPoolWorkItem.Execute() => _events?.OnReadable();

    private ReceiveStatus End(int count)
    {
        Close(count == 0 ? _received.EndOfStream() : TransportError.PeerLost(NativeError.Describe(-count)));
        return ReceiveStatus.Closed;
    }

    private EventFd MakeWake()
    {
        EventFd wake = new();
        Volatile.Write(ref _wake, wake);
        return wake;
    }

    private bool EnterReceive()
    {
        if (_use.BeginReceive())
        {
            return true;
        }

        LeaveReceive();
        return false;
    }

    private void LeaveReceive()
    {
        if (_use.EndReceive())
        {
            ReleaseIfUnused();
        }
    }

    private void LeaveSend()
    {
        if (_use.EndSend())
        {
            ReleaseIfUnused();
        }
    }

    /// <summary>Closes the descriptor if no thread is in a call on it. Whoever leaves last after <see cref="Close"/> succeeds.</summary>
    private void ReleaseIfUnused()
    {
        if (!_use.IsOver())
        {
            return;
        }

        lock (_gate)
        {
            if (_released)
            {
                return;
            }

            _released = true;
            _registration?.Remove();
        }

        _wake?.Dispose();
        _socket.Dispose();
    }
}
