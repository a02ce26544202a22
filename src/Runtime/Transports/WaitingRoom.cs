using System.Threading.Channels;

namespace Contracts.Ipc.Transports;

/// <summary>
/// The clients between knocking and being accepted, for listeners with a handshake of their own: served side by side, so that one that says nothing holds up nobody.
/// </summary>
internal sealed class WaitingRoom : IDisposable
{
    /// <summary>Clients in their handshake, and channels that nobody has claimed. More than these wait outside.</summary>
    private const int Places = 1024;

    private readonly Channel<FrameChannel> _ready = Channel.CreateUnbounded<FrameChannel>();
    private readonly SemaphoreSlim _places = new(Places);

    /// <summary>Waits for a place, which the next client is going to take.</summary>
    public Task EnterAsync(CancellationToken cancellationToken) => _places.WaitAsync(cancellationToken);

    /// <summary>A client's handshake is over.</summary>
    /// <param name="channel">Null if it failed: the place is free again.</param>
    public void OnServed(FrameChannel? channel)
    {
        if (channel is null)
        {
            _ = _places.Release();
        }
        else if (!_ready.Writer.TryWrite(channel))
        {
            channel.Close(TransportError.PeerClosed());
        }
    }

    /// <summary>The next client; null once the room is closed.</summary>
    public async ValueTask<FrameChannel?> AcceptAsync(CancellationToken cancellationToken)
    {
        try
        {
            FrameChannel channel = await _ready.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            _ = _places.Release();
            return channel;
        }
        catch (ChannelClosedException)
        {
            return null;
        }
    }

    /// <summary>Sends everybody home.</summary>
    public void Dispose()
    {
        _ = _ready.Writer.TryComplete();
        while (_ready.Reader.TryRead(out FrameChannel? unclaimed))
        {
            unclaimed.Close(TransportError.PeerClosed());
        }
    }
}
