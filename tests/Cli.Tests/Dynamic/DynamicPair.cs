using System.Text.Json;
using Contracts.Ipc.Cli.Dynamic;
using Contracts.Ipc.Introspection;

namespace Contracts.Ipc.Cli.Tests.Dynamic;

/// <summary>A server in this process, and a client that knows no more of it than it tells.</summary>
internal sealed class DynamicPair : IAsyncDisposable
{
    private static int _endpoints;

    private readonly IpcServer _server;

    private DynamicPair(IpcServer server, Everything service, IpcConnection client, ContractSchema schema)
    {
        _server = server;
        Service = service;
        Client = client;
        Schema = schema;
    }

    internal IpcConnection Client { get; }

    internal ContractSchema Schema { get; }

    internal Everything Service { get; }

    internal static async Task<DynamicPair> OpenAsync()
    {
        var server = new IpcServer();
        var service = new Everything();
        _ = server.AddService<IEverything>(service);
        IpcEndpoint endpoint = $"inproc:dynamic-{Interlocked.Increment(ref _endpoints)}";
        _ = await server.ListenAsync(endpoint);
        IpcConnection client = await IpcConnection.ConnectAsync(endpoint);
        ContractReport report = (await client.GetProxy<IServerIntrospection>().GetContractsAsync()).Single();
        return new DynamicPair(server, service, client, ContractSchema.Parse(report.Declaration));
    }

    /// <summary>Calls with JSON as text, and gives back JSON as text.</summary>
    internal async Task<string> CallAsync(string method, string? arguments = null)
    {
        using JsonDocument? document = arguments is null ? null : JsonDocument.Parse(arguments);
        MethodSchema found = Schema.FindMethod(method) ?? throw new ArgumentException($"There is no {method}.", nameof(method));
        DynamicResult result = await new DynamicContract(Client, Schema).CallAsync(found, document?.RootElement ?? default, null, CancellationToken.None);
        return result.ToJson(indented: false);
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await _server.DisposeAsync();
    }
}
