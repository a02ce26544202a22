using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.UnixSocket;

namespace Contracts.Ipc.Transports.SharedMemory;

/// <summary>Two rings in shared memory per connection, handed over through a Unix socket: <c>shm:name</c>. Linux only, and one user only.</summary>
/// <remarks>
/// The socket stays open beside the rings: through it a side that sleeps is woken, and the kernel tells of the other side's end.
/// </remarks>
internal sealed class SharedMemoryTransport : Transport
{
    private const string Suffix = ".shm";

    public override string Scheme => "shm";

    public override string? Objection(string address) => SocketPath.Objection(address);

    public override ValueTask<ChannelListener> ListenAsync(IpcEndpoint endpoint, TransportOptions options, CancellationToken cancellationToken)
    {
        Check(endpoint, options);
        return new ValueTask<ChannelListener>(
            new SharedMemoryListener(UnixSocketPath.Listen(endpoint, SocketPath.Of(endpoint.Address, Suffix), options), options));
    }

    public override async ValueTask<FrameChannel> ConnectAsync(IpcEndpoint endpoint, TransportOptions options, CancellationToken cancellationToken)
    {
        Check(endpoint, options);
        AcceptedSocket server = await UnixSocketPath.ConnectAsync(endpoint, SocketPath.Of(endpoint.Address, Suffix), options, cancellationToken)
            .ConfigureAwait(false);
        SafeDescriptor? socket = server.Socket;
        RingSegment? segment = null;
        try
        {
            segment = await AskForSegmentAsync(endpoint, socket, options, cancellationToken).ConfigureAwait(false);
            SharedMemoryChannel channel = new(socket, segment, isServer: false, server.Peer, options.MaximumFrameLength);
            socket = null;
            segment = null;
            return channel;
        }
        catch (NativeException error)
        {
            throw TransportError.CannotConnect(endpoint, error.Message + ".", error);
        }
        finally
        {
            segment?.Dispose();
            socket?.Dispose();
        }
    }

    private static async ValueTask<RingSegment> AskForSegmentAsync(
        IpcEndpoint endpoint, SafeDescriptor socket, TransportOptions options, CancellationToken cancellationToken)
    {
        using ControlSocket control = new(socket);
        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(options.HandshakeTimeout);
        try
        {
            if (!ControlSocket.TrySend(socket, RingHandshake.Own(options.RingCapacity), null)
                || await control.ReceiveAsync(timeout.Token).ConfigureAwait(false) is not var (answer, file))
            {
                throw RingError.Gone(endpoint);
            }

            using (file)
            {
                return answer.Objection(endpoint) is { } objection ? throw objection
                    : file is null ? throw RingError.BadSegment("there was none")
                    : RingSegment.Attach(file, (int)answer.Capacity);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw RingError.Silent(endpoint, options.HandshakeTimeout);
        }
    }

    private static void Check(IpcEndpoint endpoint, TransportOptions options)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw RingError.NotHere(endpoint);
        }

        if (!options.SameUserOnly)
        {
            throw RingError.OtherUsers(endpoint);
        }
    }
}
