using System.Globalization;
using Contracts.Ipc.Native;

namespace Contracts.Ipc.Transports.Queues;

/// <summary>Opens the queue in which a client wants its answers, and checks whose it is.</summary>
/// <param name="key">What the client has chosen: part of the queue's name, or nothing.</param>
/// <param name="client">What it has said of itself; it may have said anything.</param>
/// <returns>The queue, and the client as its owner is known to the kernel.</returns>
/// <exception cref="NativeException">It cannot be opened. Lack of descriptors or memory passes; anything else is the client's loss.</exception>
/// <exception cref="IpcPermissionException">It belongs to somebody else, or others may use it.</exception>
internal delegate (OutgoingQueue Queue, PeerIdentity Owner) OpenReplyQueue(ulong key, QueueGreeting client);

/// <summary>Lets clients of a request queue in. Each is served by itself, on the pool: one whose queue cannot be opened holds up nobody.</summary>
internal sealed class QueueListener : ChannelListener
{
    /// <summary>Clients that wait for a place in the waiting room. More are sent away.</summary>
    private const int MaximumOutside = 4096;

    private readonly TransportOptions _options;
    private readonly RequestHub _hub;
    private readonly OpenReplyQueue _open;
    private readonly IDisposable _claim;
    private readonly WaitingRoom _waitingRoom = new();
    private readonly CancellationTokenSource _disposed = new();
    private int _outside;
    private bool _isDisposed;

    /// <param name="endpoint">As clients name it.</param>
    /// <param name="options">Of the server.</param>
    /// <param name="requests">Owned from now on.</param>
    /// <param name="open">How to reach a client.</param>
    /// <param name="claim">The right to the name; let go once the queue has none any more.</param>
    public QueueListener(IpcEndpoint endpoint, TransportOptions options, IncomingQueue requests, OpenReplyQueue open, IDisposable claim)
    {
        Endpoint = endpoint;
        _options = options;
        _open = open;
        _claim = claim;
        _hub = new RequestHub(requests, OnOpen);
        _hub.Start();
    }

    public override IpcEndpoint Endpoint { get; }

    /// <summary>How many messages were dropped because they came from nobody that is known.</summary>
    public long DroppedMessages => _hub.Dropped;

    public override ValueTask<FrameChannel?> AcceptAsync(CancellationToken cancellationToken) => _waitingRoom.AcceptAsync(cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        // First the name, then the right to it. The queue itself lives as long as its last client.
        _hub.RemoveName();
        _claim.Dispose();
        await _disposed.CancelAsync().ConfigureAwait(false);
        _waitingRoom.Dispose();
        if (_hub.Dropped is > 0 and long dropped)
        {
            TransportLog.MessagesDropped(_options.Logger, Endpoint, dropped);
        }

        _hub.Release();
    }

    /// <summary>Called by whoever takes messages: must go on at once.</summary>
    private void OnOpen(QueueMessage open, QueueGreeting client)
    {
        if (open.Key != 0)
        {
            _ = Task.Run(() => ServeAsync(open.Key, client));
        }
    }

    private async Task ServeAsync(ulong key, QueueGreeting client)
    {
        QueueStatus status = Interlocked.Increment(ref _outside) > MaximumOutside ? QueueStatus.TooManyClients : client.Judge();
        FrameChannel? channel = null;
        OutgoingQueue? replies = null;
        bool hasPlace = false;
        try
        {
            if (status == QueueStatus.Granted)
            {
                await _waitingRoom.EnterAsync(_disposed.Token).ConfigureAwait(false);
                hasPlace = true;
            }

            (replies, PeerIdentity owner) = await OpenAsync(key, client).ConfigureAwait(false);
            if (status == QueueStatus.Granted && !client.Process.IsAlive())
            {
                status = QueueStatus.UnknownProcess;
            }

            if (status == QueueStatus.Granted)
            {
                (channel, replies) = (Welcome(replies, key, client, owner), null);
            }
            else
            {
                Refuse(replies, key, client, status);
            }
        }
        catch (IpcPermissionException error)
        {
            TransportLog.ClientRefused(_options.Logger, Endpoint, error.Message, (int)client.Process.Id, Files.EffectiveUserId.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception error) when (error is NativeException or IpcException or OperationCanceledException)
        {
            TransportLog.HandshakeLost(_options.Logger, Endpoint, (int)client.Process.Id, error.Message);
        }
        finally
        {
            replies?.Dispose();
        }

        _ = Interlocked.Decrement(ref _outside);
        if (hasPlace)
        {
            _waitingRoom.OnServed(channel);
        }
    }

    /// <summary>Lack of descriptors or memory is waited for as long as the client waits.</summary>
    private async ValueTask<(OutgoingQueue Queue, PeerIdentity Owner)> OpenAsync(ulong key, QueueGreeting client)
    {
        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(_disposed.Token);
        timeout.CancelAfter(_options.HandshakeTimeout);
        AcceptBackoff backoff = default;
        while (true)
        {
            try
            {
                return _open(key, client);
            }
            catch (NativeException error) when (error.Errno is Errno.EMFILE or Errno.ENFILE or Errno.ENOMEM)
            {
                int pause = backoff.Next();
                TransportLog.AcceptPaused(_options.Logger, Endpoint, error.Message, pause);
                await Task.Delay(pause, timeout.Token).ConfigureAwait(false);
            }
        }
    }

    private ServerQueueChannel Welcome(OutgoingQueue replies, ulong key, QueueGreeting client, PeerIdentity owner)
    {
        ServerQueueChannel channel = _hub.Add(number => new ServerQueueChannel(_hub, replies, number, key, owner, _options.MaximumFrameLength));
        channel.Watch(client.Process);
        if (Send(replies, new QueueMessage(QueueMessageKind.Opened, channel.Number, key), QueueStatus.Granted))
        {
            return channel;
        }

        channel.Close(TransportError.PeerClosed());
        throw QueueError.NoRoomForGreeting();
    }

    private void Refuse(OutgoingQueue replies, ulong key, QueueGreeting client, QueueStatus status)
    {
        _ = Send(replies, new QueueMessage(QueueMessageKind.Refused, 0, key), status);
        TransportLog.QueueClientRefused(_options.Logger, Endpoint, (int)client.Process.Id, status);
    }

    private bool Send(OutgoingQueue replies, QueueMessage message, QueueStatus status)
    {
        message.Write(replies.Room);
        QueueGreeting.Own(_hub.Depth, _hub.MessageLength, status: status).Write(replies.Room[QueueMessage.HeaderLength..]);
        return replies.TrySend(QueueGreeting.WholeLength, QueueMessage.LowestPriority + 1) == SendOutcome.Sent;
    }
}
