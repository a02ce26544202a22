using Contracts.Ipc.CompilerServices;
using Contracts.Ipc.Protocol;
using Contracts.Ipc.Transports.Polling;

namespace Contracts.Ipc.Rpc;

/// <summary>
/// Everything in a session that has a time: calls and their deadlines, tokens of handlers, a peer that does not read or does not finish a
/// frame, the handshake, lingering. Driven by the watchdog; runs no user code.
/// </summary>
internal sealed class Deadlines(Session session, TimeSpan stallTimeout) : ITicked
{
    /// <summary>How long the peer's last frames may take to be received after sending has failed.</summary>
    private const int LastWordsMilliseconds = 50;

    private readonly long _stallMilliseconds = (long)stallTimeout.TotalMilliseconds;
    private long _nextDue = long.MaxValue;
    private long _insideFrameSince;
    private long _sendFailedAt = long.MaxValue;
    private Exception? _sendFailure;

    public long NextDue => Volatile.Read(ref _nextDue);

    /// <summary>Asks for <see cref="OnTick"/> at a time, in <see cref="Environment.TickCount64"/>.</summary>
    internal void Expect(long due)
    {
        long current = Volatile.Read(ref _nextDue);
        while (due < current)
        {
            long seen = Interlocked.CompareExchange(ref _nextDue, due, current);
            if (seen == current)
            {
                Watchdog.Shared.Expect(due);
                return;
            }

            current = seen;
        }
    }

    /// <summary>Nothing comes although a part of a frame is in hand: the rest has to come in time.</summary>
    internal void ExpectRestOfFrame()
    {
        long now = Environment.TickCount64;
        if (Interlocked.CompareExchange(ref _insideFrameSince, now, 0) == 0)
        {
            Expect(now + _stallMilliseconds);
        }
    }

    /// <summary>The channel is full: the peer has to read in time.</summary>
    internal void ExpectReading() => Expect(Environment.TickCount64 + _stallMilliseconds);

    internal void OnFrameFinished() => Volatile.Write(ref _insideFrameSince, 0);

    /// <summary>Nothing can be sent any more: whatever can still be received is received within a moment.</summary>
    internal void OnSendFailed(Exception failure)
    {
        if (Interlocked.CompareExchange(ref _sendFailure, failure, null) is null)
        {
            long now = Environment.TickCount64;
            Volatile.Write(ref _sendFailedAt, now);
            Expect(now + LastWordsMilliseconds);
        }
    }

    public void OnTick(long now)
    {
        // From here on whoever expects something earlier sets it anew; what is found below is added to that.
        _ = Interlocked.Exchange(ref _nextDue, long.MaxValue);
        long next = ExpireCalls(now);
        next = Math.Min(next, ExpireIncoming(now));
        next = Math.Min(next, CheckReading(now));
        next = Math.Min(next, CheckFrame(now));
        next = Math.Min(next, CheckSending(now));
        next = Math.Min(next, session.Opening.CheckDeadline(now));
        if (!session.IsClosed && session.Receiver.Linger())
        {
            next = Math.Min(next, now + session.Receiver.LingerMilliseconds);
        }

        if (next != long.MaxValue)
        {
            Expect(next);
        }
    }

    private long ExpireCalls(long now)
    {
        long next = session.Calls.TakeExpired(now, out List<PendingCall>? expired);
        foreach (PendingCall call in expired ?? [])
        {
            uint id = call.Id;
            byte priority = call.Method.WirePriority;
            call.SetError(RpcError.DeadlineExceeded(call.Method, call.TimeoutMilliseconds));
            call.Complete(mayRunInline: false);
            session.SendCancel(id, priority);
        }

        return next;
    }

    private long ExpireIncoming(long now)
    {
        long next = session.Cancellations.TakeExpired(session.Lifetimes, now);
        foreach (IncomingCall? call in session.Incoming.Slots)
        {
            // The id first: should the object become another call meanwhile, the request below finds that the id is not the one it names.
            uint id = call?.Id ?? 0;
            long deadline = call?.Deadline ?? long.MaxValue;
            if (deadline > now)
            {
                next = Math.Min(next, deadline);
            }
            else if (!call!.IsCancelRequested)
            {
                session.Cancellations.Add(call.RequestCancel(session, id));
            }
        }

        if (!session.Cancellations.IsEmpty)
        {
            session.Receiver.Summon();
        }

        return next;
    }

    private long CheckSending(long now)
    {
        long failedAt = Volatile.Read(ref _sendFailedAt);
        if (failedAt == long.MaxValue || now < failedAt + LastWordsMilliseconds)
        {
            return failedAt == long.MaxValue ? long.MaxValue : failedAt + LastWordsMilliseconds;
        }

        if (_sendFailure is IpcProtocolException)
        {
            // Where the peer shares the memory that this side sends from, sending finds what it has broken.
            session.EndByViolation(_sendFailure);
        }
        else
        {
            session.End(new IpcCloseReason(IpcCloseKind.Lost, _sendFailure!.Message, _sendFailure));
        }

        return long.MaxValue;
    }

    private long CheckReading(long now)
        => session.Outbox.BlockedSince is { } since
            ? CheckStall(now, since, () => RpcError.PeerDoesNotRead(stallTimeout, session.Outbox.QueuedBytes))
            : long.MaxValue;

    private long CheckFrame(long now)
    {
        long since = Volatile.Read(ref _insideFrameSince);
        return since != 0 && session.Channel.IsInsideFrame
            ? CheckStall(now, since, () => RpcError.FrameNotFinished(stallTimeout))
            : long.MaxValue;
    }

    /// <returns>When to look again.</returns>
    private long CheckStall(long now, long since, Func<IpcException> error)
    {
        long due = since + _stallMilliseconds;
        if (now < due)
        {
            return due;
        }

        session.EndByViolation(error());
        return long.MaxValue;
    }
}
