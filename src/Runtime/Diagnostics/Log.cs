using Microsoft.Extensions.Logging;

namespace Contracts.Ipc.Diagnostics;

/// <summary>Every log line of the session layer. Event ids are stable: 100s connections, 200s calls; the transports have the 300s.</summary>
internal static partial class Log
{
    [LoggerMessage(100, LogLevel.Debug, "Connection to {Peer} ({Identity}) is open.")]
    internal static partial void LogConnectionOpened(this ILogger logger, string peer, PeerIdentity identity);

    [LoggerMessage(101, LogLevel.Debug, "Connection ended ({Kind}): {Reason}")]
    internal static partial void LogConnectionEnded(this ILogger logger, IpcCloseKind kind, string reason);

    [LoggerMessage(102, LogLevel.Warning, "A client was refused: {Reason}")]
    internal static partial void LogClientRefused(this ILogger logger, string reason);

    [LoggerMessage(103, LogLevel.Information, "Listening on {Endpoint}.")]
    internal static partial void LogListening(this ILogger logger, string endpoint);

    [LoggerMessage(104, LogLevel.Information, "Draining: {Calls} calls under way on {Connections} connections.")]
    internal static partial void LogDraining(this ILogger logger, int calls, int connections);

    [LoggerMessage(105, LogLevel.Warning, "{Contract}: the peer's contract differs from this side's (fingerprints {Theirs:X16} and {Ours:X16}). Compatible changes are fine; see docs/protocol.md.")]
    internal static partial void LogContractDiffers(this ILogger logger, string contract, ulong theirs, ulong ours);

    [LoggerMessage(106, LogLevel.Error, "A handler of IpcServer.Connected failed.")]
    internal static partial void LogConnectedHandlerFailed(this ILogger logger, Exception exception);

    [LoggerMessage(107, LogLevel.Warning, "The connection to process {Process} of user {User} was closed for what it did: {Reason}")]
    internal static partial void LogPeerViolated(this ILogger logger, int? process, string? user, string reason);

    [LoggerMessage(200, LogLevel.Debug, "Call of method 0x{Method:X16} refused: {Reason}")]
    internal static partial void LogCallRefused(this ILogger logger, ulong method, string reason);

    [LoggerMessage(201, LogLevel.Warning, "One-way call of {Method} failed; nobody waits for the answer.")]
    internal static partial void LogOneWayFailed(this ILogger logger, string method, Exception exception);

    [LoggerMessage(202, LogLevel.Warning, "{Method} failed after it had answered.")]
    internal static partial void LogHandlerFailedLate(this ILogger logger, string method, Exception exception);

    [LoggerMessage(203, LogLevel.Warning, "A callback on a call's cancellation token failed.")]
    internal static partial void LogCancellationCallbackFailed(this ILogger logger, Exception exception);

    [LoggerMessage(204, LogLevel.Debug, "{Method} failed.")]
    internal static partial void LogHandlerFailed(this ILogger logger, string method, Exception exception);

    [LoggerMessage(205, LogLevel.Warning, "A service of a closed connection could not be disposed.")]
    internal static partial void LogDisposeFailed(this ILogger logger, Exception exception);

    [LoggerMessage(299, LogLevel.Error, "An internal error ended the connection.")]
    internal static partial void LogInternalError(this ILogger logger, Exception exception);
}
