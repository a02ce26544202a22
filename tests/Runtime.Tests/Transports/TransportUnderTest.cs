using Contracts.Ipc.Transports;
using Contracts.Ipc.Transports.Device;
using Contracts.Ipc.Transports.Fifo;
using Contracts.Ipc.Transports.InProcess;
using Contracts.Ipc.Transports.NamedPipe;
using Contracts.Ipc.Transports.PosixQueue;
using Contracts.Ipc.Transports.SharedMemory;
using Contracts.Ipc.Transports.SystemVQueue;
using Contracts.Ipc.Transports.UnixSocket;

namespace Contracts.Ipc.Runtime.Tests.Transports;

/// <summary>Every transport that the behaviour suite runs over. A new one joins by one line.</summary>
public sealed class TransportUnderTest : IDisposable
{
    private static readonly Dictionary<string, (Transport Transport, Func<string> Endpoint)> Known = new()
    {
        ["unix"] = (new UnixSocketTransport(), () => $"unix:{TestDirectory.NewPath()}"),
        ["unix by System.Net.Sockets"] = (new PortableUnixSocketTransport(), () => $"unix:{TestDirectory.NewPath()}"),
        ["shm"] = (new SharedMemoryTransport(), () => $"shm:{TestDirectory.NewPath()}"),
        ["fifo"] = (new FifoTransport(), () => $"fifo:{TestDirectory.NewPath()}"),
        ["pipe"] = (new NamedPipeTransport(), () => $"pipe:test-{Guid.NewGuid():N}"),
        ["mq"] = (new PosixQueueTransport(), () => $"mq:test-{Guid.NewGuid():N}"),
        ["sysv"] = (new SystemVQueueTransport(), () => $"sysv:test-{Guid.NewGuid():N}"),
        ["inproc"] = (new InProcessTransport(), () => $"inproc:test-{Guid.NewGuid():N}"),
    };

    /// <summary>Those that carry messages: a frame arrives whole or not at all, and the peer's end is a message as well.</summary>
    private static readonly string[] Messages = ["mq", "sysv"];

    private readonly PtyLine? _line;

    private TransportUnderTest(Transport transport, IpcEndpoint server, IpcEndpoint client, PtyLine? line = null)
    {
        Transport = transport;
        Endpoint = server;
        Client = client;
        _line = line;
    }

    /// <summary>All that carry frames.</summary>
    public static TheoryData<string> All => [.. Known.Keys, "device"];

    /// <summary>Those whose servers are found by a name, by any number of clients who are known.</summary>
    public static TheoryData<string> Named => [.. Known.Keys];

    /// <summary>Those that carry bytes, of which any number may come at a time.</summary>
    public static TheoryData<string> Streams => [.. Known.Keys.Except(Messages), "device"];

    /// <summary>Those that carry bytes, and are found by a name.</summary>
    public static TheoryData<string> NamedStreams => [.. Known.Keys.Except(Messages)];

    /// <summary>Whether a transport carries bytes, of which any number may come at a time.</summary>
    internal static bool IsStream(string key) => !Messages.Contains(key);

    internal Transport Transport { get; }

    /// <summary>Where servers listen.</summary>
    internal IpcEndpoint Endpoint { get; }

    /// <summary>Where clients find them. The same, except at the other end of a line.</summary>
    internal IpcEndpoint Client { get; }

    /// <summary>The transport with an endpoint that nobody else uses.</summary>
    internal static TransportUnderTest Create(string key)
    {
        if (key == "device")
        {
            PtyLine line = new(TestDirectory.NewPath(""), TimeSpan.FromSeconds(2));
            return new TransportUnderTest(new DeviceTransport(), $"device:{line.A}", $"device:{line.B}", line);
        }

        (Transport transport, Func<string> endpoint) = Known[key];
        IpcEndpoint name = endpoint();
        return new TransportUnderTest(transport, name, name);
    }

    public void Dispose() => _line?.Dispose();
}
