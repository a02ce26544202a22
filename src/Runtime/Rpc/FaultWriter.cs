using Contracts.Ipc.CompilerServices;
using Contracts.Ipc.Protocol;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.Rpc;

/// <summary>
/// Decides what of an exception the caller gets to see: declared faults wholly, errors of this library and a few well-known exceptions
/// with type and message, everything else only that it happened, unless the options say otherwise.
/// </summary>
/// <param name="includeDetails">Whether everything is told, stack included.</param>
internal sealed class FaultWriter(bool includeDetails)
{
    private const string HiddenMessage = "The handler failed. The server keeps the details to itself (IpcSessionOptions.IncludeExceptionDetails).";

    internal void Write(PooledBuffer buffer, IncomingCall call, Exception exception, bool cancelled)
    {
        var writer = new MessagePackWriter(buffer);
        if (exception is not IpcFaultException fault || !TryWriteTyped(ref writer, call, fault))
        {
            Write(ref writer, call, exception, cancelled);
        }

        writer.Flush();
    }

    /// <summary>Writes that an exception could not be written.</summary>
    internal void WriteUnwritable(PooledBuffer buffer, Exception exception, Exception cause)
    {
        var writer = new MessagePackWriter(buffer);
        FaultMessage.Write(
            ref writer,
            IpcErrorCode.Serialization,
            $"The call failed with {exception.GetType().Name}, which could not be sent{(includeDetails || cause is IpcException ? ": " + cause.Message : ".")}");
        writer.Flush();
    }

    private static bool TryWriteTyped(ref MessagePackWriter writer, IncomingCall call, IpcFaultException fault)
    {
        foreach (IpcFaultType type in call.Method.Faults)
        {
            if (type.Accepts(fault))
            {
                FaultMessage.WriteTyped(ref writer, type, fault);
                return true;
            }
        }

        return false;
    }

    private void Write(ref MessagePackWriter writer, IncomingCall call, Exception exception, bool cancelled)
    {
        if (exception is OperationCanceledException && (cancelled || Environment.TickCount64 >= call.Deadline))
        {
            // The deadline cancels, too: the clock tells the two apart.
            bool late = Environment.TickCount64 >= call.Deadline;
            IpcErrorCode code = late ? IpcErrorCode.DeadlineExceeded : IpcErrorCode.Cancelled;
            FaultMessage.Write(ref writer, code, late ? "The deadline of the call passed." : "The call was cancelled.");
            return;
        }

        // A connection error of a call that the handler made elsewhere says nothing about this connection: it is a remote exception.
        if (exception is IpcException { Code: not (IpcErrorCode.ConnectionLost or IpcErrorCode.RemoteException or IpcErrorCode.Fault) } own)
        {
            FaultMessage.Write(ref writer, own.Code, own.Message);
            return;
        }

        bool known = includeDetails || IsWellKnown(exception);
        FaultMessage.Write(
            ref writer,
            IpcErrorCode.RemoteException,
            known ? exception.Message : HiddenMessage,
            known ? exception.GetType().FullName : null,
            includeDetails ? exception.StackTrace : null);
    }

    private static bool IsWellKnown(Exception exception) => exception
        is ArgumentException
        or InvalidOperationException
        or NotSupportedException
        or KeyNotFoundException
        or UnauthorizedAccessException;
}
