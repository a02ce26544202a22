namespace Contracts.Ipc;

/// <summary>How a connection came to its end.</summary>
public enum IpcCloseKind
{
    /// <summary>This side closed it.</summary>
    Local,

    /// <summary>The peer closed it in good order.</summary>
    Remote,

    /// <summary>The peer died, or the transport failed.</summary>
    Lost,

    /// <summary>The peer broke the protocol or a limit.</summary>
    Violation,
}

/// <summary>Why a connection has ended.</summary>
/// <param name="Kind">How it came about.</param>
/// <param name="Message">A sentence for people.</param>
/// <param name="Exception">The cause, if an exception was.</param>
public sealed record IpcCloseReason(IpcCloseKind Kind, string Message, Exception? Exception = null);
