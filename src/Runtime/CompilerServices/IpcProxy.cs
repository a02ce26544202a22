using System.ComponentModel;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.CompilerServices;

/// <summary>The base of every generated proxy: the ways in which a method can be called.</summary>
/// <param name="target">The service that is called.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class IpcProxy(IpcProxyTarget target)
{
    internal IpcProxyTarget Target { get; } = target;

    /// <summary>Calls a method that returns a value, without blocking.</summary>
    protected ValueTask<TResult> CallAsync<TArguments, TResult, TFormatter>(
        IpcMethod method, in TArguments arguments, CancellationToken cancellationToken)
        where TArguments : struct, IIpcArguments
        where TFormatter : struct, IMessageFormatter<TResult>
        => throw new NotSupportedException();

    /// <summary>Calls a method without result, without blocking.</summary>
    protected ValueTask CallAsync<TArguments>(IpcMethod method, in TArguments arguments, CancellationToken cancellationToken)
        where TArguments : struct, IIpcArguments
        => throw new NotSupportedException();

    /// <summary>Calls a method that returns a value and blocks until it has answered.</summary>
    protected TResult Call<TArguments, TResult, TFormatter>(
        IpcMethod method, in TArguments arguments, CancellationToken cancellationToken)
        where TArguments : struct, IIpcArguments
        where TFormatter : struct, IMessageFormatter<TResult>
        => throw new NotSupportedException();

    /// <summary>Calls a method without result and blocks until it has answered.</summary>
    protected void Call<TArguments>(IpcMethod method, in TArguments arguments, CancellationToken cancellationToken)
        where TArguments : struct, IIpcArguments
        => throw new NotSupportedException();

    /// <summary>Sends a one-way call; completes when the transport has taken it.</summary>
    protected ValueTask PostAsync<TArguments>(IpcMethod method, in TArguments arguments, CancellationToken cancellationToken)
        where TArguments : struct, IIpcArguments
        => throw new NotSupportedException();

    /// <summary>Sends a one-way call; returns when the transport has taken it.</summary>
    protected void Post<TArguments>(IpcMethod method, in TArguments arguments, CancellationToken cancellationToken)
        where TArguments : struct, IIpcArguments
        => throw new NotSupportedException();
}
