using Contracts.Ipc.Transports.Streams;

namespace Contracts.Ipc.Transports.StandardIO;

/// <summary>As the streams that .NET makes of them.</summary>
internal sealed class StreamPipes(Stream reading, Stream writing) : ChildPipes
{
    private DuplexStream? _stream = new(reading, writing);

    // Windows makes pipes whose reads cannot be cancelled: then this one ends with the pipe.
    public override async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken) =>
        await reading.ReadAsync(destination, cancellationToken).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);

    public override FrameChannel Open(PeerIdentity peer, int maximumFrameLength)
    {
        var channel = new StreamFrameChannel(_stream!, peer, maximumFrameLength);
        _stream = null;
        return channel;
    }

    public override void Dispose() => _stream?.Dispose();
}
