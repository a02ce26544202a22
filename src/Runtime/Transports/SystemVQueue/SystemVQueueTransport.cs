using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.Ownership;
using Contracts.Ipc.Transports.Queues;

namespace Contracts.Ipc.Transports.SystemVQueue;

/// <summary>System V message queues: <c>sysv:name</c>. One request queue for all clients of a server, one reply queue for each. 64-bit Linux only.</summary>
/// <remarks>A reply queue that all clients share would let one of them that does not read stop the others: docs/adr/0026-a-reply-queue-for-each-client.md.</remarks>
internal sealed class SystemVQueueTransport : Transport
{
    public override string Scheme => "sysv";

    public override ValueTask<ChannelListener> ListenAsync(IpcEndpoint endpoint, TransportOptions options, CancellationToken cancellationToken)
    {
        RequireSystem(endpoint, options);
        string path = QueueName.PathOf(endpoint);
        NameClaim? claim = NameClaim.Take(endpoint, path + ".lock");
        QueueName? name = null;
        try
        {
            name = QueueName.Make(path);
            SystemVIncomingQueue requests = QueueMaker.MakeRequests(endpoint, name, path);
            QueueListener listener = new(endpoint, options, requests, (_, client) => QueueMaker.OpenReplies(requests, client), claim);
            (claim, name) = (null, null);
            return new ValueTask<ChannelListener>(listener);
        }
        catch (NativeException error)
        {
            throw TransportError.CannotListen(endpoint, error.Message + ".", error);
        }
        finally
        {
            name?.Dispose();
            claim?.Dispose();
        }
    }

    public override async ValueTask<FrameChannel> ConnectAsync(IpcEndpoint endpoint, TransportOptions options, CancellationToken cancellationToken)
    {
        RequireSystem(endpoint, options);
        SystemVIncomingQueue? replies = null;
        SystemVOutgoingQueue? requests = null;
        try
        {
            (SystemVMessageQueue queue, ProcessIdentity server) = QueueName.Find(QueueName.PathOf(endpoint)) ?? throw TransportError.NobodyListens(endpoint);
            MessageQueueStatus status = QueueMaker.Check(queue, "server's");
            replies = QueueMaker.MakeReplies(endpoint);
            requests = new SystemVOutgoingQueue(queue, QueueLimits.LongestFor(status.Capacity), replies);

            PeerIdentity owner = new(UserId: status.Owner);
            FrameChannel channel = await QueueConnector.ConnectAsync(
                endpoint, options, requests, replies, QueueConnector.NewKey(), replies.Locator, owner, server, cancellationToken).ConfigureAwait(false);
            (replies, requests) = (null, null);
            return channel;
        }
        catch (NativeException error)
        {
            throw error.Errno switch
            {
                Errno.EIDRM => TransportError.NobodyListens(endpoint, error),
                Errno.EACCES or Errno.EPERM => TransportError.MayNotConnect(endpoint, error),
                _ => TransportError.CannotConnect(endpoint, error.Message + ".", error),
            };
        }
        finally
        {
            requests?.Dispose();
            replies?.Dispose();
        }
    }

    private static void RequireSystem(IpcEndpoint endpoint, TransportOptions options)
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
        {
            throw QueueError.NotHere(endpoint, "System V message queues of 64-bit processes");
        }

        if (!options.SameUserOnly)
        {
            throw QueueError.OtherUsers(endpoint);
        }
    }
}
