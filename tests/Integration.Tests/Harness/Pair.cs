using Contracts.Ipc.Integration.Tests.Contracts;

namespace Contracts.Ipc.Integration.Tests.Harness;

/// <summary>A server and one client that is connected to it, in this process.</summary>
internal sealed class Pair : IAsyncDisposable
{
    private Pair(IpcServer server, IpcEndpoint endpoint, IpcConnection client, IpcConnection accepted)
    {
        Server = server;
        Endpoint = endpoint;
        Client = client;
        Accepted = accepted;
    }

    internal IpcServer Server { get; }

    internal IpcEndpoint Endpoint { get; }

    internal IpcConnection Client { get; }

    /// <summary>The same connection on the server's side.</summary>
    internal IpcConnection Accepted { get; }

    internal IProbe Probe => Client.GetProxy<IProbe>();

    internal static Task<Pair> OpenAsync(
        string scheme, IProbe service, IpcServerOptions? serverOptions = null, IpcConnectionOptions? clientOptions = null)
        => OpenAsync(scheme, server => server.AddService(service), serverOptions, clientOptions);

    internal static async Task<Pair> OpenAsync(
        string scheme, Action<IpcServer> offer, IpcServerOptions? serverOptions = null, IpcConnectionOptions? clientOptions = null)
    {
        var server = new IpcServer(serverOptions);
        offer(server);
        var accepted = new TaskCompletionSource<IpcConnection>(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Connected += (_, connection) => accepted.TrySetResult(connection);
        IpcEndpoint endpoint = TestTransports.NewEndpoint(scheme);
        _ = await server.ListenAsync(endpoint).InTime();
        IpcConnection client = await IpcConnection.ConnectAsync(endpoint, clientOptions).InTime();
        return new Pair(server, endpoint, client, await accepted.Task.InTime());
    }

    /// <summary>Another client of the same server.</summary>
    internal Task<IpcConnection> ConnectAsync(IpcConnectionOptions? options = null) => IpcConnection.ConnectAsync(Endpoint, options).InTime();

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Server.DisposeAsync();
    }
}
