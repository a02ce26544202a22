using Contracts.Ipc.Transports;
using Contracts.Ipc.Transports.Polling;

namespace Contracts.Ipc.Rpc;

/// <summary>
/// Sees to it that somebody receives on a session: the caller that waits for its reply, the reactor, or nobody while nothing is expected.
/// </summary>
/// <remarks>
/// <para>Attendance. A session is <see cref="Attendance.Armed"/> (an event will wake the reactor), <see cref="Attendance.Awake"/> (the reactor
/// polls it) or <see cref="Attendance.None"/> (a caller holds the lease, or it lingers and the watchdog looks in at every tick until it
/// arms it). Back-to-back calls of one caller so cost neither an epoll_ctl nor a wake-up of the reactor.</para>
/// <para>No reply is ever left without a receiver: who lets go of the lease looks whether calls are pending, after letting go; who adds a
/// call looks whether the lease is free, after adding. One of the two sees the other.</para>
/// </remarks>
internal sealed class Receiver : IPolled
{
    /// <summary>Ticks of the watchdog without anything received until an idle session is parked: a call every few milliseconds still finds it lingering.</summary>
    private const int LingerTicks = 4;

    /// <summary>
    /// How long calls are kept from running inline after one has kept the reactor: briefly at first, since its thread may just have been
    /// without a processor, and twice as long each time that it happens again soon.
    /// </summary>
    private const int ShortestSlow = 20;
    private const int LongestSlow = 1000;

    /// <summary>Of a ring in memory.</summary>
    private const int CheapestPollsPerMicrosecond = 64;

    private enum Attendance
    {
        None,
        Armed,
        Awake,
    }

    [ThreadStatic]
    private static ReceivePass? _spare;

    private readonly Session _session;
    private readonly FrameChannel _channel;
    private readonly TimeSpan _pollingBudget;
    private int _attendance;
    private int _lingerTicks;
    private int _slowFor = ShortestSlow;
    private long _slowUntil;
    private bool _wasActive;
    private bool _lingers;

    internal Receiver(Session session, TimeSpan pollingBudget)
    {
        _session = session;
        _channel = session.Channel;
        _pollingBudget = _channel.CanPoll ? pollingBudget : TimeSpan.Zero;
        PollCost = Math.Max(1, CheapestPollsPerMicrosecond / _channel.PollsPerMicrosecond);
        Answers = new AnswerWait(session, this, _pollingBudget);
    }

    /// <summary>Between the watchdog's looks at an idle session: short where the peer may call, longer where only pings are to be expected.</summary>
    internal int LingerMilliseconds => _session.OffersServices ? Watchdog.TickMilliseconds : Watchdog.IdleTickMilliseconds;

    internal ReceiveLease Lease { get; } = new();

    /// <summary>How callers wait on their own threads.</summary>
    internal AnswerWait Answers { get; }

    public bool IsAwake { get; set; }

    public int PollCost { get; }

    /// <summary>Zero where polling is of no use: the peer needs this processor, or the channel tells by event only.</summary>
    public TimeSpan PollingBudget => ProcessorHint.IsElsewhere(_session.PeerProcessor) ? _pollingBudget : TimeSpan.Zero;

    /// <summary>Whether a handler has lately kept the reactor: then calls go to the pool.</summary>
    internal bool IsSlow => Volatile.Read(ref _slowUntil) > 0 && Environment.TickCount64 < _slowUntil;

    /// <summary>A handler has kept the reactor and lost it.</summary>
    internal void OnOvertaken()
    {
        long now = Environment.TickCount64;
        bool again = now - _slowUntil < LongestSlow;
        _slowFor = again ? Math.Min(2 * _slowFor, LongestSlow) : ShortestSlow;
        Volatile.Write(ref _slowUntil, now + _slowFor);
    }

    /// <summary>The channel has something to receive, or has ended.</summary>
    internal void OnReadable()
    {
        Volatile.Write(ref _attendance, (int)Attendance.Awake);
        Reactor.Shared.Awake(this);
    }

    /// <summary>From now on somebody receives, if nobody does: the reactor if it is awake anyway, else whom the channel's event wakes.</summary>
    internal void Attend()
    {
        bool awake = !Reactor.Shared.IsAsleep;
        Attendance next = awake ? Attendance.Awake : Attendance.Armed;
        if (Interlocked.CompareExchange(ref _attendance, (int)next, (int)Attendance.None) != (int)Attendance.None)
        {
            return;
        }

        if (awake)
        {
            Reactor.Shared.Awake(this);
        }
        else
        {
            _channel.ArmReadable();
        }
    }

    /// <summary>Has the reactor look at the session now.</summary>
    internal void Summon() => OnReadable();

    public PollResult Poll(ReactorThread thread)
    {
        if (Lease.IsFree && !Answers.WantsLease && !_session.Cancellations.IsDue && !_channel.MayReceive())
        {
            ExpectRestOfFrame();
            return PollResult.Idle;
        }

        if (Answers.WantsLease || !Lease.TryTake(out int epoch))
        {
            // A caller receives. It attends to the session when it stops, unless it saw that we still do: look again after saying
            // that we do not. The exchange is a full fence, as is the one in Release.
            _ = Interlocked.Exchange(ref _attendance, (int)Attendance.None);
            if (Answers.WantsLease || !Lease.TryTake(out epoch))
            {
                return PollResult.Leave;
            }

            Volatile.Write(ref _attendance, (int)Attendance.Awake);
        }

        ReceivePass pass = ReceivePass.Begin(_session, ReceiverRole.Reactor, epoch, thread, ref _spare);
        bool worked = _session.Cancellations.Run(pass);
        ReceiveStatus status = pass.IsInForce ? Receive(pass) : ReceiveStatus.Stopped;

        // Also when overtaken: what this thread appended must not wait for somebody else's batch.
        _session.Outbox.FlushBatch();
        if (!pass.End(ref _spare) || status == ReceiveStatus.Stopped)
        {
            return thread.IsOwner ? PollResult.Progress : PollResult.Overtaken;
        }

        if (status == ReceiveStatus.Closed)
        {
            _session.OnChannelClosed();
            return PollResult.Leave;
        }

        if (worked || status == ReceiveStatus.Received)
        {
            return PollResult.Progress;
        }

        // Here too, not only when parking: while others are busy, the reactor parks nobody.
        ExpectRestOfFrame();
        return PollResult.Idle;
    }

    public void Park()
    {
        ExpectRestOfFrame();
        Volatile.Write(ref _attendance, (int)Attendance.Armed);
        _channel.ArmReadable();
    }

    private void ExpectRestOfFrame()
    {
        if (_channel.IsInsideFrame)
        {
            _session.Deadlines.ExpectRestOfFrame();
        }
    }

    /// <summary>Called by the watchdog at each tick after a caller has left the session to itself.</summary>
    /// <returns>Whether it wants to be called again.</returns>
    internal bool Linger()
    {
        // Before the looks below: a caller that leaves from now on asks anew.
        _ = Interlocked.Exchange(ref _lingers, false);
        bool again = LingerOn();
        if (again)
        {
            Volatile.Write(ref _lingers, true);
        }

        return again;
    }

    private bool LingerOn()
    {
        if (Volatile.Read(ref _attendance) != (int)Attendance.None)
        {
            return false;
        }

        if (!Lease.TryTake(out int epoch))
        {
            _lingerTicks = 0;
            return true;
        }

        ReceivePass pass = ReceivePass.Begin(_session, ReceiverRole.Watchdog, epoch, null, ref _spare);
        ReceiveStatus status = Receive(pass);
        _ = pass.End(ref _spare);
        if (status == ReceiveStatus.Closed)
        {
            _session.OnChannelClosed();
            return false;
        }

        if (Interlocked.Exchange(ref _wasActive, false) || status == ReceiveStatus.Received)
        {
            _lingerTicks = 0;
        }

        if (++_lingerTicks <= LingerTicks && _session.Calls.Count == 0)
        {
            return true;
        }

        _lingerTicks = 0;
        Attend();
        return false;
    }

    /// <summary>A caller has let go of the lease.</summary>
    internal void OnCallerLeft()
    {
        if (_session.Calls.Count > 0 || _session.IsCalledByPeer)
        {
            Attend();
        }
        else if (Volatile.Read(ref _attendance) == (int)Attendance.None)
        {
            Volatile.Write(ref _wasActive, true);
            if (Volatile.Read(ref _lingers))
            {
                return;
            }

            Volatile.Write(ref _lingers, true);
            _session.Deadlines.Expect(Environment.TickCount64 + LingerMilliseconds);
        }
    }

    /// <summary>Receives once, on behalf of whoever holds the lease.</summary>
    internal ReceiveStatus Receive(ReceivePass pass)
    {
        try
        {
            return _channel.Receive(pass);
        }
        catch (Exception exception)
        {
            // The router threw: the peer broke the protocol. The session ends; nobody receives on it any more.
            _session.Violate(exception);
            return ReceiveStatus.Closed;
        }
    }
}
