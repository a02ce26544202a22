using Microsoft.Extensions.Logging;

namespace Contracts.Ipc.Transports.StandardIO;

/// <summary>The log lines about children.</summary>
internal static partial class ChildLog
{
    [LoggerMessage(EventId = 320, Level = LogLevel.Information, Message = "Process {Process} printed: {Line}")]
    public static partial void Printed(ILogger logger, int process, string line);

    [LoggerMessage(EventId = 321, Level = LogLevel.Error, Message = "IpcProcessOptions.OutputReceived failed.")]
    public static partial void OutputHandlerFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 322, Level = LogLevel.Warning, Message = "Process {Process} did not end within {Seconds} s and is killed.")]
    public static partial void Killed(ILogger logger, int process, double seconds);

    [LoggerMessage(EventId = 323, Level = LogLevel.Error, Message = "Process {Process} cannot be killed.")]
    public static partial void NotKilled(ILogger logger, int process, Exception exception);
}
