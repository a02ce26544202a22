using System.Buffers;
using Contracts.Ipc.Transports.Polling;

namespace Contracts.Ipc.Transports.Queues;

/// <summary>
/// Takes the messages out of a server's request queue and puts each into the inbox of the client that sent it. One queue, one watch in the reactor, whatever the number of clients.
/// </summary>
/// <remarks>
/// <para>The reactor polls the hub like a session while any session is awake, so that sessions need only look into their inboxes, and parks it on the queue's event; a
/// thread that waits for an answer of its client takes messages itself. Only one thread at a time does so, the holder of <see cref="_right"/>: therefore the messages of
/// one client stay in order. No user code runs meanwhile.</para>
/// <para>While one inbox is full nothing is taken, for what comes next may be for the same client. Its session sees to it that this is short: sessions always drain.</para>
/// <para>The queue lives until the listener and the last channel have let go of it.</para>
/// </remarks>
internal sealed class RequestHub : IPolled, IIncomingEvents
{
    /// <summary>How many messages are taken at a time while one comes after the other.</summary>
    private const int Batch = 16;

    private readonly IncomingQueue _requests;
    private readonly ClientTable _clients = new();
    private readonly Action<QueueMessage, QueueGreeting> _opening;

    private byte[]? _spare;
    private ServerQueueChannel? _pausedBy;
    private long _dropped;
    private int _right;
    private int _references = 1;
    private bool _isBusy;
    private bool _isOver;

    /// <param name="requests">Owned from now on.</param>
    /// <param name="opening">Gets each client that wants to be let in, on a thread that must go on at once.</param>
    public RequestHub(IncomingQueue requests, Action<QueueMessage, QueueGreeting> opening)
    {
        _requests = requests;
        _opening = opening;
    }

    public bool IsAwake { get; set; }

    /// <summary>Sessions say how long polling pays.</summary>
    public TimeSpan PollingBudget => TimeSpan.Zero;

    public int PollCost => 16;

    /// <summary>How many messages came from nobody: of an unknown client, with the key of another, or no messages at all.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>The longest message that a client may send.</summary>
    public int MessageLength => _requests.MessageLength;

    /// <summary>How many of them wait at most.</summary>
    public int Depth => _requests.Depth;

    /// <summary>Begins to take messages.</summary>
    public void Start()
    {
        _requests.Start(this);
        _requests.ArmReadable();
    }

    /// <summary>Nobody is to find the queue any more.</summary>
    public void RemoveName() => _requests.RemoveName();

    /// <summary>Where a thread of one channel sleeps.</summary>
    public QueueWait NewWait() => _requests.NewWait();

    /// <summary>Lets a client in.</summary>
    /// <param name="make">Makes the channel for the number that it gets.</param>
    /// <exception cref="IpcConnectionException">The listener has gone, and with it the queue.</exception>
    public ServerQueueChannel Add(Func<uint, ServerQueueChannel> make)
    {
        AddReference();
        try
        {
            return _clients.Add(make);
        }
        catch
        {
            Release();
            throw;
        }
    }

    /// <summary>Sends no more messages to a channel.</summary>
    public void Remove(ServerQueueChannel channel)
    {
        _clients.Remove(channel);
        Resume(channel);
    }

    /// <summary>A channel, or the listener, needs the queue no more.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _references) == 0)
        {
            // Who takes messages just now, or is about to, finds this when it has given the right back.
            Volatile.Write(ref _isOver, true);
            Interlocked.MemoryBarrier();
            DisposeIfOver();
        }
    }

    /// <summary>For the reactor's thread: a session is awake, so the hub should be.</summary>
    public void StayAwake()
    {
        if (!IsAwake && !Volatile.Read(ref _isOver))
        {
            Reactor.Shared.Awake(this);
        }
    }

    /// <summary>Takes what is there, unless another thread is just doing so.</summary>
    /// <param name="limit">How many messages at most.</param>
    /// <returns>True if the queue was seen empty.</returns>
    public bool Take(int limit = Batch) => Take(limit, out _);

    /// <summary>An inbox that was full has room again.</summary>
    public void Resume(ServerQueueChannel channel)
    {
        if (Interlocked.CompareExchange(ref _pausedBy, null, channel) == channel)
        {
            Reactor.Shared.Awake(this);
        }
    }

    /// <summary>Whether nothing is taken at present, because an inbox is full.</summary>
    public bool IsPaused => Volatile.Read(ref _pausedBy) is not null;

    public PollResult Poll(ReactorThread thread)
    {
        if (Volatile.Read(ref _isOver))
        {
            return PollResult.Leave;
        }

        // One, so that what came is dealt with before the kernel is asked again; more when that was so the last time as well.
        _ = Take(_isBusy ? Batch : 1, out int taken);
        _isBusy = taken > 0;
        return taken > 0 ? PollResult.Progress : PollResult.Idle;
    }

    public void Park()
    {
        // Paused, the queue would announce what is not to be taken yet: whoever resumes wakes the hub.
        if (!IsPaused)
        {
            _requests.ArmReadable();
        }
    }

    void IIncomingEvents.OnReadable() => Reactor.Shared.Awake(this);

    void IIncomingEvents.OnClosed(uint client)
    {
        if (_clients.Find(client) is { } channel)
        {
            Deliver(channel, [], 0);
        }
    }

    /// <summary>A client may come in while the last of the others, or the listener, goes.</summary>
    private void AddReference()
    {
        int seen = Volatile.Read(ref _references);
        while (seen > 0)
        {
            int found = Interlocked.CompareExchange(ref _references, seen + 1, seen);
            if (found == seen)
            {
                return;
            }

            seen = found;
        }

        throw TransportError.PeerClosed();
    }

    private bool Take(int limit, out int taken)
    {
        taken = 0;
        if (Interlocked.Exchange(ref _right, 1) != 0)
        {
            return false;
        }

        bool isEmpty = false;
        try
        {
            while (taken < limit && !isEmpty && !IsPaused && !Volatile.Read(ref _isOver))
            {
                _spare ??= ArrayPool<byte>.Shared.Rent(_requests.MessageLength);
                int length = _requests.TryReceive(_spare.AsSpan(0, _requests.MessageLength));
                isEmpty = length <= 0;
                taken += length > 0 ? 1 : 0;
                if (length > 0 && Handle(_spare, length))
                {
                    _spare = null;
                }
                else if (length < 0)
                {
                    LoseAll(-length);
                }
            }
        }
        finally
        {
            _ = Interlocked.Exchange(ref _right, 0);
            DisposeIfOver();
        }

        return isEmpty;
    }

    /// <returns>Whether the buffer has gone into an inbox.</returns>
    private bool Handle(byte[] buffer, int length)
    {
        if (length >= QueueMessage.HeaderLength)
        {
            QueueMessage message = QueueMessage.Read(buffer);
            switch (message.Kind)
            {
                case QueueMessageKind.Open when length >= QueueGreeting.WholeLength:
                    _opening(message, QueueGreeting.Read(buffer.AsSpan(QueueMessage.HeaderLength)));
                    return false;
                case QueueMessageKind.Frame or QueueMessageKind.Part or QueueMessageKind.LastPart or QueueMessageKind.Close
                    when _clients.Find(message.Client) is { } channel && channel.Key == message.Key:
                    Deliver(channel, buffer, length);
                    return true;
            }
        }

        _ = Interlocked.Increment(ref _dropped);
        return false;
    }

    private void Deliver(ServerQueueChannel channel, byte[] buffer, int length)
    {
        channel.Inbox.Add(buffer, length);
        channel.OnArrived();
        if (channel.Inbox.Count < QueueInbox.Capacity)
        {
            return;
        }

        // The store of the pause must not pass the looks below (StoreLoad): the consumer takes messages first and looks for a pause then, a channel is closed
        // first and resumes then. One of the two sees the other.
        _ = Interlocked.Exchange(ref _pausedBy, channel);
        if (channel.CloseReason is not null || channel.Inbox.Count <= QueueInbox.LowMark)
        {
            Resume(channel);
        }
    }

    /// <summary>Somebody has removed the queue itself.</summary>
    private void LoseAll(int error)
    {
        foreach (ServerQueueChannel channel in _clients.All())
        {
            channel.OnLost(error);
        }
    }

    private void DisposeIfOver()
    {
        if (Volatile.Read(ref _isOver) && Interlocked.Exchange(ref _right, 1) == 0)
        {
            // The right is never given back.
            _requests.Dispose();
        }
    }
}
