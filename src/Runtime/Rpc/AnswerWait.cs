using System.Diagnostics;
using Contracts.Ipc.CompilerServices;
using Contracts.Ipc.Transports;

namespace Contracts.Ipc.Rpc;

/// <summary>
/// How a caller waits for its answer on its own thread: polling for as long as that pays, then, if it may block, asleep in the channel.
/// </summary>
/// <remarks>While it waits it holds the receive lease and receives for everybody, but runs nobody's code: answers of others are stored,
/// calls of the peer go to the thread pool.</remarks>
internal sealed class AnswerWait(Session session, Receiver receiver, TimeSpan pollingBudget)
{
    /// <summary>The clock is read once in so many polls.</summary>
    private const int PollsBetweenLooks = 4;

    /// <summary>How long a caller tries to get the lease from the reactor, which holds it for a poll at a time.</summary>
    private static readonly long LeaseWait = Stopwatch.Frequency / 100_000;

    [ThreadStatic]
    private static ReceivePass? _spare;

    private readonly PollBudget _budget = new(pollingBudget);
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
        long start = Stopwatch.GetTimestamp();
        ReceiveStatus status;
        int polls = 0;
        do
        {
            status = receiver.Receive(pass);
        }
        while (!pass.HasOwnAnswer && status != ReceiveStatus.Closed && IsWithin(budget, start, ++polls));

        bool answered = pass.HasOwnAnswer;
        Learn(method, answered, start);
        End(pass, status);
        return answered;
    }

    /// <summary>Blocks the calling thread until a synchronous call is done: receiving if the lease is free, else asleep.</summary>
    internal void WaitFor(PendingCall call)
    {
        if (!TryTakeLease(out int epoch))
        {
            receiver.Attend();
            call.Sleep();
            return;
        }

        IpcMethod method = call.Method;
        long budget = BudgetFor(method);
        ReceivePass pass = Begin(call, epoch);
        long start = Stopwatch.GetTimestamp();
        ReceiveStatus status = ReceiveStatus.Empty;
        int polls = 0;
        bool slept = false;
        while (!call.IsDone && status != ReceiveStatus.Closed)
        {
            status = receiver.Receive(pass);
            if (status == ReceiveStatus.Empty && !IsWithin(budget, start, ++polls) && call.BeginReceiving())
            {
                // Whoever completes the call now interrupts this: its deadline, its token, the end of the connection.
                slept = true;
                _ = session.Channel.WaitReadable(Timeout.Infinite);
                call.EndReceiving();
            }
        }

        if (budget > 0)
        {
            Learn(method, !slept, start);
        }

        End(pass, status);
        if (!call.IsDone)
        {
            call.Sleep();
        }
    }

    private static bool IsWithin(long budget, long start, int polls)
        => budget > 0 && (polls % PollsBetweenLooks != 0 || Stopwatch.GetTimestamp() - start < budget);

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
