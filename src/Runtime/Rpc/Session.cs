using System.Globalization;
using Contracts.Ipc.CompilerServices;
using Contracts.Ipc.Diagnostics;
using Contracts.Ipc.Introspection;
using Contracts.Ipc.Protocol;
using Contracts.Ipc.Serialization;
using Contracts.Ipc.Transports;
using Contracts.Ipc.Transports.Ownership;
using Contracts.Ipc.Transports.Polling;
using Microsoft.Extensions.Logging;

namespace Contracts.Ipc.Rpc;

/// <summary>
/// One connection, seen from one side: joins the channel below with the calls above, and ends them all when it ends.
/// </summary>
/// <remarks>
/// Each part is a room of its own: <see cref="Receiver"/> who receives, <see cref="Router"/> what a frame is for, <see cref="Outbox"/> what
/// waits to be sent, <see cref="CallTable"/> the calls of this side, <see cref="IncomingCalls"/> and <see cref="Dispatcher"/> those of the
/// peer. The one invariant here: after <see cref="End"/> has run, nothing is outstanding anywhere and nothing can become so.
/// </remarks>
internal sealed class Session : IChannelEvents
{
    /// <summary>How long after a call of the peer the session is kept attended between calls of its own.</summary>
    private const int CalledByPeerMilliseconds = 2000;

    private readonly TaskCompletionSource<IpcCloseReason> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IpcCloseReason? _closeReason;
    private long _lastCalledByPeer;
    private bool _calledByPeer;
    private int _peerMaximumMessageLength = int.MaxValue;
    private uint _oneWayCalls;
    private volatile bool _ready;

    internal Session(FrameChannel channel, IpcEndpoint endpoint, IpcSessionOptions options, ILogger logger)
    {
        Channel = channel;
        EndpointText = endpoint.ToString();
        Limits = options.Limits;
        Log = logger;
        DefaultTimeoutMilliseconds = CallTimeout.ToMilliseconds(options.DefaultTimeout);
        RunsContinuationsInline = !options.RunContinuationsAsynchronously;
        Faults = new FaultWriter(options.IncludeExceptionDetails);
        FullTimeoutMilliseconds = options.FullTimeout == TimeSpan.Zero ? 0 : CallTimeout.ToMilliseconds(options.FullTimeout);
        Outbox = new Outbox(
            channel, options.Limits.MaximumQueuedBytes, options.Limits.MaximumFragmentBytes, RefusesWhenFull, OnSendBlocked, OnRoom, OnSendFailed);
        Deadlines = new Deadlines(this, options.StallTimeout);
        Closing = new Closing(this, options.HandshakeTimeout);
        Lifetimes = new CallLifetimes(Deadlines.Expect);
        Receiver = new Receiver(this, options.PollingBudget);
        Router = new Router(this, options.Limits);
        Dispatcher = new Dispatcher(this, options.Dispatch, options.Limits);
        Opening = new Opening(this);
    }

    internal FrameChannel Channel { get; }

    /// <summary>Counts the connections of a server, from 1.</summary>
    internal ulong Number { get; init; }

    /// <summary>UTC.</summary>
    internal DateTime StartedAt { get; } = DateTime.UtcNow;

    /// <summary>What a server offers without being told to; null on a client.</summary>
    internal BuiltInServices? BuiltIn { get; init; }

    /// <summary>Who remembers calls that end; null where nobody may watch.</summary>
    internal CallMonitor? Monitor { get; init; }

    /// <summary>For traces.</summary>
    internal string EndpointText { get; }

    internal IpcLimits Limits { get; }

    internal ILogger Log { get; }

    internal int DefaultTimeoutMilliseconds { get; }

    internal bool RunsContinuationsInline { get; }

    /// <summary>How long a call waits while the channel is full; <see cref="Timeout.Infinite"/> as long as its deadline.</summary>
    internal int FullTimeoutMilliseconds { get; }

    /// <summary>Whether calls are refused while the channel is full, instead of being queued above it.</summary>
    internal bool RefusesWhenFull => FullTimeoutMilliseconds != Timeout.Infinite;

    internal FaultWriter Faults { get; }

    internal Outbox Outbox { get; }

    internal Receiver Receiver { get; }

    internal Router Router { get; }

    internal Dispatcher Dispatcher { get; }

    internal Opening Opening { get; }

    internal Closing Closing { get; }

    internal Deadlines Deadlines { get; }

    internal Cancellations Cancellations { get; } = new();

    internal CallTable Calls { get; } = new();

    internal IncomingCalls Incoming { get; } = new();

    internal CallLifetimes Lifetimes { get; }

    internal Pings Pings { get; } = new();

    /// <summary>What the peer said of itself. Valid once <see cref="IsReady"/>.</summary>
    internal Greeting Remote { get; private set; } = null!;

    /// <summary>Whether the handshake is done.</summary>
    internal bool IsReady => _ready;

    /// <summary>Whether the peer may call this side.</summary>
    internal bool OffersServices => Dispatcher.Services is { Offered.IsEmpty: false };

    internal bool IsClosed => Volatile.Read(ref _closeReason) is not null;

    internal IpcCloseReason? CloseReason => Volatile.Read(ref _closeReason);

    internal Task<IpcCloseReason> Closed => _closed.Task;

    /// <summary>Whether the peer has made calls lately: then its next one should not have to wait for the watchdog's look.</summary>
    internal bool IsCalledByPeer
    {
        get
        {
            if (Volatile.Read(ref _calledByPeer))
            {
                // The clock is read by who wants to know, not for each call that comes.
                Volatile.Write(ref _calledByPeer, false);
                _lastCalledByPeer = Environment.TickCount64;
            }

            return Volatile.Read(ref _lastCalledByPeer) is > 0 and long last && Environment.TickCount64 - last < CalledByPeerMilliseconds;
        }
    }

    /// <summary>Starts receiving.</summary>
    internal void Start()
    {
        Watchdog.Shared.Add(Deadlines);
        Channel.Start(this);
        Receiver.Attend();
    }

    /// <summary>The peer has said who it is: factories of services may ask for it before the handshake is done.</summary>
    internal void Meet(Greeting remote)
    {
        Remote = remote;
        Outbox.MaximumFrameLength = Math.Min(remote.MaximumFrameLength, Channel.MaximumFrameLength);
        _peerMaximumMessageLength = remote.MaximumMessageLength;
    }

    /// <summary>The handshake is done.</summary>
    internal void BecomeReady() => _ready = true;

    internal void NoteCalledByPeer(ushort processor)
    {
        PeerProcessor = processor;
        Volatile.Write(ref _calledByPeer, true);
    }

    /// <summary>Where the peer last ran: see <see cref="ProcessorHint"/>.</summary>
    internal ushort PeerProcessor { get; set; }

    /// <summary>Why no new call may be made now, or null.</summary>
    internal Exception? RefuseNewCall()
    {
        IpcCloseReason? reason = CloseReason;
        return reason is not null ? RpcError.Closed(reason, IpcDelivery.NotSent)
            : !_ready ? RpcError.NotOpenYet()
            : Closing.PeerGoesAway ? RpcError.GoingAway()
            : Closing.IsDraining ? RpcError.Draining()
            : null;
    }

    /// <exception cref="IpcResourceExhaustedException">The message is longer than one of the two sides allows.</exception>
    internal void CheckMessageLength(IpcMethod method, bool isResult, int length)
    {
        if (length > Limits.MaximumMessageLength)
        {
            throw RpcError.MessageTooLong(method, isResult, length, Limits.MaximumMessageLength, mine: true);
        }

        if (length > _peerMaximumMessageLength)
        {
            throw RpcError.MessageTooLong(method, isResult, length, _peerMaximumMessageLength, mine: false);
        }
    }

    /// <summary>An id for a call that nobody answers: the slot that the call table never uses, and a number that tells long ones apart.</summary>
    internal uint NextOneWayId() => CallTable.MaximumCalls | (Interlocked.Increment(ref _oneWayCalls) << 16);

    /// <summary>Sends an answer. It goes out also over the bound: whoever sends answers may be the one who receives, and must not wait.</summary>
    internal void SendReply(scoped ref FrameWriter frame)
    {
        if (frame.IsLongFor(Outbox.MaximumFrameLength))
        {
            _ = Outbox.TrySendLong(frame.ToLongMessage(), bounded: false);
            return;
        }

        _ = Outbox.TrySend(frame.Finish(), IsInBatch, bounded: false);
    }

    /// <summary>Sends a frame without payload.</summary>
    internal void SendSmall(FrameHeader header)
    {
        Span<byte> frame = stackalloc byte[FrameHeader.PrefixLength + FrameHeader.Length];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(frame, FrameHeader.Length);
        header.Write(frame[FrameHeader.PrefixLength..]);
        _ = Outbox.TrySend(frame, IsInBatch, bounded: false);
    }

    internal void SendFault(FrameKind kind, uint callId, IpcErrorCode code, string message, byte priority = 0)
    {
        var frame = new FrameWriter(kind == FrameKind.Reject ? Handshake.Header(kind) : new FrameHeader(kind, FrameFlags.None, callId, 0, Priority: priority));
        try
        {
            var writer = new MessagePackWriter(frame.Buffer);
            FaultMessage.Write(ref writer, code, message);
            writer.Flush();
            SendReply(ref frame);
        }
        finally
        {
            frame.Dispose();
        }
    }

    /// <summary>Whether the calling thread is the reactor in the middle of a batch of this session, at whose end it flushes.</summary>
    internal bool IsInBatch => ReceivePass.Current is { Role: ReceiverRole.Reactor } pass && ReferenceEquals(pass.Session, this) && pass.IsInForce && !Channel.IsSendCheap;

    /// <summary>The caller's token has fired.</summary>
    internal void Cancel(PendingCall call)
    {
        uint id = call.Id;
        if (Calls.TryRemove(id, out PendingCall? removed))
        {
            byte priority = removed.Method.WirePriority;
            removed.SetError(new OperationCanceledException(removed.CancellationToken));
            removed.Complete(mayRunInline: false);
            SendCancel(id, priority);
        }
    }

    /// <summary>Tells the peer that nobody waits for a call any more, unless the peer has seen nothing of it yet.</summary>
    internal void SendCancel(uint id, byte priority)
    {
        if (!Outbox.TryDropCall(id))
        {
            SendSmall(new FrameHeader(FrameKind.Cancel, FrameFlags.None, id, 0, Priority: priority));
        }
    }

    /// <summary>Ends everything, once; the first reason stays.</summary>
    internal void End(IpcCloseReason reason)
    {
        if (Interlocked.CompareExchange(ref _closeReason, reason, null) is not null)
        {
            return;
        }

        Log.LogConnectionEnded(reason.Kind, reason.Message);
        PendingCall[] calls = Calls.Close(RpcError.Closed(reason, IpcDelivery.NotSent));
        Outbox.Close();
        Channel.Close(reason.Exception ?? new IpcConnectionException(reason.Message));
        foreach (PendingCall call in calls)
        {
            call.SetError(RpcError.Closed(reason, Outbox.WasSent(call.SendPosition) ? IpcDelivery.MaybeExecuted : IpcDelivery.NotSent));
            call.Complete(mayRunInline: false);
        }

        Pings.Close(reason);
        foreach (IncomingCall? call in Incoming.Slots)
        {
            Cancellations.Add(call?.RequestCancel(this, call.Id));
        }

        foreach (CancellationTokenSource source in Lifetimes.End())
        {
            Cancellations.Add(source);
        }

        Watchdog.Shared.Remove(Deadlines);
        Opening.OnEnded(reason);
        _ = _closed.TrySetResult(reason);
        if (reason.Kind == IpcCloseKind.Lost)
        {
            StaleObjects.RemoveSoon(Channel.Peer.ProcessId);
        }

        Cancellations.RunOnPool();
        _ = DisposeServicesAsync();
    }

    /// <summary>The service that the peer offers under these names, or null.</summary>
    internal OfferedService? FindOffered(string contract, string instance)
    {
        foreach (OfferedService service in Remote.Services)
        {
            if (service.Contract == contract && service.Instance == instance)
            {
                return service;
            }
        }

        return null;
    }

    /// <summary>The peer broke the protocol, or ended the connection with a word.</summary>
    internal void Violate(Exception cause)
    {
        if (cause is PeerSaidGoodbyeException goodbye)
        {
            End(new IpcCloseReason(IpcCloseKind.Violation, "The peer closed the connection: " + cause.Message, goodbye.InnerException));
            return;
        }

        if (cause is not IpcException)
        {
            Log.LogInternalError(cause);
        }

        // The peer gets a sentence, unless it is one of user code; then the channel closes whether it reads it or not.
        (IpcErrorCode code, string message) = cause is IpcException own
            ? (own.Code, own.Message)
            : (IpcErrorCode.RemoteException, "An error on the other side ended the connection.");
        SendFault(_ready ? FrameKind.Goodbye : FrameKind.Reject, 0, code, message);
        Outbox.FlushLastWords();
        EndByViolation(cause);
    }

    /// <summary>Ends everything because of what the peer did, with one line that says who it was. Before the handshake is done, whoever opens the connection reports.</summary>
    internal void EndByViolation(Exception cause)
    {
        if (_ready && !IsClosed)
        {
            Log.LogPeerViolated(Channel.Peer.ProcessId, Channel.Peer.UserName ?? Channel.Peer.UserId?.ToString(CultureInfo.InvariantCulture), cause.Message);
        }

        End(new IpcCloseReason(IpcCloseKind.Violation, cause.Message, cause));
    }

    /// <summary>The channel has delivered everything and has ended.</summary>
    internal void OnChannelClosed()
    {
        Exception? cause = Channel.CloseReason;
        if (cause is IpcProtocolException)
        {
            EndByViolation(cause);
            return;
        }

        IpcCloseKind kind = Closing.PeerGoesAway ? IpcCloseKind.Remote : IpcCloseKind.Lost;
        End(new IpcCloseReason(kind, cause?.Message ?? "The peer closed the connection.", cause));
    }

    void IChannelEvents.OnReadable() => Receiver.OnReadable();

    void IChannelEvents.OnWritable() => Outbox.OnWritable();

    // What the peer sent before its end is still to be received; the end itself then comes as the channel's status.
    void IChannelEvents.OnPeerClosed() => Receiver.OnReadable();

    private void OnRoom() => Dispatcher?.OnRoom();

    private void OnSendBlocked() => Deadlines.ExpectReading();

    private void OnSendFailed(Exception exception)
    {
        if (exception is not IpcException)
        {
            Log.LogInternalError(exception);
        }

        // What the peer sent before it went may still be there, its last answers or why it closes: the receiving side finds that, and
        // behind it the end. Should no end come, because only one direction is shut, the watchdog makes one.
        Deadlines.OnSendFailed(exception);
        Receiver.Summon();
    }

    /// <summary>Disposes the services of this connection once the last handler has returned.</summary>
    private async Task DisposeServicesAsync()
    {
        if (Dispatcher.Services is { } services)
        {
            await Incoming.WhenDrainedAsync().ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            await services.DisposeOwnedAsync(Log).ConfigureAwait(false);
        }
    }
}
