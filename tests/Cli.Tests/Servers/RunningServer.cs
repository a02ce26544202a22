namespace Contracts.Ipc.Cli.Tests.Servers;

/// <summary>A server in this process, at an endpoint of its own.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private static int s_count;

    private readonly IpcServer _server;

    private RunningServer(IpcServer server, IpcEndpoint endpoint, Warehouse warehouse)
    {
        _server = server;
        Endpoint = endpoint.ToString();
        Warehouse = warehouse;
    }

    public string Endpoint { get; }

    public Warehouse Warehouse { get; }

    /// <summary>Listens.</summary>
    /// <param name="transport">The scheme of its endpoint.</param>
    /// <param name="configure">Changes the options.</param>
    /// <param name="instance">The name under which the warehouse is offered; empty for the default one.</param>
    public static async Task<RunningServer> StartAsync(string transport = "unix", Action<IpcServerOptions>? configure = null, string instance = "")
    {
        var options = new IpcServerOptions { Name = "warehouse" };
        configure?.Invoke(options);
        var server = new IpcServer(options);
        var warehouse = new Warehouse();
        _ = instance.Length == 0 ? server.AddService<IWarehouse>(warehouse) : server.AddService<IWarehouse>(instance, warehouse);
        IpcEndpoint endpoint = $"{transport}:cli-{Environment.ProcessId}-{Interlocked.Increment(ref s_count)}";
        _ = await server.ListenAsync(endpoint);
        return new RunningServer(server, endpoint, warehouse);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
