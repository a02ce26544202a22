using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.Queues;

namespace Contracts.Ipc.Transports.PosixQueue;

/// <summary>Why a queue could not be made, in words that name the limit, its present value and what to do.</summary>
internal static class PosixQueueError
{
    public static IpcException CannotMake(IpcEndpoint endpoint, string name, PosixQueueShape shape, NativeException cause)
    {
        PosixQueueLimits limits = PosixQueueLimits.Read();
        string begin = $"Cannot create message queue '{name}' for {endpoint}";
        return cause.Errno switch
        {
            Errno.EMFILE when HasDescriptor() => new IpcResourceExhaustedException(
                $"{begin}: it needs {shape.Cost} bytes ({shape.Depth} messages of {shape.MessageLength} bytes), and less is left of what the POSIX queues of this user may take "
                + $"together (RLIMIT_MSGQUEUE, {Words(limits.Bytes)}). Close other queues, remove those of dead processes with 'ipc clean', or raise the limit with 'ulimit -q'.", cause),
            Errno.EMFILE => new IpcResourceExhaustedException(
                $"{begin}: this process has no file descriptor left (RLIMIT_NOFILE, {Words(ResourceLimit.OpenFiles)}). Close some, or raise the limit with 'ulimit -n'.", cause),
            Errno.ENFILE => new IpcResourceExhaustedException(
                $"{begin}: the system has no file descriptor left (/proc/sys/fs/file-max). Raise it, or find out who holds so many.", cause),
            Errno.ENOSPC => new IpcResourceExhaustedException(
                $"{begin}: the system holds as many queues as it may (/proc/sys/fs/mqueue/queues_max, {limits.Queues}). Remove those of dead processes with 'ipc clean', or raise the limit.", cause),
            Errno.ENOMEM => new IpcResourceExhaustedException($"{begin}: the system has no memory for its {shape.Cost} bytes.", cause),
            Errno.EINVAL => new IpcResourceExhaustedException(
                $"{begin}: {shape.Depth} messages of {shape.MessageLength} bytes are more than a queue may hold (/proc/sys/fs/mqueue/msg_max, {limits.Depth}; msgsize_max, {limits.MessageLength}). "
                + "Ask for less by QueueCapacity, or raise those limits.", cause),
            Errno.ENAMETOOLONG => TransportError.CannotListen(
                endpoint, $"the queue's name '{name}' has more than {PosixMessageQueue.MaximumNameLength} characters. Choose a shorter name.", cause),
            Errno.EEXIST => TransportError.CannotListen(endpoint, $"something else has just made a queue of the name '{name}'.", cause),
            Errno.EACCES or Errno.EPERM => new IpcPermissionException($"{begin}: this process may not. {cause.Message}.", cause),
            Errno.ENOSYS => QueueError.NotHere(endpoint, "a kernel with POSIX message queues (CONFIG_POSIX_MQUEUE)"),
            _ => TransportError.CannotListen(endpoint, $"{cause.Message}.", cause),
        };
    }

    public static IpcException CannotOpen(IpcEndpoint endpoint, NativeException cause) => cause.Errno switch
    {
        Errno.EACCES or Errno.EPERM => TransportError.MayNotConnect(endpoint, cause),
        Errno.EMFILE => new IpcResourceExhaustedException(
            $"Cannot connect to {endpoint}: this process has no file descriptor left (RLIMIT_NOFILE, {Words(ResourceLimit.OpenFiles)}). Close some, or raise the limit with 'ulimit -n'.", cause),
        Errno.ENOSYS => QueueError.NotHere(endpoint, "a kernel with POSIX message queues (CONFIG_POSIX_MQUEUE)"),
        _ => TransportError.CannotConnect(endpoint, cause.Message + ".", cause),
    };

    public static IpcPermissionException NotTrusted(IpcEndpoint endpoint, string name, string objection) =>
        new($"The message queue '{name}' of {endpoint} cannot be trusted: {objection}. Somebody else may have made it to take the server's place; find out who, and have it removed.");

    public static IpcEndpointException NameTaken(IpcEndpoint endpoint, string name, string objection) =>
        TransportError.CannotListen(endpoint, $"there is a message queue of the name '{name}', and {objection}. Somebody else has taken the name; have it removed, or choose another one.");

    /// <summary>mq_open says EMFILE of descriptors as well as of queue bytes. Descriptors it takes first.</summary>
    private static bool HasDescriptor()
    {
        try
        {
            using EventFd probe = new();
            return true;
        }
        catch (NativeException)
        {
            return false;
        }
    }

    private static string Words(ulong limit) => limit == ResourceLimit.Infinity ? "unlimited" : $"{limit}";
}
