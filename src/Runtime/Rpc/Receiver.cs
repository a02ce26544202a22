using System.Diagnostics;
using Contracts.Ipc.CompilerServices;
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
    private const int LingerTicks = 6;

    /// <summary>How long a caller tries to get the lease from the reactor, which holds it for a poll at a time.</summary>
    private static readonly long LeaseWait = Stopwatch.Frequency / 100_000;

    /// <summary>How long calls are kept from running inline after one has kept the reactor.</summary>
    private const int SlowMilliseconds = 1000;

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
    private readonly PollBudget _budget;
    private readonly TimeSpan _pollingBudget;
    private int _attendance;
    private int _callersWant;
    private int _lingerTicks;
    private long _slowUntil;
    private bool _wasActive;

    internal Receiver(Session session, TimeSpan pollingBudget)
    {
        _session = session;
        _channel = session.Channel;
        _pollingBudget = _channel.CanPoll ? pollingBudget : TimeSpan.Zero;
        _budget = new PollBudget(_pollingBudget);
    }

    internal ReceiveLease Lease { get; } = new();

    public bool IsAwake { get; set; }

    /// <summary>Zero where polling is of no use: the peer needs this processor, or the channel tells by event only.</summary>
    public TimeSpan PollingBudget => ProcessorHint.IsElsewhere(_session.PeerProcessor) ? _pollingBudget : TimeSpan.Zero;

    /// <summary>Whether callers may poll for their answers.</summary>
    internal bool MayPoll => PollingBudget > TimeSpan.Zero;

    /// <summary>Whether a handler has lately kept the reactor: then calls go to the pool.</summary>
    internal bool IsSlow => Volatile.Read(ref _slowUntil) > 0 && Environment.TickCount64 < _slowUntil;

    internal void OnOvertaken() => Volatile.Write(ref _slowUntil, Environment.TickCount64 + SlowMilliseconds);

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
        if (Volatile.Read(ref _callersWant) != 0 || !Lease.TryTake(out int epoch))
        {
            // A caller receives. It attends to the session when it stops, unless it saw that we still do: look again after saying
            // that we do not. The exchange is a full fence, as is the one in Release.
            _ = Interlocked.Exchange(ref _attendance, (int)Attendance.None);
            if (Volatile.Read(ref _callersWant) != 0 || !Lease.TryTake(out epoch))
            {
                return PollResult.Leave;
            }

            Volatile.Write(ref _attendance, (int)Attendance.Awake);
        }

        ReceivePass pass = ReceivePass.Begin(_session, ReceiverRole.Reactor, epoch, thread, ref _spare);
        bool worked = _session.Cancellations.Run(pass);
        ReceiveStatus status = pass.IsInForce ? Receive(pass) : ReceiveStatus.Stopped;

        // Also when overtaken: what this thread appended must not wait for somebody else's batch.
        _session.Outbox.Flush();
        if (!pass.End(ref _spare) || status == ReceiveStatus.Stopped)
        {
            return thread.IsOwner ? PollResult.Progress : PollResult.Overtaken;
        }

        if (status == ReceiveStatus.Closed)
        {
            _session.OnChannelClosed();
            return PollResult.Leave;
        }

        return worked || status == ReceiveStatus.Received ? PollResult.Progress : PollResult.Idle;
    }

    public void Park()
    {
        if (_channel.IsInsideFrame)
        {
            _session.Deadlines.ExpectRestOfFrame();
        }

        Volatile.Write(ref _attendance, (int)Attendance.Armed);
        _channel.ArmReadable();
    }

    /// <summary>Polls for the answer of a call for a bounded time, on the caller's thread.</summary>
    /// <returns>Whether this thread received the answer.</returns>
    internal bool PollFor(PendingCall call)
    {
        long budget = MayPoll ? _budget.For(call.Method) : 0;
        if (budget == 0 || !TryTakeAsCaller(out int epoch))
        {
            return false;
        }

        ReceivePass pass = ReceivePass.Begin(_session, ReceiverRole.Caller, epoch, null, ref _spare);
        pass.OwnCall = call;
        IpcMethod method = call.Method;
        long start = Stopwatch.GetTimestamp();
        long end = start + budget;
        ReceiveStatus status;
        int polls = 0;
        do
        {
            status = Receive(pass);
        }
        while (!pass.HasOwnAnswer && status != ReceiveStatus.Closed && ((++polls & 3) != 0 || Stopwatch.GetTimestamp() < end));

        bool answered = pass.HasOwnAnswer;
        Learn(method, answered, start);
        EndAsCaller(pass, status);
        return answered;
    }

    /// <summary>Blocks the calling thread until the call is done: receiving if the lease is free, else asleep.</summary>
    /// <param name="call">A synchronous call.</param>
    internal void WaitFor(PendingCall call)
    {
        IpcMethod method = call.Method;
        long budget = MayPoll ? _budget.For(method) : 0;
        if (!TryTakeAsCaller(out int epoch))
        {
            Attend();
            call.Sleep();
            return;
        }

        ReceivePass pass = ReceivePass.Begin(_session, ReceiverRole.Caller, epoch, null, ref _spare);
        pass.OwnCall = call;
        long start = Stopwatch.GetTimestamp();
        long end = start + budget;
        ReceiveStatus status = ReceiveStatus.Empty;
        int polls = 0;
        bool slept = false;
        while (!call.IsDone && status != ReceiveStatus.Closed)
        {
            status = Receive(pass);
            if (status != ReceiveStatus.Empty || (budget > 0 && ((++polls & 3) != 0 || Stopwatch.GetTimestamp() < end)))
            {
                continue;
            }

            if (call.BeginReceiving())
            {
                slept = true;
                _ = _channel.WaitReadable(Timeout.Infinite);
                call.EndReceiving();
            }
        }

        if (budget > 0)
        {
            Learn(method, !slept, start);
        }

        EndAsCaller(pass, status);
        if (!call.IsDone)
        {
            call.Sleep();
        }
    }

    /// <summary>Called by the watchdog at each tick after a caller has left the session to itself.</summary>
    /// <returns>Whether it wants to be called again.</returns>
    internal bool Linger()
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

    private void Learn(IpcMethod method, bool answered, long start)
    {
        if (answered)
        {
            _budget.OnAnswered(method, Stopwatch.GetTimestamp() - start);
        }
        else
        {
            _budget.OnGivenUp(method);
        }
    }

    private bool TryTakeAsCaller(out int epoch)
    {
        if (Lease.TryTake(out epoch))
        {
            return true;
        }

        if (!_channel.CanPoll)
        {
            return false;
        }

        // The reactor holds it for one poll at a time: ask it to leave.
        _ = Interlocked.Increment(ref _callersWant);
        long end = Stopwatch.GetTimestamp() + LeaseWait;
        bool taken;
        do
        {
            Thread.SpinWait(4);
            taken = Lease.TryTake(out epoch);
        }
        while (!taken && Stopwatch.GetTimestamp() < end);
        _ = Interlocked.Decrement(ref _callersWant);
        return taken;
    }

    private void EndAsCaller(ReceivePass pass, ReceiveStatus status)
    {
        _ = pass.End(ref _spare);
        if (status == ReceiveStatus.Closed)
        {
            _session.OnChannelClosed();
            return;
        }

        if (_session.Calls.Count > 0 || _session.IsCalledByPeer)
        {
            Attend();
        }
        else if (Volatile.Read(ref _attendance) == (int)Attendance.None)
        {
            _wasActive = true;
            _session.Deadlines.Expect(Environment.TickCount64 + Watchdog.TickMilliseconds);
        }
    }

    private ReceiveStatus Receive(ReceivePass pass)
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
