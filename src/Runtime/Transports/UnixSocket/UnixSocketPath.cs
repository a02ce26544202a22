using System.Globalization;
using Contracts.Ipc.Native;

namespace Contracts.Ipc.Transports.UnixSocket;

/// <summary>Making and finding the socket at a path, with every check on whose it is. Linux only.</summary>
internal static class UnixSocketPath
{
    private const int OwnerReadWrite = 0x180; // 0600

    private const UnixFileMode EverybodyReadWrite =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Makes the path and listens there.</summary>
    /// <exception cref="IpcEndpointException">The path is in use or cannot be made.</exception>
    public static UnixSocketAcceptor Listen(IpcEndpoint endpoint, string path, TransportOptions options)
    {
        PathClaim? claim = PathClaim.Take(endpoint, path);
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

            UnixSocketAcceptor acceptor = new(endpoint, options, socket, claim);
            socket = null;
            claim = null;
            return acceptor;
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

    /// <summary>Connects to the server at a path and checks whose it is.</summary>
    /// <exception cref="IpcConnectionException">Nobody listens there.</exception>
    public static async ValueTask<AcceptedSocket> ConnectAsync(IpcEndpoint endpoint, string path, TransportOptions options, CancellationToken cancellationToken)
    {
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

            AcceptedSocket connected = new(socket, server);
            socket = null;
            return connected;
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
