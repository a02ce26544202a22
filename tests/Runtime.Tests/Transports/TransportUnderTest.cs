using Contracts.Ipc.Transports;
using Contracts.Ipc.Transports.Fifo;
using Contracts.Ipc.Transports.InProcess;
using Contracts.Ipc.Transports.NamedPipe;
using Contracts.Ipc.Transports.SharedMemory;
using Contracts.Ipc.Transports.UnixSocket;

namespace Contracts.Ipc.Runtime.Tests.Transports;

/// <summary>Every transport that the behaviour suite runs over. A new one joins by one line.</summary>
public sealed class TransportUnderTest
{
    private static readonly Dictionary<string, (Transport Transport, Func<string> Endpoint)> Known = new()
    {
        ["unix"] = (new UnixSocketTransport(), () => $"unix:{TestDirectory.NewPath()}"),
        ["unix by System.Net.Sockets"] = (new PortableUnixSocketTransport(), () => $"unix:{TestDirectory.NewPath()}"),
        ["shm"] = (new SharedMemoryTransport(), () => $"shm:{TestDirectory.NewPath()}"),
        ["fifo"] = (new FifoTransport(), () => $"fifo:{TestDirectory.NewPath()}"),
        ["pipe"] = (new NamedPipeTransport(), () => $"pipe:test-{Guid.NewGuid():N}"),
        ["inproc"] = (new InProcessTransport(), () => $"inproc:test-{Guid.NewGuid():N}"),
    };

    public static TheoryData<string> All => [.. Known.Keys];

    private TransportUnderTest(Transport transport, IpcEndpoint endpoint)
    {
        Transport = transport;
        Endpoint = endpoint;
    }

    internal Transport Transport { get; }

    internal IpcEndpoint Endpoint { get; }

    /// <summary>The transport with an endpoint that nobody else uses.</summary>
    internal static TransportUnderTest Create(string key)
    {
        (Transport transport, Func<string> endpoint) = Known[key];
        return new TransportUnderTest(transport, endpoint());
    }
}
