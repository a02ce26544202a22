using System.Diagnostics;
using System.Security.Cryptography;
using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.Ownership;

namespace Contracts.Ipc.Transports.Queues;

/// <summary>The client's half of opening a connection: says who it is in the server's queue and waits for the answer in its own.</summary>
internal sealed class QueueConnector : IIncomingEvents, IOutgoingEvents, IDisposable
{
    private readonly IpcEndpoint _endpoint;
    private readonly TransportOptions _options;
    private readonly OutgoingQueue _requests;
    private readonly IncomingQueue _replies;
    private readonly SemaphoreSlim _event = new(0);
    private bool _hasServerEnded;

    private QueueConnector(IpcEndpoint endpoint, TransportOptions options, OutgoingQueue requests, IncomingQueue replies)
    {
        _endpoint = endpoint;
        _options = options;
        _requests = requests;
        _replies = replies;
    }

    /// <summary>What a client chooses before it makes its queue: never 0, and nobody else's.</summary>
    public static ulong NewKey()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(bytes);
        return BitConverter.ToUInt64(bytes) | 1;
    }

    /// <summary>Opens a connection. On success the channel owns both queues, else the caller still does.</summary>
    /// <param name="endpoint">For errors.</param>
    /// <param name="options">Of the client.</param>
    /// <param name="requests">The server's queue; whose it is has been checked.</param>
    /// <param name="replies">The client's own queue.</param>
    /// <param name="key">From <see cref="NewKey"/>.</param>
    /// <param name="locator">Where the server finds <paramref name="replies"/>, if no name tells it.</param>
    /// <param name="owner">Of the server's queue.</param>
    /// <param name="server">Who holds the name, if that is known: when it dies, nobody will answer.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public static async ValueTask<FrameChannel> ConnectAsync(
        IpcEndpoint endpoint,
        TransportOptions options,
        OutgoingQueue requests,
        IncomingQueue replies,
        ulong key,
        ulong locator,
        PeerIdentity owner,
        ProcessIdentity? server,
        CancellationToken cancellationToken)
    {
        using var connector = new QueueConnector(endpoint, options, requests, replies);
        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(options.HandshakeTimeout);
        long started = Stopwatch.GetTimestamp();
        using ProcessWatch? watch = server is { } process ? ProcessWatch.Start(process, connector.OnServerEnded) : null;
        try
        {
            requests.Start(connector, client: 0);
            replies.Start(connector);
            await connector.SendOpenAsync(key, locator, timeout.Token).ConfigureAwait(false);
            (QueueMessage message, QueueGreeting answer) = await connector.ReceiveAnswerAsync(key, timeout.Token).ConfigureAwait(false);
            if (QueueError.Objection(endpoint, answer) is { } objection)
            {
                throw objection;
            }

            // Both sides have it open: if this process dies, nothing is left.
            replies.RemoveName();
            ClientQueueChannel channel = new(
                requests, replies, message.Client, key, owner with { ProcessId = (int)answer.Process.Id }, options.MaximumFrameLength);
            channel.Watch(answer.Process);
            return channel;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw QueueError.Silent(endpoint, Stopwatch.GetElapsedTime(started));
        }
    }

    public void Dispose() => _event.Dispose();

    void IIncomingEvents.OnReadable() => Release();

    void IIncomingEvents.OnClosed(uint client)
    {
    }

    void IOutgoingEvents.OnWritable() => Release();

    private async ValueTask SendOpenAsync(ulong key, ulong locator, CancellationToken cancellationToken)
    {
        while (true)
        {
            new QueueMessage(QueueMessageKind.Open, 0, key).Write(_requests.Room);
            QueueGreeting.Own(_replies.Depth, _replies.MessageLength, locator).Write(_requests.Room[QueueMessage.HeaderLength..]);
            switch (_requests.TrySend(QueueGreeting.WholeLength, QueueMessage.LowestPriority + 1))
            {
                case SendOutcome.Sent:
                    return;
                case SendOutcome.Gone:
                    throw TransportError.NobodyListens(_endpoint);
            }

            _requests.ArmWritable();
            await WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<(QueueMessage Message, QueueGreeting Server)> ReceiveAnswerAsync(ulong key, CancellationToken cancellationToken)
    {
        byte[] room = new byte[_replies.MessageLength];
        while (true)
        {
            int length = _replies.TryReceive(room);
            if (length < 0)
            {
                throw TransportError.CannotConnect(_endpoint, $"its reply queue is gone: {NativeError.Describe(-length)}.");
            }

            if (length == 0)
            {
                _replies.ArmReadable();
                await WaitAsync(cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (length >= QueueGreeting.WholeLength
                && QueueMessage.Read(room) is { Kind: QueueMessageKind.Opened or QueueMessageKind.Refused } answer
                && answer.Key == key)
            {
                return (answer, QueueGreeting.Read(room.AsSpan(QueueMessage.HeaderLength)));
            }
        }
    }

    private async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        await _event.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (Volatile.Read(ref _hasServerEnded))
        {
            throw QueueError.ServerEnded(_endpoint);
        }
    }

    private void OnServerEnded()
    {
        Volatile.Write(ref _hasServerEnded, true);
        Release();
    }

    private void Release()
    {
        try
        {
            _ = _event.Release();
        }
        catch (ObjectDisposedException)
        {
            // The attempt is over.
        }
    }
}
