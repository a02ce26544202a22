using Contracts.Ipc.Protocol;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.Rpc;

/// <summary>The handshake of one session: the first frame each way, and the time that it may take.</summary>
/// <remarks>
/// Client: sends Hello, waits for Welcome or Reject. Server: waits for Hello, checks version and limits, answers Welcome. Nothing else of
/// the peer is looked at before.
/// </remarks>
internal sealed class Opening(Session session)
{
    private readonly TaskCompletionSource<Greeting> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isServer;
    private TimeSpan _timeout;
    private long _deadline = long.MaxValue;

    /// <summary>Says Hello and waits for the answer.</summary>
    /// <exception cref="IpcProtocolException">The server refused, or does not speak this protocol.</exception>
    /// <exception cref="IpcConnectionException">The server did not answer in time, or died.</exception>
    internal async Task<Greeting> GreetAsync(Greeting local, TimeSpan timeout, CancellationToken cancellationToken)
    {
        Begin(timeout, isServer: false);
        Send(FrameKind.Hello, local);
        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((Opening)state!)._done.TrySetCanceled(token), this);
        return await _done.Task.ConfigureAwait(false);
    }

    /// <summary>Waits for a client's Hello.</summary>
    /// <param name="timeout">How long the client may take.</param>
    internal async Task<Greeting> ReceiveHelloAsync(TimeSpan timeout)
    {
        Begin(timeout, isServer: true);
        return await _done.Task.ConfigureAwait(false);
    }

    /// <summary>Accepts the client: from now on it may call.</summary>
    internal void Welcome(Greeting local)
    {
        session.BecomeReady();
        Send(FrameKind.Welcome, local);
    }

    /// <summary>Handles a frame that came before the session is ready. Called by the holder of the receive lease.</summary>
    internal void OnFrame(FrameHeader header, ReadOnlySpan<byte> payload)
    {
        FrameKind expected = _isServer ? FrameKind.Hello : FrameKind.Welcome;
        if (header.Kind == FrameKind.Goodbye)
        {
            throw new PeerSaidGoodbyeException(FaultMessage.Read(payload, []));
        }

        // Magic and version come before everything else: the kind is frozen only for who speaks this protocol.
        Handshake.Check(header);
        if (header.Kind == FrameKind.Reject && !_isServer)
        {
            throw new PeerSaidGoodbyeException(FaultMessage.Read(payload, []));
        }

        if (_done.Task.IsCompleted)
        {
            throw ProtocolError.Unexpected(header.Kind, "nothing before Welcome");
        }

        if (header.Kind != expected)
        {
            throw ProtocolError.Unexpected(header.Kind, $"the handshake's {expected}");
        }

        Greeting remote = Handshake.Read(header.Kind, payload);
        session.Meet(remote);
        if (!_isServer)
        {
            session.BecomeReady();
        }

        Volatile.Write(ref _deadline, long.MaxValue);
        _ = _done.TrySetResult(remote);
    }

    /// <summary>Called by the watchdog.</summary>
    /// <returns>When to call again.</returns>
    internal long CheckDeadline(long now)
    {
        long deadline = Volatile.Read(ref _deadline);
        if (now < deadline)
        {
            return deadline;
        }

        session.Violate(RpcError.HandshakeTimeout(_timeout));
        return long.MaxValue;
    }

    internal void OnEnded(IpcCloseReason reason)
    {
        Volatile.Write(ref _deadline, long.MaxValue);
        _ = _done.TrySetException(Explain(reason));
    }

    private static IpcException Explain(IpcCloseReason reason) => reason.Exception switch
    {
        // Whatever the channel saw, no call was under way yet.
        IpcConnectionException { Delivery: not IpcDelivery.NotSent } lost => new IpcConnectionException(
            "The connection ended during the handshake: " + lost.Message, IpcDelivery.NotSent, lost),
        IpcException own => own,
        { } other => new IpcConnectionException("The connection ended during the handshake: " + reason.Message, IpcDelivery.NotSent, other),
        null => new IpcConnectionException("The connection ended during the handshake: " + reason.Message),
    };

    private void Begin(TimeSpan timeout, bool isServer)
    {
        _isServer = isServer;
        _timeout = timeout;
        Volatile.Write(ref _deadline, Environment.TickCount64 + CallTimeout.ToMilliseconds(timeout));
        session.Start();
        session.Deadlines.Expect(_deadline);
    }

    private void Send(FrameKind kind, Greeting greeting)
    {
        var frame = new FrameWriter(Handshake.Header(kind));
        try
        {
            var writer = new MessagePackWriter(frame.Buffer);
            Handshake.Write(ref writer, greeting);
            writer.Flush();
            if (frame.FrameLength > Handshake.MaximumLength)
            {
                throw new InvalidOperationException(
                    $"The list of offered services takes {frame.FrameLength} bytes; a handshake has room for {Handshake.MaximumLength}. Offer fewer services on one endpoint.");
            }

            _ = session.Outbox.TrySend(frame.Finish(), session.IsInBatch, bounded: false);
        }
        finally
        {
            frame.Dispose();
        }
    }
}
