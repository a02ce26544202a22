namespace Contracts.Ipc.Transports;

/// <summary>One kernel mechanism: how its endpoints are listened on and connected to.</summary>
internal abstract class Transport
{
    /// <summary>The scheme of its endpoints, without the colon.</summary>
    public abstract string Scheme { get; }

    /// <summary>Whether other processes can connect to an endpoint that they know by its name; such endpoints are recorded, for lists of them.</summary>
    public virtual bool IsReachableByName => true;

    /// <summary>Whether all that can be sent is which method is called: see <see cref="Signals.SignalTransport"/>.</summary>
    public virtual bool CarriesOnlySignals => false;

    /// <summary>Why an address cannot be one of this transport's, as the end of a sentence; null if it can. A plain name, unless a transport says more.</summary>
    public virtual string? Objection(string address) => EndpointName.Objection(address);

    /// <summary>Makes the endpoint reachable. Returns once clients can connect.</summary>
    /// <exception cref="IpcEndpointException">The endpoint is in use or cannot be made.</exception>
    public abstract ValueTask<ChannelListener> ListenAsync(IpcEndpoint endpoint, TransportOptions options, CancellationToken cancellationToken);

    /// <summary>Connects to a listening endpoint.</summary>
    /// <exception cref="IpcConnectionException">Nobody listens there.</exception>
    public abstract ValueTask<FrameChannel> ConnectAsync(IpcEndpoint endpoint, TransportOptions options, CancellationToken cancellationToken);
}

/// <summary>A reachable endpoint.</summary>
internal abstract class ChannelListener : IAsyncDisposable
{
    /// <summary>The endpoint as clients name it.</summary>
    public abstract IpcEndpoint Endpoint { get; }

    /// <summary>Completes when clients can connect, where that takes a word of the server above; with an exception if they never can.</summary>
    public virtual Task Reachable => Task.CompletedTask;

    /// <summary>
    /// The next client that passed the transport's own checks (user id). A refused client is closed and counted, never returned.
    /// Errors of one client, and lack of descriptors (EMFILE), never end the loop: it pauses and goes on.
    /// </summary>
    /// <returns>The channel, or null after disposal, and when nobody can come any more.</returns>
    public abstract ValueTask<FrameChannel?> AcceptAsync(CancellationToken cancellationToken);

    /// <summary>Stops listening and removes what was made in the file system, if it is still ours. Accepted channels live on.</summary>
    public abstract ValueTask DisposeAsync();
}

/// <summary>What a transport needs to know of the options of a server or connection.</summary>
internal sealed record TransportOptions
{
    /// <summary>Whether a peer with another user id is refused. The default.</summary>
    public bool SameUserOnly { get; init; } = true;

    /// <summary>Largest frame that is accepted from the peer, header included; a larger length prefix closes the channel.</summary>
    public int MaximumFrameLength { get; init; } = 64 * 1024;

    /// <summary>Connections waiting to be accepted.</summary>
    public int Backlog { get; init; } = 512;

    /// <summary>Bytes of each direction's ring, where there are rings: a power of two.</summary>
    public int RingCapacity { get; init; } = 256 * 1024;

    /// <summary>How many of the longest messages the queue of this side holds, where there are queues; null for as many as suit the system's limits.</summary>
    public int? QueueCapacity { get; init; }

    /// <summary>How long the peer may take for a transport's own handshake.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The methods that a server offers, where <see cref="Transport.CarriesOnlySignals"/>.</summary>
    public IReadOnlyList<Signals.SignalMethod> SignalMethods { get; init; } = [];

    /// <summary>For the transport's own log lines.</summary>
    public Microsoft.Extensions.Logging.ILogger Logger { get; init; } = Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;
}
