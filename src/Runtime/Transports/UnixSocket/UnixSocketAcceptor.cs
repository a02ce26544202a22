using System.Globalization;
using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.Polling;

namespace Contracts.Ipc.Transports.UnixSocket;

/// <summary>A listening AF_UNIX socket. Clients are admitted by the credentials that the kernel gives, before a byte of theirs is read.</summary>
internal sealed class UnixSocketAcceptor : IReadinessHandler, IDisposable
{
    private readonly TransportOptions _options;
    private readonly SafeDescriptor _socket;
    private readonly PathClaim _claim;
    private readonly ReactorRegistration _registration;
    private readonly CancellationTokenSource _disposed = new();
    private readonly SemaphoreSlim _ready = new(0, 1);
    private AcceptBackoff _backoff;
    private long _refused;
    private bool _isDisposed;

    public UnixSocketAcceptor(IpcEndpoint endpoint, TransportOptions options, SafeDescriptor socket, PathClaim claim)
    {
        Endpoint = endpoint;
        _options = options;
        _socket = socket;
        _claim = claim;
        _registration = Reactor.Shared.Register(socket.Number, this);
    }

    public IpcEndpoint Endpoint { get; }

    /// <summary>How many clients were turned away because of their user id.</summary>
    public long RefusedClients => Interlocked.Read(ref _refused);

    /// <summary>The next client that passed the checks, or null after disposal. Errors of one client, and lack of descriptors, never end the loop.</summary>
    public async ValueTask<AcceptedSocket?> AcceptAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);
        try
        {
            while (true)
            {
                either.Token.ThrowIfCancellationRequested();
                if (Sockets.TryAccept(_socket, out int error) is { } accepted)
                {
                    _backoff.Reset();
                    if (Admit(accepted) is { } client)
                    {
                        return client;
                    }
                }
                else if (error == Errno.EAGAIN)
                {
                    _registration.ArmReadable();
                    await _ready.WaitAsync(either.Token).ConfigureAwait(false);
                }
                else if (error is Errno.EINTR or Errno.ECONNABORTED)
                {
                    TransportLog.ClientLostEarly(_options.Logger, Endpoint, error);
                }
                else
                {
                    // EMFILE, ENFILE, ENOMEM …: the client stays in the backlog, which stays readable.
                    int pause = _backoff.Next();
                    TransportLog.AcceptPaused(_options.Logger, Endpoint, NativeError.Describe(error), pause);
                    await Task.Delay(pause, either.Token).ConfigureAwait(false);
                }
            }
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }

    /// <summary>Stops listening and removes the path, if it is still ours.</summary>
    public void Dispose()
    {
        if (!Interlocked.Exchange(ref _isDisposed, true))
        {
            _disposed.Cancel();
            _registration.Remove();

            // First the name, then the socket: nobody finds a path that refuses.
            _claim.Dispose();
            _socket.Dispose();
        }
    }

    void IReadinessHandler.OnReady(Readiness readiness)
    {
        // An event may come while nobody waits for it; one that is remembered is enough. Only the reactor's thread releases.
        if (_ready.CurrentCount == 0)
        {
            _ = _ready.Release();
        }
    }

    private AcceptedSocket? Admit(SafeDescriptor accepted)
    {
        PeerIdentity peer;
        try
        {
            peer = Sockets.PeerOf(accepted);
        }
        catch (NativeException error)
        {
            TransportLog.ClientLostEarly(_options.Logger, Endpoint, error.Errno);
            accepted.Dispose();
            return null;
        }

        if (_options.SameUserOnly && peer.UserId != Files.EffectiveUserId)
        {
            _ = Interlocked.Increment(ref _refused);
            accepted.Dispose();
            TransportLog.ClientRefused(
                _options.Logger,
                Endpoint,
                Convert.ToString(peer.UserId, CultureInfo.InvariantCulture) ?? "unknown",
                peer.ProcessId,
                Files.EffectiveUserId.ToString(CultureInfo.InvariantCulture));
            return null;
        }

        return new AcceptedSocket(accepted, peer);
    }
}

/// <summary>A connected socket and who is on its other side.</summary>
internal readonly record struct AcceptedSocket(SafeDescriptor Socket, PeerIdentity Peer);
