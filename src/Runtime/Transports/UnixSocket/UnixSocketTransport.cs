using System.Globalization;
using Contracts.Ipc.Native;

namespace Contracts.Ipc.Transports.UnixSocket;

/// <summary>AF_UNIX stream sockets by our own system calls: <c>unix:/run/x.sock</c> or <c>unix:name</c>. Linux only.</summary>
internal sealed class UnixSocketTransport : Transport
{
    private const int OwnerReadWrite = 0x180; // 0600

    private const UnixFileMode EverybodyReadWrite =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    public override string Scheme => "unix";

    /// <summary>This transport on Linux; elsewhere the one over System.Net.Sockets.</summary>
    public static Transport ForThisSystem() => OperatingSystem.IsLinux() ? new UnixSocketTransport() : new PortableUnixSocketTransport();

    public override string? Objection(string address) => SocketPath.Objection(address);

    public override ValueTask<ChannelListener> ListenAsync(IpcEndpoint endpoint, TransportOptions options, CancellationToken cancellationToken)
    {
        PathClaim? claim = PathClaim.Take(endpoint, SocketPath.Of(endpoint.Address));
        SafeDescriptor? socket = null;
        try
        {
            socket = Sockets.CreateUnixStream();

            // Before bind, so that the path is born with its mode: there is no moment in which others could connect.
            Files.ChangeMode(socket, OwnerReadWrite);
            Sockets.Bind(socket, claim.Path);
            claim.Made();
            if (!options.SameUserOnly && !OperatingSystem.IsWindows())
            {
                // To write to the socket is to connect. After bind, which would have applied the umask.
                File.SetUnixFileMode(claim.Path, EverybodyReadWrite);
            }

            Sockets.Listen(socket, options.Backlog);

            UnixSocketListener listener = new(endpoint, options, socket, claim);
            socket = null;
            claim = null;
            return new ValueTask<ChannelListener>(listener);
        }
        catch (NativeException error)
        {
            throw TransportError.CannotListen(endpoint, error.Message + ".", error);
        }
        finally
        {
            socket?.Dispose();
            claim?.Dispose();
        }
    }

    public override async ValueTask<FrameChannel> ConnectAsync(IpcEndpoint endpoint, TransportOptions options, CancellationToken cancellationToken)
    {
        string path = SocketPath.Of(endpoint.Address);
        SafeDescriptor? socket = null;
        try
        {
            socket = Sockets.CreateUnixStream();
            await ConnectAsync(socket, endpoint, path, cancellationToken).ConfigureAwait(false);

            PeerIdentity server = Sockets.PeerOf(socket);
            if (options.SameUserOnly && server.UserId != Files.EffectiveUserId)
            {
                throw TransportError.ServerOfOtherUser(
                    endpoint, Convert.ToString(server.UserId, CultureInfo.InvariantCulture) ?? "?", Files.EffectiveUserId.ToString(CultureInfo.InvariantCulture));
            }

            UnixSocketChannel channel = new(socket, server, options.MaximumFrameLength);
            socket = null;
            return channel;
        }
        catch (NativeException error)
        {
            throw TransportError.CannotConnect(endpoint, error.Message + ".", error);
        }
        finally
        {
            socket?.Dispose();
        }
    }

    private static async ValueTask ConnectAsync(SafeDescriptor socket, IpcEndpoint endpoint, string path, CancellationToken cancellationToken)
    {
        for (int pause = 1; ; pause = Math.Min(2 * pause, 50))
        {
            cancellationToken.ThrowIfCancellationRequested();
            int error = Sockets.Connect(socket, path);
            switch (error)
            {
                case 0:
                    return;
                case Errno.EINTR:
                    break;
                case Errno.EAGAIN:
                    // The server lives, but its backlog is full. No event tells when there is room.
                    await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
                    break;
                case Errno.ENOENT or Errno.ECONNREFUSED or Errno.ENOTDIR:
                    throw TransportError.NobodyListens(endpoint, new NativeException("connect", error));
                case Errno.EACCES or Errno.EPERM:
                    throw TransportError.MayNotConnect(endpoint, new NativeException("connect", error));
                default:
                    throw new NativeException($"connect('{path}')", error);
            }
        }
    }
}
