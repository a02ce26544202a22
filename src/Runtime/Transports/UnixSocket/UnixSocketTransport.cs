namespace Contracts.Ipc.Transports.UnixSocket;

/// <summary>AF_UNIX stream sockets by our own system calls: <c>unix:/run/x.sock</c> or <c>unix:name</c>. Linux only.</summary>
internal sealed class UnixSocketTransport : Transport
{
    public override string Scheme => "unix";

    /// <summary>This transport on Linux; elsewhere the one over System.Net.Sockets.</summary>
    public static Transport ForThisSystem() => OperatingSystem.IsLinux() ? new UnixSocketTransport() : new PortableUnixSocketTransport();

    public override string? Objection(string address) => SocketPath.Objection(address);

    public override ValueTask<ChannelListener> ListenAsync(IpcEndpoint endpoint, TransportOptions options, CancellationToken cancellationToken) =>
        new(new UnixSocketListener(UnixSocketPath.Listen(endpoint, SocketPath.Of(endpoint.Address), options), options));

    public override async ValueTask<FrameChannel> ConnectAsync(IpcEndpoint endpoint, TransportOptions options, CancellationToken cancellationToken)
    {
        AcceptedSocket server = await UnixSocketPath.ConnectAsync(endpoint, SocketPath.Of(endpoint.Address), options, cancellationToken).ConfigureAwait(false);
        return new UnixSocketChannel(server.Socket, server.Peer, options.MaximumFrameLength);
    }
}
