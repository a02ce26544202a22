using System.Globalization;
using Contracts.Ipc.Native;

namespace Contracts.Ipc.Transports.SystemVQueue;

/// <summary>Every error of System V queues that connections over other queues do not have.</summary>
internal static class SystemVQueueError
{
    public static IpcResourceExhaustedException NoQueueLeft(IpcEndpoint endpoint, QueueLimits limits, Exception cause) =>
        new($"Cannot make a message queue for {endpoint}: the system has no further one (kernel.msgmni, {limits.Queues}). Remove queues that nobody needs "
            + "('ipcs -q' lists them, 'ipc clean' removes what dead processes of this user have left), or raise the limit with 'sysctl kernel.msgmni'.", cause);

    public static IpcResourceExhaustedException MessagesTooShort(IpcEndpoint endpoint, QueueLimits limits, int needed) =>
        new(string.Create(
            CultureInfo.InvariantCulture,
            $"Cannot use message queues for {endpoint}: the system takes messages of {limits.MessageLength} bytes (kernel.msgmax, and half of kernel.msgmnb), and {needed} are needed. Raise the limits with 'sysctl'."));

    public static IpcEndpointException AllKeysTaken(IpcEndpoint endpoint, string path) =>
        TransportError.CannotListen(endpoint, $"for every key that '{path}' stands for somebody has made a queue already. Look at 'ipcs -q' for whose they are.");

    public static IpcPermissionException NotPrivate(string whose, MessageQueueStatus found) =>
        new(string.Create(
            CultureInfo.InvariantCulture,
            $"The {whose} queue cannot be trusted: it was made by user {found.Creator}, belongs to user {found.Owner} and has the mode 0{Convert.ToString(found.Permissions, 8)}. ")
            + $"It must be made by and belong to user {Files.EffectiveUserId}, and be closed to all others (0600).");

    public static IpcPermissionException InUse(int process) =>
        new($"The queue in which the client wants its answers is used already: process {process} has sent to it.");

    public static IpcProtocolException AnswersTooShort(int length) =>
        new(IpcErrorCode.ProtocolViolation, $"The client takes answers of {length} bytes, in which not even the handshake fits.");
}
