using Microsoft.Extensions.Logging;

namespace Contracts.Ipc.Transports;

/// <summary>The log lines of this floor.</summary>
internal static partial class TransportLog
{
    [LoggerMessage(EventId = 301, Level = LogLevel.Warning,
        Message = "{Endpoint} refused a client of user {PeerUser} (process {PeerProcess}): only clients of user {OwnUser} are admitted")]
    public static partial void ClientRefused(ILogger logger, IpcEndpoint endpoint, string peerUser, int? peerProcess, string ownUser);

    [LoggerMessage(EventId = 302, Level = LogLevel.Error,
        Message = "{Endpoint} cannot accept clients now: {Reason}. Trying again in {Milliseconds} ms")]
    public static partial void AcceptPaused(ILogger logger, IpcEndpoint endpoint, string reason, int milliseconds);

    [LoggerMessage(EventId = 303, Level = LogLevel.Debug, Message = "{Endpoint} lost a client before it was accepted (errno {ErrorNumber})")]
    public static partial void ClientLostEarly(ILogger logger, IpcEndpoint endpoint, int errorNumber);

    [LoggerMessage(EventId = 304, Level = LogLevel.Warning,
        Message = "{Endpoint} sent process {PeerProcess} away: {Status}")]
    public static partial void HandshakeFailed(ILogger logger, IpcEndpoint endpoint, int? peerProcess, SharedMemory.HandshakeStatus status);

    [LoggerMessage(EventId = 305, Level = LogLevel.Debug,
        Message = "{Endpoint} lost process {PeerProcess} in its handshake: {Reason}")]
    public static partial void HandshakeLost(ILogger logger, IpcEndpoint endpoint, int? peerProcess, string reason);

    [LoggerMessage(EventId = 306, Level = LogLevel.Error,
        Message = "{Endpoint} cannot make shared memory of {Length} bytes for a client: {Reason}")]
    public static partial void NoSegment(ILogger logger, IpcEndpoint endpoint, long length, string reason);

    [LoggerMessage(EventId = 307, Level = LogLevel.Warning,
        Message = "{Endpoint} sent process {PeerProcess} away: {Status}")]
    public static partial void QueueClientRefused(ILogger logger, IpcEndpoint endpoint, int peerProcess, Queues.QueueStatus status);

    [LoggerMessage(EventId = 308, Level = LogLevel.Warning,
        Message = "{Endpoint} dropped {Count} messages that belonged to no client of it")]
    public static partial void MessagesDropped(ILogger logger, IpcEndpoint endpoint, long count);

    [LoggerMessage(EventId = 309, Level = LogLevel.Warning,
        Message = "{Endpoint} skipped {Count} bytes that are no message of a client; something else writes into its FIFO")]
    public static partial void GarbageSkipped(ILogger logger, IpcEndpoint endpoint, long count);
}
