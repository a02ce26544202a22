using Contracts.Ipc.CompilerServices;
using Contracts.Ipc.Diagnostics;
using Contracts.Ipc.Introspection;
using Contracts.Ipc.Protocol;
using Contracts.Ipc.Rpc;
using Contracts.Ipc.Transports;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Contracts.Ipc;

/// <summary>
/// One connection between two processes, on either side of it. Proxies made from it call the services of the peer; services offered on it
/// are called by the peer. All members may be used from any thread.
/// </summary>
public sealed class IpcConnection : IAsyncDisposable
{
    private readonly Session _session;

    internal IpcConnection(Session session, IpcEndpoint endpoint)
    {
        _session = session;
        Endpoint = endpoint;
    }

    /// <summary>Where the connection was made.</summary>
    public IpcEndpoint Endpoint { get; }

    /// <summary>Who is on the other side, as the kernel tells it.</summary>
    public PeerIdentity Peer => _session.Channel.Peer;

    /// <summary>The name that the peer gave itself; for logs only, anybody can claim any name.</summary>
    public string PeerName => _session.Remote.Name;

    /// <summary>A number that differs between runs of a server: tells a client that the server has restarted.</summary>
    public ulong PeerInstanceId => _session.Remote.InstanceId;

    /// <summary>Whether calls can be made.</summary>
    public bool IsOpen => _session.RefuseNewCall() is null;

    /// <summary>Completes, never with an exception, when the connection has ended; the result says why.</summary>
    public Task<IpcCloseReason> Closed => _session.Closed;

    internal Session Session => _session;

    /// <summary>Connects to a server.</summary>
    /// <param name="endpoint">Where it listens.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>An open connection. Dispose it.</returns>
    /// <exception cref="IpcConnectionException">Nobody listens there, or the server did not answer in time.</exception>
    /// <exception cref="IpcProtocolException">The server speaks another protocol or version.</exception>
    /// <exception cref="IpcPermissionException">The server belongs to another user.</exception>
    public static async ValueTask<IpcConnection> ConnectAsync(
        IpcEndpoint endpoint, IpcConnectionOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        options ??= new IpcConnectionOptions();
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(options.ConnectTimeout);
        ILogger logger = options.CreateLogger();
        try
        {
            Transport transport = TransportRegistry.Get(endpoint);
            if (transport.CarriesOnlySignals)
            {
                SignalContracts.CheckClient(endpoint, options.Services.Snapshot());
            }

            FrameChannel channel = await transport
                .ConnectAsync(endpoint, options.ForTransport(logger), timeout.Token)
                .ConfigureAwait(false);
            return await OpenAsync(channel, endpoint, options, logger, timeout.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IpcConnectionException(
                $"No connection to {endpoint} within {options.ConnectTimeout.TotalSeconds:0.###} s (IpcConnectionOptions.ConnectTimeout). The server may be stopped or overloaded.");
        }
    }

    /// <summary>A proxy for the peer's service of this contract. Costs next to nothing and needs no disposal.</summary>
    /// <typeparam name="T">An interface marked <see cref="IpcServiceAttribute"/>.</typeparam>
    /// <param name="options">How its calls are made; null for the defaults.</param>
    /// <returns>The proxy. Calls fail with <see cref="IpcUnimplementedException"/> if the peer does not offer the contract.</returns>
    public T GetProxy<T>(IpcCallOptions? options = null)
        where T : class, IIpcContract<T>
        => GetProxy(T.Contract, ServiceCatalog.DefaultInstance, options);

    /// <summary>A proxy for a named instance of this contract.</summary>
    /// <typeparam name="T">An interface marked <see cref="IpcServiceAttribute"/>.</typeparam>
    /// <param name="name">The instance's name.</param>
    /// <param name="options">How its calls are made; null for the defaults.</param>
    /// <returns>The proxy.</returns>
    /// <exception cref="IpcUnimplementedException">The peer does not offer this instance.</exception>
    public T GetProxy<T>(string name, IpcCallOptions? options = null)
        where T : class, IIpcContract<T>
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return GetProxy(T.Contract, name, options);
    }

    /// <summary>A proxy for a contract that was generated by <see cref="IpcContractForAttribute"/>.</summary>
    /// <typeparam name="T">The contract.</typeparam>
    /// <param name="contract">The generated contract.</param>
    /// <param name="options">How its calls are made; null for the defaults.</param>
    /// <returns>The proxy.</returns>
    public T GetProxy<T>(IpcContract<T> contract, IpcCallOptions? options = null)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(contract);
        return GetProxy(contract, ServiceCatalog.DefaultInstance, options);
    }

    /// <summary>As <see cref="GetProxy{T}(IpcContract{T}, IpcCallOptions?)"/>, for a named instance.</summary>
    /// <typeparam name="T">The contract.</typeparam>
    /// <param name="contract">The generated contract.</param>
    /// <param name="name">The instance's name.</param>
    /// <param name="options">How its calls are made; null for the defaults.</param>
    /// <returns>The proxy.</returns>
    /// <exception cref="IpcUnimplementedException">The peer does not offer this instance.</exception>
    public T GetProxy<T>(IpcContract<T> contract, string name, IpcCallOptions? options = null)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(contract);
        ArgumentNullException.ThrowIfNull(name);
        if (TransportRegistry.Get(Endpoint).CarriesOnlySignals)
        {
            SignalContracts.CheckProxy(contract);
        }

        return contract.CreateProxy(FindTarget(contract.Name, contract.Fingerprint, name, options));
    }

    /// <summary>Measures a round trip in which no handler takes part.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How long it took.</returns>
    /// <exception cref="IpcConnectionException">The connection ended.</exception>
    /// <exception cref="TimeoutException">No answer within the connection's default timeout.</exception>
    public async ValueTask<TimeSpan> PingAsync(CancellationToken cancellationToken = default)
    {
        (ulong number, Task<TimeSpan> answer) = _session.Pings.Begin();
        try
        {
            _session.SendSmall(new FrameHeader(FrameKind.Ping, FrameFlags.None, 0, number));
            _session.Receiver.Attend();
            return await answer.WaitAsync(TimeSpan.FromMilliseconds(_session.DefaultTimeoutMilliseconds), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _session.Pings.Forget(number);
        }
    }

    /// <summary>
    /// Closes in good order: no new calls in either direction, those under way finish, then the end. Use <see cref="DisposeAsync"/> to end at once.
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting; what is still under way is then cancelled.</param>
    /// <returns>When the connection has ended.</returns>
    public Task CloseAsync(CancellationToken cancellationToken = default) => _session.Closing.DrainAsync(cancellationToken);

    /// <summary>Ends the connection at once. Calls under way fail with <see cref="IpcConnectionException"/>.</summary>
    /// <returns>When the connection has ended.</returns>
    public ValueTask DisposeAsync()
    {
        _session.Closing.SayGoodbye();
        _session.End(new IpcCloseReason(IpcCloseKind.Local, "This side closed it."));
        return ValueTask.CompletedTask;
    }

    /// <summary>Something to call a service with of which only a description is known.</summary>
    /// <param name="contract">The contract's name on the wire.</param>
    /// <param name="instance">The instance's name; empty for the default instance.</param>
    /// <param name="options">How calls are made; null for the defaults.</param>
    /// <exception cref="IpcUnimplementedException">The peer does not offer this instance.</exception>
    internal RawProxy GetRawProxy(string contract, string instance, IpcCallOptions? options)
        => new(FindTarget(contract, fingerprint: null, instance, options));

    /// <summary>Opens a session on a channel that is connected. The channel is closed if that fails.</summary>
    internal static async ValueTask<IpcConnection> OpenAsync(
        FrameChannel channel, IpcEndpoint endpoint, IpcConnectionOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        var session = new Session(channel, endpoint, options, logger);
        var connection = new IpcConnection(session, endpoint);
        try
        {
            ServiceTable services = ServiceTable.Create(options.Services.Snapshot(), connection);
            session.Dispatcher.Services = services;
            Greeting local = options.Greet(options.Name, instanceId: 0, services);
            _ = await session.Opening.GreetAsync(local, options.HandshakeTimeout, cancellationToken).ConfigureAwait(false);
            logger.LogConnectionOpened(session.Remote.Name, channel.Peer);
            return connection;
        }
        catch (Exception exception)
        {
            session.End(new IpcCloseReason(IpcCloseKind.Local, "The connection could not be opened: " + exception.Message, exception));
            throw;
        }
    }

    private IpcProxyTarget FindTarget(string contract, ulong? fingerprint, string instance, IpcCallOptions? options)
    {
        if (_session.FindOffered(contract, instance) is not { } offered)
        {
            return instance.Length == 0
                ? new IpcProxyTarget(_session, 0, options)
                : throw RpcError.NoInstance(contract, instance, _session.Remote.Services.Select(static service => $"{service.Contract} '{service.Instance}'"));
        }

        if (fingerprint is { } own && offered.Fingerprint != own)
        {
            _session.Log.LogContractDiffers(contract, offered.Fingerprint, own);
        }

        return new IpcProxyTarget(_session, offered.Target, options);
    }
}
