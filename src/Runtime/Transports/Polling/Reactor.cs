using System.Collections.Concurrent;
using System.Diagnostics;

namespace Contracts.Ipc.Transports.Polling;

/// <summary>
/// The one thread of a process that waits for all channels: it polls those that are awake in turn, and sleeps when none is.
/// </summary>
/// <remarks>
/// <para>A sleep and a wake-up cost tens of microseconds, a poll a fraction of one; so a session stays awake, polled, for its budget after the
/// last thing that came, and only then is parked on an event. One thread polls them all: 64 busy connections cost one spinner.</para>
/// <para>Handlers run inline on this thread. The role of reactor is therefore not bound to a thread: when user code keeps the thread for too
/// long, <see cref="Replace"/> starts another one in its place, and the old one finds its turn lost (<see cref="ReactorThread"/>) and
/// ends. All fields without another remark belong to the thread that holds the role.</para>
/// </remarks>
internal sealed class Reactor
{
    /// <summary>What polls cost, in all, between two looks at the clock, which costs as much as several polls of a ring: some five microseconds.</summary>
    private const int CostBetweenLooks = 256;

    /// <summary>How long parked channels wait for their event while others are polled, at most: asking the kernel costs as much as many polls.</summary>
    private static readonly long WaitInterval = Stopwatch.Frequency / 40_000;

    private static readonly Lazy<Reactor> Instance = new(() => new Reactor());

    private readonly ReactorWait _wait = ReactorWait.Create();

    /// <summary>Sessions that want to be polled. Any thread adds; the reactor takes.</summary>
    private readonly ConcurrentQueue<IPolled> _woken = new();

    /// <summary>Set with each addition to <see cref="_woken"/>; spares the reactor a look at the queue.</summary>
    private bool _anyWoken;

    private readonly List<IPolled> _awake = [];

    /// <summary>1 while the reactor sleeps or is about to. Any thread resets it, and whoever does wakes the reactor.</summary>
    private int _asleep;

    /// <summary>Of polling all that are awake once.</summary>
    private int _cost;

    private ReactorThread? _currentThread;

    private Reactor() => Replace();

    /// <summary>The reactor of this process.</summary>
    internal static Reactor Shared => Instance.Value;

    /// <summary>Whether the reactor sleeps until an event: a hint, it may change at once.</summary>
    internal bool IsAsleep => Volatile.Read(ref _asleep) != 0;

    /// <summary>The present turn, for the watchdog.</summary>
    internal ReactorThread? CurrentThread => Volatile.Read(ref _currentThread);

    /// <summary>
    /// Registers a descriptor with the process-wide epoll. Nothing is reported until something is armed; a peer's end is reported with
    /// whatever is armed.
    /// </summary>
    internal ReactorRegistration Register(int descriptor, IReadinessHandler handler) => _wait.Register(descriptor, handler);

    /// <summary>As <see cref="Register"/>, for a descriptor whose end is always reported, and whose bytes as long as it is asked for.</summary>
    internal StandingRegistration RegisterStanding(int descriptor, IReadinessHandler handler) => _wait.RegisterStanding(descriptor, handler);

    /// <summary>From now on the session is polled. From any thread.</summary>
    internal void Awake(IPolled session)
    {
        _woken.Enqueue(session);
        Volatile.Write(ref _anyWoken, true);
        if (ReactorThread.Current is { IsOwner: true })
        {
            return;
        }

        // Full fence between the enqueue above and the read of _asleep in the exchange: pairs with the exchange in Sleep, after which the
        // queue is looked at once more. One of the two sees the other's store.
        if (Interlocked.Exchange(ref _asleep, 0) == 1)
        {
            _wait.Wake();
        }
    }

    /// <summary>Starts a thread in the place of one that lost its turn.</summary>
    internal void Replace()
    {
        var turn = new ReactorThread(this);
        Volatile.Write(ref _currentThread, turn);
        var thread = new Thread(Run) { IsBackground = true, Name = "Contracts.Ipc reactor" };
        thread.UnsafeStart(turn);
    }

    private void Run(object? state)
    {
        var turn = (ReactorThread)state!;
        turn.Begin();
        try
        {
            Loop(turn);
        }
        finally
        {
            ReactorThread.End();
        }
    }

    private void Loop(ReactorThread turn)
    {
        var window = new PollingWindow();
        long lastWait = 0;
        int cost = 0;
        bool progress = false;
        bool isFresh = true;
        while (true)
        {
            if (Volatile.Read(ref _anyWoken))
            {
                TakeWoken();
            }

            PollResult result = PollAwake(turn);
            if (result == PollResult.Overtaken)
            {
                return;
            }

            if (result == PollResult.Progress)
            {
                progress = true;
                isFresh = true;
            }
            else if (isFresh)
            {
                // The first poll that found nothing: where nobody wants to be polled on, it was the last.
                isFresh = false;
                cost = Budget() == TimeSpan.Zero ? CostBetweenLooks : cost;
            }

            if (result != PollResult.Progress)
            {
                SpinHint.Give();
            }

            cost += _cost;
            if (cost < CostBetweenLooks && _cost > 0)
            {
                continue;
            }

            long now = Stopwatch.GetTimestamp();
            cost = 0;
            if (progress)
            {
                window.OnProgress(now);
                progress = false;
            }

            if (result != PollResult.Progress && !window.IsOpen(now, Budget()))
            {
                Park();
                Sleep();
                now = Stopwatch.GetTimestamp();
                window.OnAwoken(now);
                lastWait = now;
                isFresh = true;
            }

            if (now - lastWait > WaitInterval)
            {
                lastWait = now;
                _wait.Wait(0);
            }
        }
    }

    /// <summary>How long the most patient of the awake sessions wants to be polled on.</summary>
    private TimeSpan Budget()
    {
        TimeSpan budget = TimeSpan.Zero;
        foreach (IPolled session in _awake)
        {
            budget = session.PollingBudget > budget ? session.PollingBudget : budget;
        }

        return budget;
    }

    /// <summary>Polls every awake session once.</summary>
    /// <param name="turn">The calling thread's turn.</param>
    /// <returns>Progress if one of them had something.</returns>
    private PollResult PollAwake(ReactorThread turn)
    {
        PollResult result = PollResult.Idle;
        for (int i = _awake.Count - 1; i >= 0; i--)
        {
            IPolled session = _awake[i];
            switch (session.Poll(turn))
            {
                case PollResult.Overtaken:
                    return PollResult.Overtaken;
                case PollResult.Leave:
                    session.IsAwake = false;
                    _cost -= session.PollCost;
                    _awake.RemoveAt(i);
                    break;
                case PollResult.Progress:
                    result = PollResult.Progress;
                    break;
            }
        }

        return result;
    }

    private void TakeWoken()
    {
        // Before the look: what is added from now on sets it again. A full fence, as the enqueue that precedes the flag is one.
        _ = Interlocked.Exchange(ref _anyWoken, false);
        while (_woken.TryDequeue(out IPolled? session))
        {
            if (!session.IsAwake)
            {
                session.IsAwake = true;
                _cost += session.PollCost;
                _awake.Add(session);
            }
        }
    }

    private void Park()
    {
        foreach (IPolled session in _awake)
        {
            session.IsAwake = false;
            session.Park();
        }

        _awake.Clear();
        _cost = 0;
    }

    private void Sleep()
    {
        _ = Interlocked.Exchange(ref _asleep, 1);
        if (_woken.IsEmpty)
        {
            _wait.Wait(Timeout.Infinite);
        }

        Volatile.Write(ref _asleep, 0);
    }
}
