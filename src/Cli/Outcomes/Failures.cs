namespace Contracts.Ipc.Cli.Outcomes;

/// <summary>Turns whatever a command ended with into an exit code and a sentence. The one place where exceptions become codes.</summary>
internal static class Failures
{
    private const string ReportIt = "This is an error of the tool. Please report it with the command line; CONTRACTS_IPC_STACK=1 prints where it happened.";

    /// <summary>The error that is shown for an exception.</summary>
    public static ToolException Of(Exception exception) => exception switch
    {
        ToolException known => known,
        OperationCanceledException => new ToolException(ExitCode.Interrupted, "Interrupted."),
        TimeoutException => new ToolException(ExitCode.Timeout, exception.Message, "--timeout gives it more time.", exception),
        IpcConnectionException { Delivery: IpcDelivery.MaybeExecuted } =>
            new ToolException(ExitCode.Lost, exception.Message, "The call may have been executed. Look before you repeat it.", exception),
        IpcRemoteException remote => new ToolException(ExitCode.Fault, remote.Message, remote.RemoteStackTrace, remote) { FaultType = remote.RemoteType },
        IpcException error => new ToolException(CodeOf(error.Code), error.Message, inner: error),
        IOException or UnauthorizedAccessException => new ToolException(ExitCode.File, exception.Message, inner: exception),
        _ => new ToolException(ExitCode.Internal, $"{exception.GetType().Name}: {exception.Message}", ReportIt, exception),
    };

    private static ExitCode CodeOf(IpcErrorCode code) => code switch
    {
        IpcErrorCode.ConnectionLost => ExitCode.NobodyListens,
        IpcErrorCode.Unimplemented or IpcErrorCode.NotFound => ExitCode.NotOffered,
        IpcErrorCode.ResourceExhausted => ExitCode.Exhausted,
        IpcErrorCode.PermissionDenied => ExitCode.Refused,
        IpcErrorCode.ProtocolViolation or IpcErrorCode.VersionMismatch or IpcErrorCode.Serialization or IpcErrorCode.Incompatible => ExitCode.Incompatible,
        IpcErrorCode.Cancelled => ExitCode.Interrupted,
        IpcErrorCode.DeadlineExceeded => ExitCode.Timeout,
        IpcErrorCode.Endpoint => ExitCode.Usage,
        IpcErrorCode.Fault or IpcErrorCode.RemoteException => ExitCode.Fault,
        _ => ExitCode.Internal,
    };
}
