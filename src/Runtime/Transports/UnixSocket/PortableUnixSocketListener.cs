using System.Globalization;
using System.Net.Sockets;
using Contracts.Ipc.Transports.Streams;

namespace Contracts.Ipc.Transports.UnixSocket;

/// <summary>A listening <see cref="Socket"/> with the manners of <see cref="UnixSocketListener"/>.</summary>
internal sealed class PortableUnixSocketListener(
    IpcEndpoint endpoint, TransportOptions options, Socket socket, string path, FileStream claim) : ChannelListener
{
    private AcceptBackoff _backoff;
    private bool _isDisposed;

    public override IpcEndpoint Endpoint => endpoint;

    public override async ValueTask<FrameChannel?> AcceptAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                Socket accepted = await socket.AcceptAsync(cancellationToken).ConfigureAwait(false);
                _backoff.Reset();
                PeerIdentity peer = SocketIdentity.Of(accepted);
                if (!options.SameUserOnly || SocketIdentity.IsSameUser(peer))
                {
                    return new StreamFrameChannel(new NetworkStream(accepted, ownsSocket: true), peer, options.MaximumFrameLength);
                }

                accepted.Dispose();
                TransportLog.ClientRefused(
                    options.Logger, endpoint, Convert.ToString(peer.UserId, CultureInfo.InvariantCulture) ?? "unknown", peer.ProcessId, Environment.UserName);
            }
            catch (Exception) when (Volatile.Read(ref _isDisposed))
            {
                return null;
            }
            catch (SocketException error)
            {
                int pause = _backoff.Next();
                TransportLog.AcceptPaused(options.Logger, endpoint, error.Message, pause);
                await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        // Under the lock nobody else can have made the path anew. Where .NET itself removes it, this finds nothing.
        socket.Dispose();
        File.Delete(path);
        await claim.DisposeAsync().ConfigureAwait(false);
    }
}
