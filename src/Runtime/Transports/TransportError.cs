using Contracts.Ipc.Native;

namespace Contracts.Ipc.Transports;

/// <summary>Every error of this floor, so that wording and codes stay one voice.</summary>
internal static class TransportError
{
    public static IpcEndpointException BadEndpoint(string text, string? objection) =>
        new($"'{text}' is not an endpoint: {objection}. Write for example 'unix:calculator' or 'unix:/run/calculator.sock'.");

    public static IpcEndpointException InUse(IpcEndpoint endpoint, int? processId) =>
        new(processId is { } id
            ? $"Cannot listen at {endpoint}: it is in use by process {id}. Stop that process or choose another endpoint."
            : $"Cannot listen at {endpoint}: another server is using it or just starting there. Stop it or choose another endpoint.");

    public static IpcEndpointException CannotListen(IpcEndpoint endpoint, string why, Exception? cause = null) =>
        new($"Cannot listen at {endpoint}: {why}", cause);

    public static IpcEndpointException DirectoryNotPrivate(string directory, string why) =>
        new($"The directory '{directory}', in which endpoints with plain names live, cannot be trusted: {why}. It must be a directory "
            + "of this user alone (mode 0700, no symbolic link). Remove it, or set XDG_RUNTIME_DIR to a directory of this user.");

    public static IpcEndpointException OwnersLocked(string directory) =>
        new($"The directory '{directory}', in which processes record what they make, has been locked for seconds by another process. Is it stopped (state T in ps)?");

    public static IpcEndpointException PathTooLong(string path, int bytes) =>
        new($"The socket path '{path}' has {bytes} bytes in UTF-8; the system takes at most {Sockets.MaximumPathLength}. Choose a shorter path, or a plain name as in 'unix:calculator'.");

    public static IpcConnectionException NobodyListens(IpcEndpoint endpoint, Exception? cause = null) =>
        new($"No server listens at {endpoint}. Start it, or check the endpoint.", IpcDelivery.NotSent, cause);

    public static IpcConnectionException CannotConnect(IpcEndpoint endpoint, string why, Exception? cause = null) =>
        new($"Cannot connect to {endpoint}: {why}", IpcDelivery.NotSent, cause);

    public static IpcPermissionException MayNotConnect(IpcEndpoint endpoint, Exception? cause = null) =>
        new($"This process may not connect to {endpoint}: the permissions of the endpoint forbid it. It belongs to another user, or lies in a directory of another user.", cause);

    public static IpcPermissionException ServerOfOtherUser(IpcEndpoint endpoint, string peer, string self) =>
        new($"The server at {endpoint} runs as user {peer}, this process as user {self}, and only servers of the same user are trusted. Check who made the endpoint, or allow servers of other users in the options.");

    public static IpcConnectionException PeerClosed() =>
        new("The peer closed the connection.", IpcDelivery.MaybeExecuted);

    public static IpcConnectionException PeerClosedInFrame(int received, int expected) =>
        new(expected > 0
                ? $"The connection ended in the middle of a frame: {received} of {expected} bytes had come."
                : $"The connection ended in the middle of a frame's length prefix: {received} of 4 bytes had come.",
            IpcDelivery.MaybeExecuted);

    public static IpcConnectionException PeerLost(string why, Exception? cause = null) =>
        new($"The connection was lost: {why}.", IpcDelivery.MaybeExecuted, cause);

    public static IpcConnectionException CannotSend(string why, Exception? cause = null) =>
        new($"Nothing can be sent to the peer any more: {why}.", IpcDelivery.NotSent, cause);

    public static IpcConnectionException Closed(Exception reason) =>
        new($"The connection is closed: {reason.Message}", IpcDelivery.NotSent, reason);

    public static IpcProtocolException FrameLength(uint length, int maximum) =>
        new(IpcErrorCode.ProtocolViolation, length < FrameBuffer.HeaderLength
            ? $"The peer announced a frame of {length} bytes, shorter than the {FrameBuffer.HeaderLength} bytes of a header. It does not speak this protocol; check what is at the other end."
            : $"The peer announced a frame of {length} bytes; the limit of this connection is {maximum}. It does not speak this protocol, or was built with a larger limit.");
}
