using Contracts.Ipc.Integration.Tests.Contracts;

namespace Contracts.Ipc.Integration.Tests.Harness;

/// <summary>A server and one client that is connected to it, in this process.</summary>
internal sealed class Pair : IAsyncDisposable
{
    private Pair(IpcServer server, Meeting meeting, IpcConnection client, IpcConnection accepted)
    {
        Server = server;
        Meeting = meeting;
        Client = client;
        Accepted = accepted;
    }

    internal IpcServer Server { get; }

    /// <summary>Where the two met.</summary>
    internal Meeting Meeting { get; }

    /// <summary>Where clients find the server.</summary>
    internal IpcEndpoint Endpoint => Meeting.Client;

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
        Meeting meeting = TestTransports.NewMeeting(scheme);
        _ = await server.ListenAsync(meeting.Server).InTime();
        IpcConnection client = await IpcConnection.ConnectAsync(meeting.Client, clientOptions).InTime();
        return new Pair(server, meeting, client, await accepted.Task.InTime());
    }

    /// <summary>Another client of the same server.</summary>
    internal Task<IpcConnection> ConnectAsync(IpcConnectionOptions? options = null) => IpcConnection.ConnectAsync(Endpoint, options).InTime();

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Server.DisposeAsync();
        Meeting.Dispose();
    }
}
