using System.ComponentModel;
using Contracts.Ipc.Rpc;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.CompilerServices;

/// <summary>The base of every generated proxy: the ways in which a method can be called.</summary>
/// <param name="target">The service that is called.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class IpcProxy(IpcProxyTarget target)
{
    internal IpcProxyTarget Target { get; } = target;

    /// <summary>Calls a method that returns a value, without blocking.</summary>
    /// <typeparam name="TArguments">The generated arguments.</typeparam>
    /// <typeparam name="TResult">The result.</typeparam>
    /// <typeparam name="TFormatter">The result's formatter.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The result, to be awaited once.</returns>
    protected ValueTask<TResult> CallAsync<TArguments, TResult, TFormatter>(
        IpcMethod method, in TArguments arguments, CancellationToken cancellationToken)
        where TArguments : struct, IIpcArguments
        where TFormatter : struct, IMessageFormatter<TResult>
        => Caller.CallAsync<TArguments, TResult, TFormatter>(Target, method, arguments, cancellationToken);

    /// <summary>Calls a method without result, without blocking.</summary>
    /// <typeparam name="TArguments">The generated arguments.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The end of the call, to be awaited once.</returns>
    protected ValueTask CallAsync<TArguments>(IpcMethod method, in TArguments arguments, CancellationToken cancellationToken)
        where TArguments : struct, IIpcArguments
        => Caller.CallAsync(Target, method, arguments, cancellationToken);

    /// <summary>Calls a method that returns a value and blocks until it has answered.</summary>
    /// <typeparam name="TArguments">The generated arguments.</typeparam>
    /// <typeparam name="TResult">The result.</typeparam>
    /// <typeparam name="TFormatter">The result's formatter.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The result.</returns>
    protected TResult Call<TArguments, TResult, TFormatter>(
        IpcMethod method, in TArguments arguments, CancellationToken cancellationToken)
        where TArguments : struct, IIpcArguments
        where TFormatter : struct, IMessageFormatter<TResult>
        => Caller.Call<TArguments, TResult, TFormatter>(Target, method, arguments, cancellationToken);

    /// <summary>Calls a method without result and blocks until it has answered.</summary>
    /// <typeparam name="TArguments">The generated arguments.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    protected void Call<TArguments>(IpcMethod method, in TArguments arguments, CancellationToken cancellationToken)
        where TArguments : struct, IIpcArguments
        => _ = Caller.Call<TArguments, Nothing, NothingFormatter>(Target, method, arguments, cancellationToken);

    /// <summary>Sends a one-way call; completes when the connection has taken it.</summary>
    /// <typeparam name="TArguments">The generated arguments.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    /// <returns>When the connection has taken the call.</returns>
    protected ValueTask PostAsync<TArguments>(IpcMethod method, in TArguments arguments, CancellationToken cancellationToken)
        where TArguments : struct, IIpcArguments
        => Caller.PostAsync(Target, method, arguments, cancellationToken);

    /// <summary>Sends a one-way call; returns when the connection has taken it.</summary>
    /// <typeparam name="TArguments">The generated arguments.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    protected void Post<TArguments>(IpcMethod method, in TArguments arguments, CancellationToken cancellationToken)
        where TArguments : struct, IIpcArguments
        => Caller.Post(Target, method, arguments, cancellationToken);
}
