using System.Diagnostics;
using Contracts.Ipc.CompilerServices;
using Contracts.Ipc.Transports;
using Contracts.Ipc.Transports.Polling;

namespace Contracts.Ipc.Rpc;

/// <summary>
/// How a caller waits for its answer on its own thread: polling for as long as that pays, then, if it may block, asleep in the channel.
/// </summary>
/// <remarks>While it waits it holds the receive lease and receives for everybody, but runs nobody's code: answers of others are stored,
/// calls of the peer go to the thread pool.</remarks>
internal sealed class AnswerWait(Session session, Receiver receiver, TimeSpan pollingBudget)
{
    /// <summary>How long a caller tries to get the lease from the reactor, which holds it for a poll at a time.</summary>
    private static readonly long LeaseWait = Stopwatch.Frequency / 100_000;

    [ThreadStatic]
    private static ReceivePass? _spare;

    private readonly PollBudget _budget = new(pollingBudget);
    private readonly int _pollsPerLook = session.Channel.PollsPerMicrosecond;
    private int _waiting;

    /// <summary>Whether a caller waits for the lease: the reactor then leaves it alone.</summary>
    internal bool WantsLease => Volatile.Read(ref _waiting) != 0;

    /// <summary>Polls for the answer of a call for a bounded time.</summary>
    /// <returns>Whether this thread received the answer; only then is the call its own to complete.</returns>
    internal bool TryPollFor(PendingCall call)
    {
        long budget = BudgetFor(call.Method);
        if (budget == 0 || !TryTakeLease(out int epoch))
        {
            return false;
        }

        IpcMethod method = call.Method;
        ReceivePass pass = Begin(call, epoch);
        var clock = new PollClock(_pollsPerLook, budget, call);
        ReceiveStatus status;
        do
        {
            status = receiver.Receive(pass);
        }
        while (!pass.HasOwnAnswer && status != ReceiveStatus.Closed && clock.Tick());

        bool answered = pass.HasOwnAnswer;
        Learn(method, answered, clock.Elapsed);
        End(pass, status);
        return answered;
    }

    /// <summary>Blocks the calling thread until a synchronous call is done: receiving if the lease is free, else asleep.</summary>
    internal void WaitFor(PendingCall call)
    {
        if (!TryTakeLease(out int epoch))
        {
            call.BeginDeadline();
            receiver.Attend();
            call.Sleep();
            return;
        }

        IpcMethod method = call.Method;
        long budget = BudgetFor(method);
        ReceivePass pass = Begin(call, epoch);
        var clock = new PollClock(_pollsPerLook, budget, call);
        ReceiveStatus status = ReceiveStatus.Empty;
        bool slept = false;
        while (!call.IsDone && status != ReceiveStatus.Closed)
        {
            status = receiver.Receive(pass);
            if (status == ReceiveStatus.Empty && !clock.Tick() && call.BeginReceiving())
            {
                // Whoever completes the call now interrupts this: its deadline, its token, the end of the connection.
                slept = true;
                call.BeginDeadline();
                _ = session.Channel.WaitReadable(Timeout.Infinite);
                call.EndReceiving();
            }
        }

        if (budget > 0)
        {
            Learn(method, !slept, clock.Elapsed);
        }

        End(pass, status);
        if (!call.IsDone)
        {
            call.BeginDeadline();
            call.Sleep();
        }
    }

    private ReceivePass Begin(PendingCall call, int epoch)
    {
        ReceivePass pass = ReceivePass.Begin(session, ReceiverRole.Caller, epoch, null, ref _spare);
        pass.OwnCall = call;
        return pass;
    }

    private void End(ReceivePass pass, ReceiveStatus status)
    {
        _ = pass.End(ref _spare);
        if (status == ReceiveStatus.Closed)
        {
            session.OnChannelClosed();
        }
        else
        {
            receiver.OnCallerLeft();
        }
    }

    private long BudgetFor(IpcMethod method) => receiver.PollingBudget > TimeSpan.Zero ? _budget.For(method) : 0;

    private void Learn(IpcMethod method, bool answered, long elapsed)
    {
        if (answered)
        {
            _budget.OnAnswered(method, elapsed);
        }
        else
        {
            _budget.OnGivenUp(method);
        }
    }

    private bool TryTakeLease(out int epoch)
    {
        if (receiver.Lease.TryTake(out epoch))
        {
            return true;
        }

        if (!session.Channel.CanPoll)
        {
            return false;
        }

        // The reactor holds it for one poll at a time: ask it to leave.
        _ = Interlocked.Increment(ref _waiting);
        long start = Stopwatch.GetTimestamp();
        bool taken;
        do
        {
            Thread.SpinWait(4);
            taken = receiver.Lease.TryTake(out epoch);
        }
        while (!taken && Stopwatch.GetTimestamp() - start < LeaseWait);

        // A full fence: the reactor, which has left for the sake of this caller, looks once more after saying that it has.
        _ = Interlocked.Decrement(ref _waiting);
        return taken;
    }
}

/// <summary>The time that a thread has polled, told by counting polls: the clock, which costs as much as several, is read but now and then.</summary>
/// <param name="pollsPerLook">How many polls take about a microsecond.</param>
/// <param name="budget">For how long to poll, in <see cref="Stopwatch"/> ticks.</param>
/// <param name="call">For whose answer: its deadline begins with the first look.</param>
internal struct PollClock(int pollsPerLook, long budget, PendingCall call)
{
    private readonly int _pollsPerLook = pollsPerLook;
    private int _pollsLeft = pollsPerLook;
    private long _start;

    /// <summary>How long it was until the last look. An answer that came before the first one took about no time.</summary>
    public long Elapsed { get; private set; }

    /// <summary>A poll found nothing.</summary>
    /// <returns>Whether there is time for another one.</returns>
    public bool Tick()
    {
        if (budget == 0)
        {
            return false;
        }

        SpinHint.Give();
        return --_pollsLeft > 0 || Look();
    }

    private bool Look()
    {
        _pollsLeft = _pollsPerLook;
        long now = Stopwatch.GetTimestamp();
        if (_start == 0)
        {
            // A microsecond has passed before.
            call.BeginDeadline();
            _start = now - (Stopwatch.Frequency / 1_000_000);
        }

        Elapsed = now - _start;
        return Elapsed < budget;
    }
}
