using Contracts.Ipc.Native;

namespace Contracts.Ipc.Transports.Queues;

/// <summary>Every error of connections over queues, so that wording and codes stay one voice.</summary>
internal static class QueueError
{
    public static IpcEndpointException NotHere(IpcEndpoint endpoint, string what) =>
        new($"{endpoint} needs {what}, which only Linux has. Use 'pipe:{endpoint.Address}' or 'unix:{endpoint.Address}' here.");

    public static IpcEndpointException OtherUsers(IpcEndpoint endpoint) =>
        new($"{endpoint} cannot be opened to other users: whoever may write to the server's queue could speak for each of its clients. "
            + "Keep SameUserOnly, or use a 'unix:' endpoint.");

    public static IpcConnectionException Silent(IpcEndpoint endpoint, TimeSpan after) =>
        new($"The server at {endpoint} has not let this process in within {after.TotalSeconds:0.#} s. It hangs, is stopped, lacks descriptors, "
            + "or has died and left its queue: 'ipc clean' removes what the dead have left.");

    public static IpcConnectionException ServerEnded(IpcEndpoint endpoint) =>
        TransportError.CannotConnect(endpoint, "the server's process has ended before it let this one in.");

    public static IpcConnectionException NoRoomForGreeting() =>
        new("The reply queue of the client was full before anything had been sent.");

    public static IpcProtocolException NoSuchLane(byte lane) =>
        new(IpcErrorCode.ProtocolViolation, $"The peer sent a piece of a frame of priority {lane}; the highest is {QueueMessage.HighestPriority}. It does not speak this protocol.");

    public static IpcResourceExhaustedException TooManyClients(int maximum) =>
        new($"The request queue has {maximum} clients, which is all that it has numbers for. Offer the services on a second endpoint.");

    /// <summary>What keeps a client from using a connection after the server's answer, or null.</summary>
    public static IpcException? Objection(IpcEndpoint endpoint, QueueGreeting server)
    {
        QueueStatus own = server.Judge();
        return own switch
        {
            QueueStatus.NotOurs => new IpcProtocolException(
                IpcErrorCode.ProtocolViolation, $"What answered at {endpoint} does not speak this protocol (it began with 0x{server.Magic:X16})."),
            QueueStatus.OtherVersion => new IpcProtocolException(
                IpcErrorCode.VersionMismatch, $"The server at {endpoint} speaks version {server.Version} of the queues' protocol, this library another one. Use the same version of Contracts.Ipc on both sides."),
            _ when server.Status != QueueStatus.Granted => Refused(endpoint, server.Status),
            QueueStatus.OtherPidNamespace => TransportError.CannotConnect(
                endpoint, "the server lives in another pid namespace, so that neither side could see the other's end. Run both in one, or use a 'unix:' endpoint."),
            QueueStatus.UnknownProcess => TransportError.CannotConnect(endpoint, $"the server says that it is process {server.Process.Id}, which cannot be."),
            _ => null,
        };
    }

    private static IpcException Refused(IpcEndpoint endpoint, QueueStatus status) => status switch
    {
        QueueStatus.OtherVersion => new IpcProtocolException(
            IpcErrorCode.VersionMismatch, $"The server at {endpoint} does not know this version of the queues' protocol. Use the same version of Contracts.Ipc on both sides."),
        QueueStatus.OtherPidNamespace => TransportError.CannotConnect(
            endpoint, "the server lives in another pid namespace, so that neither side could see the other's end. Run both in one, or use a 'unix:' endpoint."),
        QueueStatus.UnknownProcess => TransportError.CannotConnect(
            endpoint, "the server finds no process of the number that this one has. Both must see the same processes (pid namespace, /proc)."),
        QueueStatus.TooManyClients => new IpcResourceExhaustedException(
            $"The server at {endpoint} has too many clients that wait to be accepted. Try again later, or raise IpcLimits.MaximumConnections there."),
        QueueStatus.Closing => TransportError.NobodyListens(endpoint),
        _ => TransportError.CannotConnect(endpoint, $"the server refused with status {(uint)status}."),
    };
}
