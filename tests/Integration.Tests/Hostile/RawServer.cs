using System.Net.Sockets;
using Contracts.Ipc.Integration.Tests.Harness;
using Contracts.Ipc.Transports;

namespace Contracts.Ipc.Integration.Tests.Hostile;

/// <summary>A listening socket that answers what the test says.</summary>
internal sealed class RawServer : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly string _path;

    internal RawServer()
    {
        Endpoint = TestTransports.NewEndpoint("unix");
        _path = SocketPath.Of(Endpoint.Address);
        _socket.Bind(new UnixDomainSocketEndPoint(_path));
        _socket.Listen();
    }

    internal IpcEndpoint Endpoint { get; }

    internal RawPeer Accept() => new(_socket.Accept());

    public void Dispose()
    {
        _socket.Dispose();
        File.Delete(_path);
    }
}
