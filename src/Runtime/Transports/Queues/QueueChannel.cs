using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.Ownership;

namespace Contracts.Ipc.Transports.Queues;

/// <summary>Frames over two queues of messages: what both sides have in common, which is sending, seeing the peer's end, and parting.</summary>
/// <remarks>
/// <para>Queues do not tell when the other side ends. A peer that closes says so (<see cref="QueueMessageKind.Close"/>), behind everything that it sent; one
/// that dies is seen through its process (<see cref="ProcessWatch"/>), and what it had sent is still received.</para>
/// <para>A queue must not be closed while a thread is inside a call on it: <see cref="ChannelUse"/>. Parting may outlast that: if the peer's queue is full, the
/// word waits for room, or for the end of the peer's process.</para>
/// </remarks>
internal abstract class QueueChannel : FrameChannel, IOutgoingEvents, IThreadPoolWorkItem
{
    private readonly OutgoingQueue _outgoing;
    private readonly FrameCutter _cutter;
    private readonly QueueWait _wait;
    private readonly Lock _gate = new();

    private ProcessWatch? _watch;
    private IChannelEvents? _events;
    private ChannelUse _use;
    private bool _isPeerGone;
    private bool _isReleased;
    private bool _hasParted;

    private protected QueueChannel(OutgoingQueue outgoing, QueueWait wait, uint number, ulong key, PeerIdentity peer, int maximumFrameLength)
    {
        _outgoing = outgoing;
        _wait = wait;
        _cutter = new FrameCutter(outgoing, number, key);
        Number = number;
        Key = key;
        Peer = peer;
        MaximumFrameLength = Math.Min(maximumFrameLength, _cutter.WholeFrameLength);
        Parts = new FrameParts(maximumFrameLength);
    }

    public override PeerIdentity Peer { get; }

    /// <summary>What the peer's queue takes as one message. Longer frames are cut, which only the handshake needs.</summary>
    public override int MaximumFrameLength { get; }

    public override bool CanPoll => true;

    public override bool IsInsideFrame => Parts.IsInsideFrame;

    public override Exception? CloseReason => _use.CloseReason;

    /// <summary>Which client it is.</summary>
    public uint Number { get; }

    /// <summary>What proves a message to be this connection's.</summary>
    public ulong Key { get; }

    /// <summary>Whether the peer's process has ended. What it had sent may still be there.</summary>
    protected bool IsPeerGone => Volatile.Read(ref _isPeerGone);

    protected FrameParts Parts { get; }

    protected IChannelEvents? Events => Volatile.Read(ref _events);

    /// <summary>Whether there is something to receive that no event of the queue announces.</summary>
    protected abstract bool HasArrived { get; }

    /// <summary>Begins to watch the peer. Once, before the channel is given away.</summary>
    public void Watch(ProcessIdentity peer)
    {
        _outgoing.Start(this, Number);
        _watch = ProcessWatch.Start(peer, OnPeerEnded);
    }

    public override void Start(IChannelEvents events)
    {
        Volatile.Write(ref _events, events);

        // Full fence: either OnPeerEnded sees the events, or its flag is seen here.
        Interlocked.MemoryBarrier();
        if (IsPeerGone)
        {
            _ = ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    public override int TrySend(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        if (!_use.BeginSend())
        {
            LeaveSend();
            throw TransportError.Closed(CloseReason!);
        }

        try
        {
            (int taken, bool isGone) = _cutter.TrySend(first, second);
            return taken > 0 || !(isGone || IsPeerGone) ? taken : throw TransportError.CannotSend("the peer has ended");
        }
        finally
        {
            LeaveSend();
        }
    }

    public override void ArmWritable()
    {
        if (IsPeerGone)
        {
            _ = ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
        else
        {
            _outgoing.ArmWritable();
        }
    }

    public override bool WaitReadable(int milliseconds)
    {
        if (!EnterReceive())
        {
            return true;
        }

        try
        {
            BeginWait();
            return HasArrived || IsPeerGone || _wait.Wait(milliseconds);
        }
        finally
        {
            EndWait();
            LeaveReceive();
        }
    }

    public override void Interrupt() => _wait.Interrupt();

    public override void Close(Exception reason)
    {
        if (!_use.TryClose(reason))
        {
            return;
        }

        OnClosing();
        _wait.Interrupt();
        _use.ShutDown();
        ReleaseIfUnused();
    }

    void IOutgoingEvents.OnWritable()
    {
        if (Volatile.Read(ref _isReleased))
        {
            Part();
        }
        else if (CloseReason is null)
        {
            Events?.OnWritable();
        }
    }

    /// <summary>Says again what no further event says.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        if (Events is not { } events || CloseReason is not null)
        {
            return;
        }

        events.OnReadable();
        if (IsPeerGone)
        {
            events.OnWritable();
            events.OnPeerClosed();
        }
    }

    /// <summary>From here on nothing is delivered to the channel.</summary>
    protected abstract void OnClosing();

    /// <summary>Nobody is inside any more: gives back what this side receives with.</summary>
    protected abstract void ReleaseIncoming();

    /// <summary>The calling thread is about to sleep: what arrives from now on must wake it.</summary>
    protected virtual void BeginWait()
    {
    }

    protected virtual void EndWait()
    {
    }

    /// <summary>Has somebody tell the session to look, although no event comes.</summary>
    protected void Announce() => _ = ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    /// <summary>Gives one message to the sink.</summary>
    /// <returns>Null when the peer has closed.</returns>
    protected bool? Handle(ReadOnlySpan<byte> message, IFrameSink sink)
    {
        QueueMessage header = message.Length < QueueMessage.HeaderLength ? new QueueMessage(QueueMessageKind.Close, Number, Key) : QueueMessage.Read(message);
        return header.Kind == QueueMessageKind.Close ? null : Parts.Deliver(header, message[QueueMessage.HeaderLength..], sink);
    }

    /// <summary>Everything that the peer sent was received, and it has closed, or its process has ended; or, for the reason given, nothing more can come from it.</summary>
    protected ReceiveStatus End(Exception? reason = null)
    {
        if (reason is null)
        {
            reason = Parts.IsInsideFrame ? TransportError.PeerLost("it ended in the middle of a frame")
                : IsPeerGone ? TransportError.PeerLost("the peer's process has ended")
                : TransportError.PeerClosed();

            // There is nobody to say goodbye to.
            Volatile.Write(ref _isPeerGone, true);
        }

        Close(reason);
        return ReceiveStatus.Closed;
    }

    protected bool EnterReceive()
    {
        if (_use.BeginReceive())
        {
            return true;
        }

        LeaveReceive();
        return false;
    }

    protected void LeaveReceive()
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

    private void OnPeerEnded()
    {
        Volatile.Write(ref _isPeerGone, true);
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _isReleased))
        {
            Part();
        }
        else
        {
            _wait.Interrupt();
            Events?.OnPeerClosed();
        }
    }

    /// <summary>Gives back what is held if no thread is inside. Whoever leaves last after <see cref="Close"/> succeeds.</summary>
    private void ReleaseIfUnused()
    {
        if (!_use.IsOver() || Interlocked.Exchange(ref _isReleased, true))
        {
            return;
        }

        ReleaseIncoming();
        _wait.Dispose();
        Part();
    }

    /// <summary>Tells the peer, as soon as its queue has room, and lets go of it.</summary>
    private void Part()
    {
        lock (_gate)
        {
            if (_hasParted)
            {
                return;
            }

            if (!IsPeerGone && FrameCutter.TrySend(_outgoing, new QueueMessage(QueueMessageKind.Close, Number, Key)) == SendOutcome.Full)
            {
                _outgoing.ArmWritable();
                return;
            }

            _hasParted = true;
        }

        _watch?.Dispose();
        _outgoing.Dispose();
    }
}
