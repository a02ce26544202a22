using System.Globalization;
using System.Net.Sockets;
using Contracts.Ipc.Transports.Streams;

namespace Contracts.Ipc.Transports.UnixSocket;

/// <summary>The same endpoints by System.Net.Sockets, for systems other than Linux.</summary>
internal sealed class PortableUnixSocketTransport : Transport
{
    public override string Scheme => "unix";

    public override string? Objection(string address) => SocketPath.Objection(address);

    public override ValueTask<ChannelListener> ListenAsync(IpcEndpoint endpoint, TransportOptions options, CancellationToken cancellationToken)
    {
        string path = SocketPath.Of(endpoint.Address);
        FileStream? claim = null;
        Socket? socket = null;
        try
        {
            // Held as long as the server listens. The file stays: without the identity of files nobody could tell a lock on a
            // removed one.
            claim = new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            RemoveStale(endpoint, path);

            socket = NewSocket();
            socket.Bind(new UnixDomainSocketEndPoint(path));
            if (!OperatingSystem.IsWindows())
            {
                // Until listen, connecting is refused anyway.
                File.SetUnixFileMode(path, ModeFor(options));
            }

            socket.Listen(options.Backlog);
            PortableUnixSocketListener listener = new(endpoint, options, socket, path, claim);
            socket = null;
            claim = null;
            return new ValueTask<ChannelListener>(listener);
        }
        catch (SocketException error)
        {
            throw TransportError.CannotListen(endpoint, error.Message + ".", error);
        }
        catch (IOException error) when (claim is null)
        {
            throw TransportError.CannotListen(
                endpoint, $"the lock file '{path}.lock' cannot be taken ({error.Message}). Another server is using the endpoint, or the directory does not exist.", error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw TransportError.CannotListen(endpoint, error.Message, error);
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
        Socket? socket = null;
        try
        {
            socket = await ConnectAsync(path, cancellationToken).ConfigureAwait(false);
            PeerIdentity server = SocketIdentity.Of(socket);
            if (options.SameUserOnly && !SocketIdentity.IsSameUser(server))
            {
                throw TransportError.ServerOfOtherUser(
                    endpoint, Convert.ToString(server.UserId, CultureInfo.InvariantCulture) ?? "unknown", Environment.UserName);
            }

            StreamFrameChannel channel = new(new NetworkStream(socket, ownsSocket: true), server, options.MaximumFrameLength);
            socket = null;
            return channel;
        }
        catch (SocketException error)
        {
            throw error.SocketErrorCode switch
            {
                SocketError.ConnectionRefused or SocketError.AddressNotAvailable or SocketError.HostNotFound =>
                    TransportError.NobodyListens(endpoint, error),
                SocketError.AccessDenied => TransportError.MayNotConnect(endpoint, error),
                _ => TransportError.CannotConnect(endpoint, error.Message + ".", error),
            };
        }
        finally
        {
            socket?.Dispose();
        }
    }

    private static async ValueTask<Socket> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        for (int pause = 1; ; pause = Math.Min(2 * pause, 50))
        {
            Socket socket = NewSocket();
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken).ConfigureAwait(false);
                return socket;
            }
            catch (SocketException error) when (error.SocketErrorCode == SocketError.WouldBlock)
            {
                // The server lives, but its backlog is full. No event tells when there is room.
                socket.Dispose();
                await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }

    private static Socket NewSocket() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    private static UnixFileMode ModeFor(TransportOptions options) => options.SameUserOnly
        ? UnixFileMode.UserRead | UnixFileMode.UserWrite
        : UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private static void RemoveStale(IpcEndpoint endpoint, string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        using Socket probe = NewSocket();
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionRefused && new FileInfo(path).Length == 0)
        {
            File.Delete(path);
            return;
        }

        throw TransportError.InUse(endpoint, SocketIdentity.Of(probe).ProcessId);
    }
}
