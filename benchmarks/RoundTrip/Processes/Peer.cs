using System.Net.Sockets;
using Contracts.Ipc.Benchmarks.RoundTrip.Contract;
using Contracts.Ipc.Benchmarks.RoundTrip.Scenarios;

namespace Contracts.Ipc.Benchmarks.RoundTrip.Processes;

/// <summary>The server as a workload uses it: connections to it, and what it has used.</summary>
internal sealed class Peer(ServerProcess server, string path, Side side) : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _connections = [];

    public Usage ServerUsage() => server.Usage();

    public async Task<IBenchmark> ConnectAsync()
    {
        IpcConnection connection = await IpcConnection.ConnectAsync(side.EndpointAt(path), ((ContractSide)side).ForClient()).ConfigureAwait(false);
        _connections.Add(connection);
        return connection.GetProxy<IBenchmark>();
    }

    public Socket ConnectSocket()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(path));
        return socket;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable connection in _connections)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }
}
