namespace Contracts.Ipc.Transports.UnixSocket;

/// <summary>Makes a channel of each client that a socket admits.</summary>
internal sealed class UnixSocketListener(UnixSocketAcceptor acceptor, TransportOptions options) : ChannelListener
{
    public override IpcEndpoint Endpoint => acceptor.Endpoint;

    /// <summary>How many clients were turned away because of their user id.</summary>
    public long RefusedClients => acceptor.RefusedClients;

    public override async ValueTask<FrameChannel?> AcceptAsync(CancellationToken cancellationToken) =>
        await acceptor.AcceptAsync(cancellationToken).ConfigureAwait(false) is { } client
            ? new UnixSocketChannel(client.Socket, client.Peer, options.MaximumFrameLength)
            : null;

    public override ValueTask DisposeAsync()
    {
        acceptor.Dispose();
        return ValueTask.CompletedTask;
    }
}
