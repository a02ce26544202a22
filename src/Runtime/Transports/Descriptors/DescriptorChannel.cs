using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.Polling;

namespace Contracts.Ipc.Transports.Descriptors;

/// <summary>
/// Frames over a stream of bytes that the kernel carries: a socket, a pair of pipes, a device. By our own non-blocking system calls; Linux only.
/// </summary>
/// <remarks>
/// <para>One send is one system call, one receive is one system call, and nothing is copied or allocated between the kernel and the
/// sink. Whoever wants to sleep uses poll (<see cref="WaitReadable"/>) or the reactor (<c>Arm…</c>).</para>
/// <para>A descriptor must never be closed while a thread is inside a system call on it, for its number could by then belong to
/// somebody else: <see cref="ChannelUse"/>.</para>
/// </remarks>
/// <typeparam name="TIO">The system calls. A struct, so that there is one compiled copy for sockets and one for files, without indirection.</typeparam>
internal class DescriptorChannel<TIO> : FrameChannel, IReadinessHandler, IThreadPoolWorkItem
    where TIO : struct, IDescriptorIO
{
    private readonly SafeDescriptor _reading;
    private readonly SafeDescriptor _writing;
    private readonly int _readDescriptor;
    private readonly int _writeDescriptor;
    private readonly FrameBuffer _received;
    private readonly Lock _gate = new();

    private IChannelEvents? _events;
    private ReactorRegistration? _readEvents;
    private ReactorRegistration? _writeEvents;
    private EventFd? _wake;
    private ChannelUse _use;
    private bool _released;
    private int _interrupted;

    /// <summary>A channel that reads from one descriptor and writes to another one, and owns both. They do not block, and may be the same.</summary>
    public DescriptorChannel(SafeDescriptor reading, SafeDescriptor writing, PeerIdentity peer, int maximumFrameLength)
    {
        TIO.Prepare();
        _reading = reading;
        _writing = writing;
        _readDescriptor = reading.Number;
        _writeDescriptor = writing.Number;
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
                _readEvents = Reactor.Shared.Register(_readDescriptor, this);
                _writeEvents = _writeDescriptor == _readDescriptor ? _readEvents : Reactor.Shared.Register(_writeDescriptor, new WriteEnd(this));
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

        int sent = TIO.Send(_writeDescriptor, first, second);
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

        int count = TIO.Receive(_readDescriptor, _received.Room());
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
            _readEvents?.ArmReadable();
        }
    }

    public override void ArmWritable() => _writeEvents?.ArmWritable();

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

            (bool readable, bool woken) = Poll.Readable(_readDescriptor, wake.Number, milliseconds);
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

        OnClosing();
        TIO.ShutDown(_writing);

        // Whoever sleeps in poll leaves now: a pipe's peer sees the end only when the last thread is out and the descriptor closed.
        Interrupt();
        _use.ShutDown();
        ReleaseIfUnused();
    }

    /// <summary>Why the peer is gone, by what a read said.</summary>
    /// <param name="error">The error number; 0 for the end of the stream.</param>
    protected virtual Exception EndOf(int error) => error == 0 ? _received.EndOfStream() : TransportError.PeerLost(NativeError.Describe(error));

    /// <summary>The channel is about to be closed; its descriptors are still open. Runs once, beside sends and receives.</summary>
    protected virtual void OnClosing()
    {
    }

    /// <summary>Closes the descriptors: nobody uses them any more. Runs once.</summary>
    protected virtual void Release()
    {
        _reading.Dispose();
        _writing.Dispose();
    }

    /// <summary>The length prefix that was out of bounds, if there was one.</summary>
    protected uint? BadLength => _received.BadLength;

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
        Close(EndOf(-count));
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
            _readEvents?.Remove();
            _writeEvents?.Remove();
        }

        _wake?.Dispose();
        Release();
    }

    /// <summary>The events of a write end of its own. That nobody reads it any more is no end yet: what the peer sent before may still be received.</summary>
    private sealed class WriteEnd(DescriptorChannel<TIO> owner) : IReadinessHandler
    {
        public void OnReady(Readiness readiness)
        {
            if ((readiness & Readiness.Writable) != 0 && owner.CloseReason is null)
            {
                owner._events?.OnWritable();
            }
        }
    }
}
