namespace Contracts.Ipc.Transports.Fifo;

/// <summary>Every error about FIFOs and the messages before a connection.</summary>
internal static class FifoError
{
    public static IpcEndpointException OtherUsers(IpcEndpoint endpoint) =>
        new($"{endpoint} cannot be opened to other users: a FIFO does not tell who writes into it. Leave SameUserOnly on, or use 'unix:'.");

    public static IpcEndpointException NotHere(IpcEndpoint endpoint) =>
        new($"{endpoint} needs Linux: FIFOs that are opened without waiting behave differently elsewhere. Use 'unix:' or 'pipe:' on this system.");

    public static IpcEndpointException NotAFifo(IpcEndpoint endpoint, string path) =>
        TransportError.CannotListen(endpoint, $"'{path}' exists and is not a FIFO. Remove it, or choose another path.");

    public static IpcEndpointException OfOtherUser(IpcEndpoint endpoint, string path, uint user) =>
        TransportError.CannotListen(endpoint, $"the FIFO '{path}' belongs to user {user}. Choose another path.");

    public static IpcConnectionException WrongKind(IpcEndpoint endpoint, string path) =>
        TransportError.CannotConnect(endpoint, $"'{path}' is not a FIFO. Check the endpoint.");

    public static IpcConnectionException Silent(IpcEndpoint endpoint, TimeSpan time) =>
        TransportError.CannotConnect(endpoint, $"the server reads its FIFO, but did not answer within {time.TotalSeconds:0.#} s.");

    public static IpcConnectionException Gone(IpcEndpoint endpoint) =>
        TransportError.CannotConnect(endpoint, "the server ended before it answered.");

    public static IpcProtocolException OtherVersion(IpcEndpoint endpoint, uint peer) =>
        new(IpcErrorCode.VersionMismatch, $"Cannot connect to {endpoint}: the server opens FIFOs in version {peer}, this process in version {FifoMessage.CurrentVersion}. Use one version of Contracts on both sides.");

    public static IpcProtocolException NotOurs(IpcEndpoint endpoint) =>
        new(IpcErrorCode.ProtocolViolation, $"Cannot connect to {endpoint}: what came back is not the server's answer. Check what reads the FIFO.");
}
