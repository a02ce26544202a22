using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Contracts.Ipc.Transports.InProcess;

/// <summary>Pairs of memory buffers inside one process: <c>inproc:name</c>. Every byte is framed and parsed as on a socket.</summary>
internal sealed class InProcessTransport : Transport
{
    private static readonly ConcurrentDictionary<string, InProcessListener> Listeners = new(StringComparer.Ordinal);

    public override string Scheme => "inproc";

    public override bool IsReachableByName => false;

    public override ValueTask<ChannelListener> ListenAsync(IpcEndpoint endpoint, TransportOptions options, CancellationToken cancellationToken)
    {
        InProcessListener listener = new(endpoint, options);
        return Listeners.TryAdd(endpoint.Address, listener)
            ? new ValueTask<ChannelListener>(listener)
            : throw TransportError.InUse(endpoint, Environment.ProcessId);
    }

    public override async ValueTask<FrameChannel> ConnectAsync(IpcEndpoint endpoint, TransportOptions options, CancellationToken cancellationToken)
    {
        if (!Listeners.TryGetValue(endpoint.Address, out InProcessListener? listener))
        {
            throw TransportError.NobodyListens(endpoint);
        }

        (InProcessChannel client, InProcessChannel server) = InProcessChannel.CreatePair(options.MaximumFrameLength, listener.MaximumFrameLength);
        try
        {
            await listener.Backlog.Writer.WriteAsync(server, cancellationToken).ConfigureAwait(false);
            return client;
        }
        catch (ChannelClosedException)
        {
            throw TransportError.NobodyListens(endpoint);
        }
    }

    private sealed class InProcessListener(IpcEndpoint endpoint, TransportOptions options) : ChannelListener
    {
        public override IpcEndpoint Endpoint => endpoint;

        public int MaximumFrameLength => options.MaximumFrameLength;

        public Channel<FrameChannel> Backlog { get; } = Channel.CreateBounded<FrameChannel>(Math.Max(1, options.Backlog));

        public override async ValueTask<FrameChannel?> AcceptAsync(CancellationToken cancellationToken)
        {
            try
            {
                return await Backlog.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (ChannelClosedException)
            {
                return null;
            }
        }

        public override ValueTask DisposeAsync()
        {
            _ = Listeners.TryRemove(KeyValuePair.Create(endpoint.Address, this));
            _ = Backlog.Writer.TryComplete();
            while (Backlog.Reader.TryRead(out FrameChannel? waiting))
            {
                waiting.Close(TransportError.PeerLost("the server stopped before it accepted the connection"));
            }

            return ValueTask.CompletedTask;
        }
    }
}
