namespace Contracts.Ipc.Evolution.Tests.Harness;

/// <summary>One version as a server that offers all of its contracts.</summary>
internal sealed class Party : IAsyncDisposable
{
    private readonly IpcServer _server;
    private readonly Dictionary<string, Recorder> _recorders;

    private Party(ContractVersion version, IpcServer server, IpcEndpoint endpoint, Dictionary<string, Recorder> recorders)
    {
        Version = version;
        _server = server;
        Endpoint = endpoint;
        _recorders = recorders;
    }

    internal ContractVersion Version { get; }

    internal IpcEndpoint Endpoint { get; }

    internal static async Task<Party> StartAsync(ContractVersion version, IEnumerable<string> namespaces, IpcEndpoint endpoint)
    {
        var server = new IpcServer();
        Dictionary<string, Recorder> recorders = namespaces.Where(version.Has).ToDictionary(name => name, name => version.Offer(server, name));
        _ = await server.ListenAsync(endpoint);
        return new Party(version, server, endpoint, recorders);
    }

    internal Recorder? RecorderOf(string @namespace) => _recorders.GetValueOrDefault(@namespace);

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
