using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.UnixSocket;

namespace Contracts.Ipc.Transports.SharedMemory;

/// <summary>Hands a segment to each client that asks for one. Clients are served side by side: one that says nothing holds up nobody.</summary>
internal sealed class SharedMemoryListener : ChannelListener
{
    private readonly UnixSocketAcceptor _acceptor;
    private readonly TransportOptions _options;
    private readonly CancellationTokenSource _disposed = new();
    private readonly WaitingRoom _waiting = new();
    private readonly Task _accepting;

    public SharedMemoryListener(UnixSocketAcceptor acceptor, TransportOptions options)
    {
        _acceptor = acceptor;
        _options = options;
        _accepting = Task.Run(AcceptAllAsync);
    }

    public override IpcEndpoint Endpoint => _acceptor.Endpoint;

    public override ValueTask<FrameChannel?> AcceptAsync(CancellationToken cancellationToken) => _waiting.AcceptAsync(cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync().ConfigureAwait(false);
        _acceptor.Dispose();
        await _accepting.ConfigureAwait(false);
        _waiting.Dispose();
    }

    private async Task AcceptAllAsync()
    {
        while (await _acceptor.AcceptAsync(CancellationToken.None).ConfigureAwait(false) is { } client)
        {
            _ = ServeAsync(client);
            try
            {
                await _waiting.EnterAsync(_disposed.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(AcceptedSocket client) => _waiting.OnServed(await TryServeAsync(client).ConfigureAwait(false));

    private async ValueTask<SharedMemoryChannel?> TryServeAsync(AcceptedSocket client)
    {
        SafeDescriptor? socket = client.Socket;
        SafeDescriptor? file = null;
        RingSegment? segment = null;
        try
        {
            if (await HearAsync(socket).ConfigureAwait(false) is not { } wish)
            {
                return null;
            }

            HandshakeStatus status = wish.Judge();

            // Each side says what it is willing to spend; the smaller counts.
            int capacity = Math.Min((int)Math.Min(wish.Capacity, RingLayout.MaximumCapacity), _options.RingCapacity);
            if (status == HandshakeStatus.Granted)
            {
                (status, segment, file) = TryMake(capacity);
            }

            if (!ControlSocket.TrySend(socket, RingHandshake.Own(capacity, status), file) || segment is null)
            {
                TransportLog.HandshakeFailed(_options.Logger, Endpoint, client.Peer.ProcessId, status);
                return null;
            }

            SharedMemoryChannel channel = new(socket, segment, isServer: true, client.Peer, _options.MaximumFrameLength);
            socket = null;
            segment = null;
            return channel;
        }
        catch (Exception error) when (error is NativeException or OperationCanceledException)
        {
            TransportLog.HandshakeLost(_options.Logger, Endpoint, client.Peer.ProcessId, error.Message);
            return null;
        }
        finally
        {
            file?.Dispose();
            segment?.Dispose();
            socket?.Dispose();
        }
    }

    private async ValueTask<RingHandshake?> HearAsync(SafeDescriptor socket)
    {
        using ControlSocket control = new(socket);
        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(_disposed.Token);
        timeout.CancelAfter(_options.HandshakeTimeout);
        if (await control.ReceiveAsync(timeout.Token).ConfigureAwait(false) is not var (wish, unasked))
        {
            return null;
        }

        unasked?.Dispose();
        return wish;
    }

    private (HandshakeStatus Status, RingSegment? Segment, SafeDescriptor? File) TryMake(int capacity)
    {
        try
        {
            RingSegment segment = RingSegment.Create(capacity, out SafeDescriptor file);
            return (HandshakeStatus.Granted, segment, file);
        }
        catch (NativeException error)
        {
            // This client is told; the others, and those that are connected, go on.
            TransportLog.NoSegment(_options.Logger, Endpoint, RingLayout.SegmentLength(capacity), error.Message);
            return (HandshakeStatus.NoMemory, null, null);
        }
    }
}
