using System.Collections.Frozen;
using Contracts.Ipc.Transports.Device;
using Contracts.Ipc.Transports.Fifo;
using Contracts.Ipc.Transports.InProcess;
using Contracts.Ipc.Transports.NamedPipe;
using Contracts.Ipc.Transports.PosixQueue;
using Contracts.Ipc.Transports.SharedMemory;
using Contracts.Ipc.Transports.StandardIO;
using Contracts.Ipc.Transports.SystemVQueue;
using Contracts.Ipc.Transports.Signals;
using Contracts.Ipc.Transports.UnixSocket;

namespace Contracts.Ipc.Transports;

/// <summary>Every transport there is. A new one joins here, by one line, and is then known to endpoints, servers and connections.</summary>
internal static class TransportRegistry
{
    private static readonly FrozenDictionary<string, Transport> ByScheme = new Transport[]
    {
        UnixSocketTransport.ForThisSystem(),
        new SharedMemoryTransport(),
        new NamedPipeTransport(),
        new StandardIOTransport(),
        new PosixQueueTransport(),
        new InProcessTransport(),
        new FifoTransport(),
        new SystemVQueueTransport(),
        new SignalTransport(),
        new DeviceTransport(),
    }.ToFrozenDictionary(transport => transport.Scheme, StringComparer.Ordinal);

    /// <summary>The schemes, for error messages.</summary>
    public static string Schemes { get; } = string.Join(", ", ByScheme.Keys.Order(StringComparer.Ordinal).Select(scheme => scheme + ":"));

    /// <summary>The transport of a scheme, or null.</summary>
    public static Transport? Find(string scheme) => ByScheme.GetValueOrDefault(scheme);

    /// <summary>The transport of an endpoint. An endpoint that was parsed has one.</summary>
    public static Transport Get(IpcEndpoint endpoint) => ByScheme[endpoint.Scheme];
}
