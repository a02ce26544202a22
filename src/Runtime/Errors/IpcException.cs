namespace Contracts.Ipc;

/// <summary>The base of every error that this library reports.</summary>
/// <param name="code">What went wrong, for programs.</param>
/// <param name="message">What happened, what was expected, what to do.</param>
/// <param name="innerException">The cause, if another exception was.</param>
public class IpcException(IpcErrorCode code, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>What went wrong, for programs.</summary>
    public IpcErrorCode Code { get; } = code;
}

/// <summary>Whether a call whose connection ended may have been executed.</summary>
public enum IpcDelivery
{
    /// <summary>The peer never saw the call: repeating it is safe.</summary>
    NotSent,

    /// <summary>The peer may have executed the call, wholly or in part.</summary>
    MaybeExecuted,
}

/// <summary>The connection is closed, was lost, or could not be made.</summary>
/// <param name="message">What happened and what to do.</param>
/// <param name="delivery">Whether the call may have been executed.</param>
/// <param name="innerException">The cause.</param>
public class IpcConnectionException(string message, IpcDelivery delivery = IpcDelivery.NotSent, Exception? innerException = null)
    : IpcException(IpcErrorCode.ConnectionLost, message, innerException)
{
    /// <summary>Whether the call may have been executed.</summary>
    public IpcDelivery Delivery { get; } = delivery;
}

/// <summary>The handler on the other side threw an exception that its contract does not declare.</summary>
/// <param name="remoteType">The full name of the exception's type, or a general word where the server keeps it private.</param>
/// <param name="message">The message that the server let through.</param>
/// <param name="remoteStackTrace">The stack, if the server opted in to sending it.</param>
public sealed class IpcRemoteException(string remoteType, string message, string? remoteStackTrace = null)
    : IpcException(IpcErrorCode.RemoteException, message)
{
    /// <summary>The full name of the exception's type.</summary>
    public string RemoteType { get; } = remoteType;

    /// <summary>The stack on the server, or null.</summary>
    public string? RemoteStackTrace { get; } = remoteStackTrace;
}

/// <summary>A fault that the contract declares with <see cref="IpcFaultAttribute"/>.</summary>
public abstract class IpcFaultException : IpcException
{
    private protected IpcFaultException(string message)
        : base(IpcErrorCode.Fault, message)
    {
    }

    /// <summary>The type of the detail.</summary>
    public abstract Type DetailType { get; }
}

/// <summary>
/// A fault with a typed detail. A handler throws it; the caller catches the same type with the same detail.
/// </summary>
/// <typeparam name="TDetail">The detail, declared on the method or the contract with <see cref="IpcFaultAttribute"/>.</typeparam>
/// <param name="detail">What went wrong.</param>
/// <param name="message">A sentence for people; travels with the detail.</param>
public sealed class IpcFaultException<TDetail>(TDetail detail, string? message = null)
    : IpcFaultException(message ?? $"The call failed with {typeof(TDetail).Name}.")
{
    /// <summary>What went wrong.</summary>
    public TDetail Detail { get; } = detail;

    /// <inheritdoc/>
    public override Type DetailType => typeof(TDetail);
}

/// <summary>The peer does not offer the contract or does not know the method. The connection lives.</summary>
/// <param name="message">What is missing.</param>
public sealed class IpcUnimplementedException(string message) : IpcException(IpcErrorCode.Unimplemented, message);

/// <summary>A limit was reached. The message names it and says how to raise it.</summary>
/// <param name="message">Which limit, its value, what to do.</param>
/// <param name="innerException">The cause.</param>
public sealed class IpcResourceExhaustedException(string message, Exception? innerException = null)
    : IpcException(IpcErrorCode.ResourceExhausted, message, innerException);

/// <summary>The peer, or this process, may not do this.</summary>
/// <param name="message">Who was refused and why.</param>
/// <param name="innerException">The cause.</param>
public sealed class IpcPermissionException(string message, Exception? innerException = null)
    : IpcException(IpcErrorCode.PermissionDenied, message, innerException);

/// <summary>The peer broke the protocol, or speaks another version of it.</summary>
/// <param name="code">Violation or version mismatch.</param>
/// <param name="message">What came, what was expected.</param>
/// <param name="innerException">The cause.</param>
public sealed class IpcProtocolException(IpcErrorCode code, string message, Exception? innerException = null)
    : IpcException(code, message, innerException);

/// <summary>A value could not be written or read as MessagePack.</summary>
/// <param name="message">What came, what was expected, and where.</param>
/// <param name="innerException">The cause.</param>
public sealed class IpcSerializationException(string message, Exception? innerException = null)
    : IpcException(IpcErrorCode.Serialization, message, innerException);

/// <summary>An endpoint could not be parsed, is in use, or cannot be used here.</summary>
/// <param name="message">Which endpoint, what is wrong, what to do.</param>
/// <param name="innerException">The cause.</param>
public sealed class IpcEndpointException(string message, Exception? innerException = null)
    : IpcException(IpcErrorCode.Endpoint, message, innerException);
