namespace Contracts.Ipc;

/// <summary>
/// Bounds on what one peer can make this process hold. Every bound ends in a typed error that names it. Values are read when a
/// connection is made.
/// </summary>
public sealed record IpcLimits
{
    /// <summary>Largest message (arguments or result), in bytes, that is sent or accepted. Default 16 MiB.</summary>
    public int MaximumMessageLength { get; init; } = 16 * 1024 * 1024;

    /// <summary>
    /// Bytes queued towards a peer that does not read before callers have to wait for room and no new calls are taken from it. Answers longer
    /// than a frame (64 KiB) do not count for the latter: for them it is <see cref="MaximumFragmentBytes"/>. Default 4 MiB.
    /// </summary>
    public int MaximumQueuedBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Calls of one peer that may be executing or waiting here at once. Default 4096, at most 65535.</summary>
    public int MaximumCallsPerConnection { get; init; } = 4096;

    /// <summary>
    /// Bytes of unfinished messages that one peer may have in fragments; of calls that wait to be executed; and of long answers on their way to it
    /// before no new calls are taken. Each apart. Default 64 MiB.
    /// </summary>
    public int MaximumFragmentBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Connections that a server holds at once. Default 4096.</summary>
    public int MaximumConnections { get; init; } = 4096;

    /// <summary>Connections that may be in their handshake at once; further clients wait in the backlog. Default 1024.</summary>
    public int MaximumHandshakes { get; init; } = 1024;
}
