using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.Ownership;
using Contracts.Ipc.Transports.Queues;

namespace Contracts.Ipc.Transports.PosixQueue;

/// <summary>POSIX message queues: <c>mq:name</c>. One queue for the requests of all clients, and a small one for the answers to each. Linux only, and one user only.</summary>
internal sealed class PosixQueueTransport : Transport
{
    public override string Scheme => "mq";

    public override ValueTask<ChannelListener> ListenAsync(IpcEndpoint endpoint, TransportOptions options, CancellationToken cancellationToken)
    {
        Check(endpoint, options);
        string name = PosixQueueName.OfRequests(endpoint);
        NameClaim? claim = NameClaim.Take(endpoint, PosixQueueName.LockPath(endpoint));
        try
        {
            RemoveStale(endpoint, name);
            IncomingQueue requests = Make(endpoint, name, PosixQueueShape.ForRequests(PosixQueueLimits.Read(), options.QueueCapacity));
            QueueListener listener = new(endpoint, options, requests, (key, client) => OpenReplies(endpoint, key, client), claim);
            claim = null;
            return new ValueTask<ChannelListener>(listener);
        }
        finally
        {
            claim?.Dispose();
        }
    }

    public override async ValueTask<FrameChannel> ConnectAsync(IpcEndpoint endpoint, TransportOptions options, CancellationToken cancellationToken)
    {
        Check(endpoint, options);
        ulong key = QueueConnector.NewKey();
        OutgoingQueue? requests = OpenRequests(endpoint, out ProcessIdentity? holder);
        IncomingQueue? replies = null;
        try
        {
            PeerIdentity owner = new(UserId: Files.EffectiveUserId);
            replies = Make(
                endpoint,
                PosixQueueName.OfReplies(endpoint, ProcessIdentity.Current.Id, key),
                PosixQueueShape.ForReplies(PosixQueueLimits.Read(), options.QueueCapacity));
            FrameChannel channel = await QueueConnector.ConnectAsync(endpoint, options, requests, replies, key, 0, owner, holder, cancellationToken).ConfigureAwait(false);
            requests = null;
            replies = null;
            return channel;
        }
        finally
        {
            replies?.Dispose();
            requests?.Dispose();
        }
    }

    private static PosixIncomingQueue Make(IpcEndpoint endpoint, string name, PosixQueueShape shape)
    {
        try
        {
            return PosixIncomingQueue.Create(name, shape);
        }
        catch (NativeException error) when (error.Errno is Errno.EMFILE or Errno.ENOSPC && StaleObjects.Remove() > 0)
        {
            return MakeAgain(endpoint, name, shape);
        }
        catch (NativeException error)
        {
            throw PosixQueueError.CannotMake(endpoint, name, shape, error);
        }
    }

    /// <summary>What the dead had left took up the room.</summary>
    private static PosixIncomingQueue MakeAgain(IpcEndpoint endpoint, string name, PosixQueueShape shape)
    {
        try
        {
            return PosixIncomingQueue.Create(name, shape);
        }
        catch (NativeException error)
        {
            throw PosixQueueError.CannotMake(endpoint, name, shape, error);
        }
    }

    private static PosixOutgoingQueue OpenRequests(IpcEndpoint endpoint, out ProcessIdentity? holder)
    {
        string name = PosixQueueName.OfRequests(endpoint);
        if (!NameClaim.MayBeHeld(PosixQueueName.LockPath(endpoint), out holder))
        {
            throw TransportError.NobodyListens(endpoint);
        }

        try
        {
            return PosixOutgoingQueue.TryOpen(name, out string? objection)
                ?? throw (objection is null ? TransportError.NobodyListens(endpoint) : PosixQueueError.NotTrusted(endpoint, name, objection));
        }
        catch (NativeException error)
        {
            throw PosixQueueError.CannotOpen(endpoint, error);
        }
    }

    private static (OutgoingQueue Queue, PeerIdentity Owner) OpenReplies(IpcEndpoint endpoint, ulong key, QueueGreeting client)
    {
        string name = PosixQueueName.OfReplies(endpoint, client.Process.Id, key);
        PosixOutgoingQueue? replies = PosixOutgoingQueue.TryOpen(name, out string? objection);
        return replies is not null ? (replies, new PeerIdentity(UserId: replies.Owner, ProcessId: (int)client.Process.Id))
            : objection is not null ? throw PosixQueueError.NotTrusted(endpoint, name, objection)
            : throw new NativeException($"mq_open('{name}')", Errno.ENOENT);
    }

    /// <summary>Under the claim: whatever bears the name was left by a dead server, or is somebody else's.</summary>
    private static void RemoveStale(IpcEndpoint endpoint, string name)
    {
        try
        {
            using SafeDescriptor? found = PosixMessageQueue.TryOpen(name);
            if (found is null)
            {
                return;
            }

            FileStatus status = Files.Status(found);
            if (status.UserId != Files.EffectiveUserId)
            {
                throw PosixQueueError.NameTaken(endpoint, name, $"it belongs to user {status.UserId}");
            }

            PosixMessageQueue.Remove(name);
        }
        catch (NativeException error) when (error.Errno is Errno.EACCES or Errno.EPERM)
        {
            throw PosixQueueError.NameTaken(endpoint, name, "this process may not even open it");
        }
        catch (NativeException error)
        {
            throw TransportError.CannotListen(endpoint, error.Message + ".", error);
        }
    }

    private static void Check(IpcEndpoint endpoint, TransportOptions options)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw QueueError.NotHere(endpoint, "POSIX message queues");
        }

        if (!options.SameUserOnly)
        {
            throw QueueError.OtherUsers(endpoint);
        }
    }
}
