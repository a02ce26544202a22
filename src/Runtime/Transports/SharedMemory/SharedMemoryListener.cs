using System.Threading.Channels;
using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.UnixSocket;

namespace Contracts.Ipc.Transports.SharedMemory;

/// <summary>Hands a segment to each client that asks for one. Clients are served side by side: one that says nothing holds up nobody.</summary>
internal sealed class SharedMemoryListener : ChannelListener
{
    /// <summary>Clients that have not sent their part yet, and channels that nobody has claimed. More than these wait in the backlog.</summary>
    private const int MaximumUnclaimed = 1024;

    private readonly UnixSocketAcceptor _acceptor;
    private readonly TransportOptions _options;
    private readonly CancellationTokenSource _disposed = new();
    private readonly Channel<FrameChannel> _ready = Channel.CreateUnbounded<FrameChannel>();
    private readonly SemaphoreSlim _room = new(MaximumUnclaimed);
    private readonly Task _accepting;

    public SharedMemoryListener(UnixSocketAcceptor acceptor, TransportOptions options)
    {
        _acceptor = acceptor;
        _options = options;
        _accepting = Task.Run(AcceptAllAsync);
    }

    public override IpcEndpoint Endpoint => _acceptor.Endpoint;

    public override async ValueTask<FrameChannel?> AcceptAsync(CancellationToken cancellationToken)
    {
        try
        {
            FrameChannel channel = await _ready.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            _ = _room.Release();
            return channel;
        }
        catch (ChannelClosedException)
        {
            return null;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync().ConfigureAwait(false);
        _acceptor.Dispose();
        await _accepting.ConfigureAwait(false);
        _ = _ready.Writer.TryComplete();
        while (_ready.Reader.TryRead(out FrameChannel? unclaimed))
        {
            unclaimed.Close(TransportError.PeerClosed());
        }
    }

    private async Task AcceptAllAsync()
    {
        while (await _acceptor.AcceptAsync(CancellationToken.None).ConfigureAwait(false) is { } client)
        {
            _ = ServeAsync(client);
            try
            {
                await _room.WaitAsync(_disposed.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(AcceptedSocket client)
    {
        if (await TryServeAsync(client).ConfigureAwait(false) is not { } channel)
        {
            _ = _room.Release();
        }
        else if (!_ready.Writer.TryWrite(channel))
        {
            channel.Close(TransportError.PeerClosed());
        }
    }

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
