using System.Diagnostics;
using Contracts.Ipc.CompilerServices;
using Contracts.Ipc.Rpc;

namespace Contracts.Ipc.Introspection;

/// <summary>One call that is being watched, from the moment in which its handler begins.</summary>
internal readonly struct WatchedCall(CallMonitor monitor, int argumentBytes)
{
    private readonly long _started = Stopwatch.GetTimestamp();

    internal bool IsActive => monitor is not null;

    /// <summary>Calls of introspection itself are not worth telling: the watcher would see mostly itself.</summary>
    internal static bool IsWorthTelling(IpcMethod method) => !Reserved.IsReserved(method.ContractName);

    internal void End(Session session, IpcMethod method, Exception? exception, int resultBytes)
    {
        TimeSpan duration = Stopwatch.GetElapsedTime(_started);
        (IpcErrorCode outcome, string? error) = exception switch
        {
            null => (IpcErrorCode.None, null),
            IpcFaultException fault => (IpcErrorCode.Fault, fault.DetailType.FullName),
            IpcException own => (own.Code, own.GetType().FullName),
            OperationCanceledException => (IpcErrorCode.Cancelled, exception.GetType().FullName),
            _ => (IpcErrorCode.RemoteException, exception.GetType().FullName),
        };
        monitor.Add(new CallRecord(
            method, session.Number, session.Channel.Peer.ProcessId, DateTime.UtcNow - duration, duration, outcome, error, argumentBytes, resultBytes));
    }
}
