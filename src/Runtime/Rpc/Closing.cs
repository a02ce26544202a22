using Contracts.Ipc.Protocol;

namespace Contracts.Ipc.Rpc;

/// <summary>
/// The end in good order. The side that makes an end sends GoAway; the other one stops sending calls and answers. Frames keep their order,
/// so with the answer the first side has every call that was ever sent, finishes them, and closes: none is lost.
/// </summary>
internal sealed class Closing(Session session, TimeSpan answerTimeout)
{
    /// <summary>The call id that tells the answer to a GoAway from a GoAway.</summary>
    private const uint Answer = 1;

    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isDraining;
    private volatile bool _peerGoesAway;

    /// <summary>Whether this side makes no new calls because it is closing.</summary>
    internal bool IsDraining => _isDraining;

    /// <summary>Whether the peer has said that it takes no new calls.</summary>
    internal bool PeerGoesAway => _peerGoesAway;

    /// <summary>Stops new calls in both directions, lets those under way finish, and ends the session.</summary>
    internal async Task DrainAsync(CancellationToken cancellationToken)
    {
        if (!session.IsClosed)
        {
            _isDraining = true;
            session.Outbox.StopCalls();
            session.SendSmall(new FrameHeader(FrameKind.GoAway, FrameFlags.None, 0, 0));
            session.Receiver.Attend();
            try
            {
                await Task.WhenAny(FinishAsync(), session.Closed).WaitAsync(cancellationToken).ConfigureAwait(false);
                await WhenSentAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // The time for finishing is over: the end cancels what is left.
            }
        }

        session.End(new IpcCloseReason(IpcCloseKind.Local, "This side closed it."));
    }

    /// <summary>Tells the peer that the end that it is about to see is meant.</summary>
    internal void SayGoodbye()
    {
        if (session.IsReady && !session.IsClosed)
        {
            session.SendSmall(new FrameHeader(FrameKind.GoAway, FrameFlags.None, 0, 0));
        }
    }

    /// <summary>A GoAway came, or the answer to this side's.</summary>
    internal void OnGoAway(uint callId)
    {
        if (callId == Answer)
        {
            _ = _answered.TrySetResult();
            return;
        }

        if (_peerGoesAway)
        {
            return;
        }

        // In this order: once the answer is queued, no call is queued behind it.
        _peerGoesAway = true;
        session.Outbox.StopCalls();
        session.SendSmall(new FrameHeader(FrameKind.GoAway, FrameFlags.None, Answer, 0));
    }

    private async Task FinishAsync()
    {
        try
        {
            await _answered.Task.WaitAsync(answerTimeout).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The answer needs no user code on the other side: a peer that cannot give it is stopped, and finishes nothing.
            return;
        }

        await Task.WhenAll(session.Incoming.WhenDrainedAsync(), session.Calls.WhenEmptyAsync()).ConfigureAwait(false);
    }

    private async Task WhenSentAsync(CancellationToken cancellationToken)
    {
        session.Outbox.Flush();
        while (session.Outbox.HasUnsent && !session.IsClosed)
        {
            await session.Outbox.WaitUntilEmptyAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
