using System.Security.Cryptography;
using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.Ownership;
using Contracts.Ipc.Transports.Queues;

namespace Contracts.Ipc.Transports.SystemVQueue;

/// <summary>Makes the queues of this process, and looks whose those of others are.</summary>
/// <remarks>
/// Every queue is in the journal under its key before it is made, so that whatever the moment of a death, somebody knows what is left. That is why reply queues, which
/// nobody finds by a key, have one as well: a random one.
/// </remarks>
internal static class QueueMaker
{
    private const int OwnerOnly = 0x180; // 0600
    private const int Attempts = 16;

    /// <summary>How many of the longest messages a queue should hold, if it may.</summary>
    private const int PreferredDepth = 16;

    /// <summary>A server's queue, under the name by which clients find it.</summary>
    public static SystemVIncomingQueue MakeRequests(IpcEndpoint endpoint, QueueName name, string path)
    {
        QueueLimits limits = Limits(endpoint);
        foreach ((byte project, int key) in name.Keys())
        {
            // One that is there already: somebody was faster, by chance or on purpose. It is left alone.
            if (TryMake(endpoint, key, limits, name) is { } made)
            {
                name.Publish(made.Native, project);
                return made;
            }
        }

        throw SystemVQueueError.AllKeysTaken(endpoint, path);
    }

    /// <summary>A client's queue.</summary>
    public static SystemVIncomingQueue MakeReplies(IpcEndpoint endpoint)
    {
        QueueLimits limits = Limits(endpoint);
        for (int i = 0; i < Attempts; i++)
        {
            int key = RandomNumberGenerator.GetInt32(1, int.MaxValue);
            if (TryMake(endpoint, key, limits, name: null) is { } made)
            {
                return made;
            }
        }

        throw TransportError.CannotConnect(endpoint, "no free key was found for a reply queue.");
    }

    /// <summary>The queue in which a client wants its answers.</summary>
    /// <exception cref="NativeException">It is gone.</exception>
    /// <exception cref="IpcPermissionException">It is not that client's alone.</exception>
    public static (OutgoingQueue Queue, PeerIdentity Owner) OpenReplies(SystemVIncomingQueue requests, QueueGreeting client)
    {
        if (client.Locator > int.MaxValue)
        {
            throw new NativeException("msgctl(IPC_STAT)", Errno.EINVAL);
        }

        SystemVMessageQueue queue = new((int)client.Locator);
        MessageQueueStatus found = Check(queue, "client's");
        if (found.LastSender != 0)
        {
            throw SystemVQueueError.InUse(found.LastSender);
        }

        int length = (int)Math.Min(client.MessageLength, (uint)QueueLimits.LongestFor(found.Capacity));
        if (length < QueueGreeting.WholeLength)
        {
            throw SystemVQueueError.AnswersTooShort(length);
        }

        PeerIdentity owner = new(UserId: found.Owner, ProcessId: (int)client.Process.Id);
        return (new SystemVOutgoingQueue(queue, length, requests), owner);
    }

    /// <summary>Looks at a queue of another process.</summary>
    /// <param name="queue">To send to.</param>
    /// <param name="whose">For the error.</param>
    /// <exception cref="NativeException">It is gone, or not even to be looked at.</exception>
    /// <exception cref="IpcPermissionException">It belongs to another user, or others may use it.</exception>
    public static MessageQueueStatus Check(SystemVMessageQueue queue, string whose)
    {
        MessageQueueStatus found = queue.Status() ?? throw new NativeException("msgctl(IPC_STAT)", Errno.EIDRM);
        uint user = Files.EffectiveUserId;
        return found.Owner == user && found.Creator == user && found.Permissions == OwnerOnly ? found : throw SystemVQueueError.NotPrivate(whose, found);
    }

    /// <returns>Null if the key is taken.</returns>
    private static SystemVIncomingQueue? TryMake(IpcEndpoint endpoint, int key, QueueLimits limits, QueueName? name)
    {
        OwnedObject? record = OwnerJournal.Record(OwnedKind.SystemVQueue, SystemVQueueName.Planned(key).ToString());
        SystemVMessageQueue? queue = null;
        try
        {
            queue = Create(endpoint, key, limits);
            if (queue is not { } native)
            {
                return null;
            }

            // It has what everybody may have (kernel.msgmnb). More is for those with CAP_SYS_RESOURCE.
            _ = native.TrySetCapacity(Math.Max(limits.Capacity, PreferredDepth * (long)limits.MessageLength));
            MessageQueueStatus status = native.Status() ?? throw new NativeException("msgctl(IPC_STAT)", Errno.EIDRM);
            record.Identify(new SystemVQueueName(native.Id, key, status.ChangedAt).ToString());
            SystemVIncomingQueue made = new(native, record, limits with { Capacity = status.Capacity }, name);
            (record, queue) = (null, null);
            return made;
        }
        finally
        {
            _ = queue?.Remove();
            record?.Dispose();
        }
    }

    private static SystemVMessageQueue? Create(IpcEndpoint endpoint, int key, QueueLimits limits)
    {
        for (bool isFirst = true; ; isFirst = false)
        {
            try
            {
                return SystemVMessageQueue.TryCreate(key, OwnerOnly);
            }
            catch (NativeException error) when (error.Errno == Errno.ENOSPC)
            {
                // What the dead have left may be enough.
                if (!isFirst || StaleObjects.Remove() == 0)
                {
                    throw SystemVQueueError.NoQueueLeft(endpoint, limits, error);
                }
            }
        }
    }

    private static QueueLimits Limits(IpcEndpoint endpoint)
    {
        QueueLimits limits = QueueLimits.Read();
        int needed = 2 * QueueGreeting.WholeLength;
        return limits.MessageLength >= needed ? limits : throw SystemVQueueError.MessagesTooShort(endpoint, limits, needed);
    }
}
