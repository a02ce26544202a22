using Contracts.Ipc.Native;

namespace Contracts.Ipc.Transports.Queues;

/// <summary>The server as a client sees it: its answers come out of the client's own queue, requests go into the server's.</summary>
internal sealed class ClientQueueChannel : QueueChannel, IIncomingEvents
{
    private readonly IncomingQueue _replies;
    private readonly byte[] _message;
    private bool _isClosedByPeer;

    public ClientQueueChannel(
        OutgoingQueue requests, IncomingQueue replies, uint number, ulong key, PeerIdentity server, int maximumFrameLength)
        : base(requests, replies.NewWait(), number, key, server, maximumFrameLength)
    {
        _replies = replies;
        _message = new byte[replies.MessageLength];
        _replies.Start(this);
    }

    protected override bool HasArrived => Volatile.Read(ref _isClosedByPeer);

    public override ReceiveStatus Receive(IFrameSink sink)
    {
        // Before the queue: what a process sent before its end is in the queue by now.
        bool isPeerGone = IsPeerGone || Volatile.Read(ref _isClosedByPeer);
        if (!EnterReceive())
        {
            return ReceiveStatus.Closed;
        }

        int length = _replies.TryReceive(_message);
        LeaveReceive();
        if (length <= 0)
        {
            return length < 0 ? End(TransportError.PeerLost("the reply queue is gone: " + NativeError.Describe(-length)))
                : isPeerGone ? End()
                : ReceiveStatus.Empty;
        }

        if (!IsOurs(_message.AsSpan(0, length)))
        {
            // Whoever may write to this queue is this user, and not the server: nothing that it sends counts.
            return ReceiveStatus.Received;
        }

        return Handle(_message.AsSpan(0, length), sink) switch
        {
            null => End(),
            true => ReceiveStatus.Received,
            false => ReceiveStatus.Stopped,
        };
    }

    public override void ArmReadable()
    {
        if (HasArrived || IsPeerGone)
        {
            Announce();
        }
        else
        {
            _replies.ArmReadable();
        }
    }

    void IIncomingEvents.OnReadable()
    {
        if (CloseReason is null)
        {
            Events?.OnReadable();
        }
    }

    void IIncomingEvents.OnClosed(uint client) => Volatile.Write(ref _isClosedByPeer, true);

    protected override void OnClosing()
    {
    }

    protected override void ReleaseIncoming() => _replies.Dispose();

    private bool IsOurs(ReadOnlySpan<byte> message)
    {
        if (message.Length < QueueMessage.HeaderLength)
        {
            return false;
        }

        QueueMessage header = QueueMessage.Read(message);
        return header.Client == Number && header.Key == Key
            && header.Kind is QueueMessageKind.Frame or QueueMessageKind.Part or QueueMessageKind.LastPart or QueueMessageKind.Close;
    }
}
