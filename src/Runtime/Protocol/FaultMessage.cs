using Contracts.Ipc.CompilerServices;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.Protocol;

/// <summary>
/// The payload of Fault, Reject, GoAway and Goodbye: <c>[code, message, type, stack, fault, detail]</c>. Type and stack are nil where the
/// server keeps them private; fault and detail are nil unless the contract declares the fault.
/// </summary>
internal static class FaultMessage
{
    internal static void Write(ref MessagePackWriter writer, IpcErrorCode code, string message, string? type = null, string? stack = null)
    {
        writer.WriteArrayHeader(6);
        writer.Write((int)code);
        writer.Write(message);
        writer.Write(type);
        writer.Write(stack);
        writer.WriteNil();
        writer.WriteNil();
    }

    internal static void WriteTyped(ref MessagePackWriter writer, IpcFaultType faultType, IpcFaultException fault)
    {
        writer.WriteArrayHeader(6);
        writer.Write((int)IpcErrorCode.Fault);
        writer.Write(fault.Message);
        writer.WriteNil();
        writer.WriteNil();
        writer.Write(faultType.Name);
        faultType.Write(ref writer, fault);
    }

    /// <summary>Turns a fault into the exception that the caller sees.</summary>
    internal static Exception Read(ReadOnlySpan<byte> payload, IpcFaultType[] declared)
    {
        try
        {
            return ReadChecked(payload, declared);
        }
        catch (IpcSerializationException cause)
        {
            return new IpcSerializationException("The call failed, and the fault that the peer sent cannot be read: " + cause.Message, cause);
        }
    }

    private static Exception ReadChecked(ReadOnlySpan<byte> payload, IpcFaultType[] declared)
    {
        var reader = new MessagePackReader(payload);
        int count = reader.ReadArrayHeader();
        if (count < 6)
        {
            throw new IpcSerializationException($"A fault has 6 values; {count} came.");
        }

        var code = (IpcErrorCode)reader.ReadInt32();
        string message = reader.ReadString() ?? "";
        string? type = reader.ReadString();
        string? stack = reader.ReadString();
        string? faultName = reader.ReadString();
        if (faultName is not null)
        {
            foreach (IpcFaultType fault in declared)
            {
                if (fault.Name == faultName)
                {
                    return fault.Read(ref reader, message);
                }
            }

            return new IpcRemoteException(faultName, message);
        }

        return Make(code, message, type, stack);
    }

    private static Exception Make(IpcErrorCode code, string message, string? type, string? stack) => code switch
    {
        IpcErrorCode.Unimplemented => new IpcUnimplementedException(message),
        IpcErrorCode.ResourceExhausted => new IpcResourceExhaustedException(message),
        IpcErrorCode.PermissionDenied => new IpcPermissionException(message),
        IpcErrorCode.Serialization => new IpcSerializationException(message),
        IpcErrorCode.Cancelled => new OperationCanceledException(message),
        IpcErrorCode.DeadlineExceeded => new TimeoutException(message),
        IpcErrorCode.ConnectionLost => new IpcConnectionException(message),
        IpcErrorCode.ProtocolViolation or IpcErrorCode.VersionMismatch => new IpcProtocolException(code, message),
        _ => new IpcRemoteException(type ?? "Exception", message, stack),
    };
}
