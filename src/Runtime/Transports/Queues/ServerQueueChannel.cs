using System.Buffers;
using Contracts.Ipc.Native;

namespace Contracts.Ipc.Transports.Queues;

/// <summary>One client as the server sees it: its messages come out of an inbox that the <see cref="RequestHub"/> fills, answers go into its own queue.</summary>
internal sealed class ServerQueueChannel : QueueChannel
{
    private readonly RequestHub _hub;
    private bool _isArmed;
    private bool _sleeps;
    private int _lost;

    public ServerQueueChannel(RequestHub hub, OutgoingQueue replies, uint number, ulong key, PeerIdentity peer, int maximumFrameLength)
        : base(replies, hub.NewWait(), number, key, peer, maximumFrameLength) => _hub = hub;

    public QueueInbox Inbox { get; } = new();

    protected override bool HasArrived => !Inbox.IsEmpty || Volatile.Read(ref _lost) != 0;

    public override bool MayReceive()
    {
        // The reactor polls this session, so it should poll the queue as well.
        _hub.StayAwake();
        return HasArrived || IsPeerGone || CloseReason is not null;
    }

    public override ReceiveStatus Receive(IFrameSink sink)
    {
        // Before the queue: what a process sent before its end is in the queue by now.
        bool isPeerGone = IsPeerGone || Volatile.Read(ref _lost) != 0;
        if (!EnterReceive())
        {
            return ReceiveStatus.Closed;
        }

        bool wasSeenEmpty = Inbox.IsEmpty && _hub.Take();
        LeaveReceive();

        bool any = false;
        while (CloseReason is null && Inbox.TryTake(out byte[] buffer, out int length))
        {
            any = true;
            ResumeHub();
            bool? goOn;
            try
            {
                goOn = Handle(buffer.AsSpan(0, length), sink);
            }
            finally
            {
                if (buffer.Length > 0)
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                }
            }

            switch (goOn)
            {
                case null:
                    return End();
                case false:
                    return ReceiveStatus.Stopped;
            }
        }

        return CloseReason is not null ? ReceiveStatus.Closed
            : any ? ReceiveStatus.Received
            : isPeerGone && wasSeenEmpty ? End(Lost())
            : ReceiveStatus.Empty;
    }

    public override void ArmReadable()
    {
        // The exchange is a full fence between saying that an event is wanted and looking; OnArrived has the mirror image.
        _ = Interlocked.Exchange(ref _isArmed, true);
        if ((HasArrived || IsPeerGone) && Interlocked.Exchange(ref _isArmed, false))
        {
            Announce();
        }
    }

    /// <summary>The hub has put something into the inbox.</summary>
    public void OnArrived()
    {
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _sleeps))
        {
            Interrupt();
        }

        if (Volatile.Read(ref _isArmed) && Interlocked.Exchange(ref _isArmed, false))
        {
            Events?.OnReadable();
        }
    }

    /// <summary>The request queue is gone.</summary>
    public void OnLost(int error)
    {
        Volatile.Write(ref _lost, error);
        OnArrived();
    }

    protected override void OnClosing() => _hub.Remove(this);

    protected override void ReleaseIncoming()
    {
        while (Inbox.TryTake(out byte[] buffer, out _))
        {
            if (buffer.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }

        _hub.Release();
    }

    protected override void BeginWait()
    {
        _ = Interlocked.Exchange(ref _sleeps, true);
        if (_hub.IsPaused)
        {
            // Another client's inbox is full, and the queue, which cannot be read now, would wake this thread at once.
            _ = Thread.Yield();
        }
    }

    protected override void EndWait() => Volatile.Write(ref _sleeps, false);

    private void ResumeHub()
    {
        if (Inbox.Count == QueueInbox.LowMark)
        {
            // The store of the inbox's head must not pass the look for a pause (StoreLoad): see RequestHub.Deliver.
            Interlocked.MemoryBarrier();
            _hub.Resume(this);
        }
    }

    private IpcConnectionException? Lost() =>
        Volatile.Read(ref _lost) is int error and not 0 ? TransportError.PeerLost("the request queue is gone: " + NativeError.Describe(error)) : null;
}
