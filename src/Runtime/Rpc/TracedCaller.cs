using Contracts.Ipc.CompilerServices;
using Contracts.Ipc.Diagnostics;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.Rpc;

/// <summary>Calls while somebody listens to traces or metrics: the same calls inside a scope, with the trace context as metadata.</summary>
internal static class TracedCaller
{
    internal static async ValueTask<TResult> CallAsync<TArguments, TResult, TFormatter>(
        IpcProxyTarget target, IpcMethod method, TArguments arguments, CancellationToken cancellationToken)
        where TArguments : struct, IIpcArguments
        where TFormatter : struct, IMessageFormatter<TResult>
    {
        CallScope scope = IpcDiagnostics.BeginClientCall(method, target.Session);
        try
        {
            TResult result = await Caller.CallWithRoomAsync<TArguments, TResult, TFormatter>(
                target, method, arguments, TraceMetadata.Write(scope.Activity), cancellationToken).ConfigureAwait(false);
            scope.End(null);
            return result;
        }
        catch (Exception exception)
        {
            scope.End(exception);
            throw;
        }
    }

    internal static TResult Call<TArguments, TResult, TFormatter>(
        IpcProxyTarget target, IpcMethod method, in TArguments arguments, CancellationToken cancellationToken)
        where TArguments : struct, IIpcArguments
        where TFormatter : struct, IMessageFormatter<TResult>
    {
        CallScope scope = IpcDiagnostics.BeginClientCall(method, target.Session);
        try
        {
            TResult result = Caller.CallBlocking<TArguments, TResult, TFormatter>(
                target, method, arguments, TraceMetadata.Write(scope.Activity), cancellationToken);
            scope.End(null);
            return result;
        }
        catch (Exception exception)
        {
            scope.End(exception);
            throw;
        }
    }
}
