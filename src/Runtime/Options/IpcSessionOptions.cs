using Contracts.Ipc.Diagnostics;
using Contracts.Ipc.Protocol;
using Contracts.Ipc.Rpc;
using Contracts.Ipc.Transports;
using Contracts.Ipc.Transports.SharedMemory;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Contracts.Ipc;

/// <summary>What servers and clients have in common. Copied when a listener starts or a connection is made.</summary>
public abstract class IpcSessionOptions
{
    private int? _queueCapacity;
    private TimeSpan _fullTimeout = Timeout.InfiniteTimeSpan;
    private int _ringCapacity = new TransportOptions().RingCapacity;

    private protected IpcSessionOptions()
    {
    }

    /// <summary>Deadline of calls for which neither the method nor the proxy names one. Default 30 s; <see cref="Timeout.InfiniteTimeSpan"/> for none.</summary>
    public TimeSpan DefaultTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the peer may take for its part of the handshake. Default 5 s.</summary>
    public TimeSpan HandshakeTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long queued bytes may stay wholly unread by the peer, or an unfinished frame may stay unfinished, before the connection
    /// is closed. Default 30 s.
    /// </summary>
    public TimeSpan StallTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Bounds on what the peer can make this process hold.</summary>
    public IpcLimits Limits { get; set; } = new();

    /// <summary>Whether a peer with another user id is refused. Default true.</summary>
    public bool SameUserOnly { get; set; } = true;

    /// <summary>
    /// Whether faults carry the type, message and stack of exceptions that the contract does not declare. Off by default: well-known
    /// exceptions (argument, invalid operation, not supported, key not found, unauthorized) keep type and message, others neither.
    /// </summary>
    public bool IncludeExceptionDetails { get; set; }

    /// <summary>Where handlers run. Default <see cref="IpcDispatch.Inline"/>.</summary>
    public IpcDispatch Dispatch { get; set; }

    /// <summary>
    /// How long a thread that waits for the peer may poll before it sleeps: microseconds of processor time against the tens of
    /// microseconds that a wake-up costs. Adapts downwards by itself; <see cref="TimeSpan.Zero"/> always sleeps. Default 100 µs.
    /// </summary>
    public TimeSpan PollingBudget { get; set; } = TimeSpan.FromMicroseconds(100);

    /// <summary>
    /// Whether continuations of awaited calls always run on the thread pool instead of on the receiving thread. Costs a thread switch
    /// per call. Default false.
    /// </summary>
    public bool RunContinuationsAsynchronously { get; set; }

    /// <summary>
    /// Over <c>shm:</c>, bytes of the ring in each direction: a power of two from 128 KiB to 8 MiB. Each side says what it is willing to spend, and the
    /// smaller counts; the server's memory is used. Larger rings help only where many messages, or large ones, are under way. Default 256 KiB.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a power of two, or out of bounds.</exception>
    public int RingCapacity
    {
        get => _ringCapacity;
        set => _ringCapacity = RingLayout.IsCapacity(value)
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), value, $"A ring's capacity is a power of two from {RingLayout.MinimumCapacity} to {RingLayout.MaximumCapacity}.");
    }

    /// <summary>
    /// How long a call waits when the transport is full: the kernel's queue, socket or pipe, or the ring. It then fails with
    /// <see cref="IpcResourceExhaustedException"/>, and nothing of it was sent. <see cref="TimeSpan.Zero"/> fails at once; a shorter call may still find room where a longer one did not. By default,
    /// <see cref="Timeout.InfiniteTimeSpan"/>, what does not fit is queued in this process, up to <see cref="IpcLimits.MaximumQueuedBytes"/>, and callers beyond that
    /// wait until their deadline. Answers are never refused.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    public TimeSpan FullTimeout
    {
        get => _fullTimeout;
        set => _fullTimeout = value >= TimeSpan.Zero || value == Timeout.InfiniteTimeSpan
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Zero, a time to wait, or Timeout.InfiniteTimeSpan.");
    }

    /// <summary>
    /// Over <c>mq:</c>, how many messages the queue holds that this side receives from: a server's the requests of all its clients, a client's the answers to it. Null,
    /// the default, fits the queues to the system's limits, so that some seventy clients of one server have room. More costs more of the user's limit
    /// (RLIMIT_MSGQUEUE), and the system allows 10 unless it is told otherwise (/proc/sys/fs/mqueue/msg_max).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive.</exception>
    public int? QueueCapacity
    {
        get => _queueCapacity;
        set => _queueCapacity = value is null or > 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A queue holds one message at least.");
    }

    /// <summary>Where log lines go. Default: nowhere.</summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    internal ServiceCatalog Services { get; } = new();

    internal ILogger CreateLogger() => LoggerFactory?.CreateLogger(IpcDiagnostics.SourceName) ?? NullLogger.Instance;

    internal TransportOptions ForTransport(ILogger logger) => new()
    {
        SameUserOnly = SameUserOnly,
        RingCapacity = RingCapacity,
        QueueCapacity = QueueCapacity,
        HandshakeTimeout = HandshakeTimeout,
        Logger = logger,
    };

    /// <summary>What this side says of itself in the handshake.</summary>
    internal Greeting Greet(string? name, ulong instanceId, ServiceTable services) => new()
    {
        Name = name ?? Environment.ProcessPath ?? "unknown",
        MaximumFrameLength = new TransportOptions().MaximumFrameLength,
        MaximumMessageLength = Limits.MaximumMessageLength,
        InstanceId = instanceId,
        Services = services.Offered,
    };
}
