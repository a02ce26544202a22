namespace Contracts.Ipc;

/// <summary>
/// A child process could not be started, did not serve, or has ended. Thrown by <see cref="IpcProcess.StartAsync"/>; calls that were under way when a child ended
/// have it as their <see cref="Exception.InnerException"/>, and <see cref="IpcConnection.Closed"/> in <see cref="IpcCloseReason.Exception"/>.
/// </summary>
/// <param name="message">What happened, with the exit code and the last lines that were printed.</param>
/// <param name="processId">The process, or null if there was none.</param>
/// <param name="exitCode">Its exit code, or null if it has not ended.</param>
/// <param name="outputTail">The last lines that it printed.</param>
/// <param name="delivery">Whether a call may have been executed.</param>
/// <param name="innerException">The cause.</param>
public sealed class IpcProcessException(
    string message,
    int? processId = null,
    int? exitCode = null,
    string outputTail = "",
    IpcDelivery delivery = IpcDelivery.NotSent,
    Exception? innerException = null)
    : IpcConnectionException(message, delivery, innerException)
{
    /// <summary>The process, or null if none could be started.</summary>
    public int? ProcessId { get; } = processId;

    /// <summary>The exit code, or null if the process had not ended by itself. On Unix 128 and the number of a signal, if one ended it.</summary>
    public int? ExitCode { get; } = exitCode;

    /// <summary>The last lines that the process printed, separated by line feeds; empty if none.</summary>
    public string OutputTail { get; } = outputTail;
}
