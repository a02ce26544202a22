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
/// long, <see cref="Succeed"/> starts another one in its place, and the old one finds its turn lost (<see cref="ReactorThread"/>) and
/// ends. All fields without another remark belong to the thread that holds the role.</para>
/// <para>While the reactor's own thread sleeps in epoll, the role is free. A thread that sleeps elsewhere, on what epoll cannot watch, takes it when it is
/// woken (<see cref="Visit"/>) and gives it back when the polling ends: so what came there is served without a second wake-up. The reactor's own thread
/// sleeps on meanwhile; should an event wake it, it hands that out and leaves the rest to the visitor.</para>
/// </remarks>
internal sealed class Reactor
{
    /// <summary>What polls cost, in all, between two looks at the clock, which costs as much as several polls of a ring: some five microseconds.</summary>
    private const int CostBetweenLooks = 256;

    /// <summary>How long parked channels wait for their event while others are polled, at most: asking the kernel costs as much as many polls.</summary>
    private static readonly long WaitInterval = Stopwatch.Frequency / 40_000;

    /// <summary>Nobody has the role: the reactor's own thread sleeps or is about to.</summary>
    private const int Free = 0;

    /// <summary>A thread has the role.</summary>
    private const int Held = 1;

    /// <summary>The reactor's own thread has been woken to take the role. Only whoever sets this wakes it.</summary>
    private const int Called = 2;

    private static readonly Lazy<Reactor> Instance = new(() => new Reactor());

    private readonly ReactorWait _wait = ReactorWait.Create();

    /// <summary>Sessions that want to be polled. Any thread adds; the reactor takes.</summary>
    private readonly ConcurrentQueue<IPolled> _woken = new();

    /// <summary>Set with each addition to <see cref="_woken"/>; spares the reactor a look at the queue.</summary>
    private bool _anyWoken;

    private readonly List<IPolled> _awake = [];

    /// <summary>One of the three values below.</summary>
    private int _role = Held;

    /// <summary>Of polling all that are awake once.</summary>
    private int _cost;

    private PollingWindow _window = new();

    private ReactorThread? _currentThread;

    private Reactor() => StartOwnThread();

    /// <summary>The reactor of this process.</summary>
    internal static Reactor Shared => Instance.Value;

    /// <summary>Whether the reactor sleeps until an event: a hint, it may change at once.</summary>
    internal bool IsAsleep => Volatile.Read(ref _role) == Free;

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

        // Full fence between the enqueue above and the read of the role in the exchange: pairs with the exchange in LetGo, after which the
        // queue is looked at once more. One of the two sees the other's store.
        if (Interlocked.CompareExchange(ref _role, Called, Free) == Free)
        {
            _wait.Wake();
        }
    }

    /// <summary>
    /// What the calling thread has waited for is there: hands it out, as the reactor if the role is free, and then polls whatever is awake until there is nothing
    /// to poll any more.
    /// </summary>
    /// <param name="turn">Of the calling thread; good until it is lost.</param>
    /// <param name="handler">Is told that it is ready.</param>
    internal void Visit(ReactorThread turn, IReadinessHandler handler)
    {
        if (!TryTake(turn, Free))
        {
            // Whoever has the role, or has been called to take it, finds what this wakes.
            handler.OnReady(Readiness.Readable);
            return;
        }

        _window.OnAwoken(Stopwatch.GetTimestamp());
        handler.OnReady(Readiness.Readable);
        Loop(turn);
        ReactorThread.End();
    }

    /// <summary>A thread has lost its turn: another one takes the role.</summary>
    internal void Succeed(ReactorThread lost)
    {
        if (!lost.IsVisitor)
        {
            StartOwnThread();
            return;
        }

        lost.TellVisitor();
        Volatile.Write(ref _role, Called);
        _wait.Wake();
    }

    private void StartOwnThread()
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

    /// <summary>Polls until the turn is lost; a visitor's ends also when there is nothing to poll any more.</summary>
    private void Loop(ReactorThread turn)
    {
        long lastWait = Stopwatch.GetTimestamp();
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
                _window.OnProgress(now);
                progress = false;
            }

            if (result != PollResult.Progress && !_window.IsOpen(now, Budget()))
            {
                Park();
                if (!Rest(turn))
                {
                    return;
                }

                now = Stopwatch.GetTimestamp();
                _window.OnAwoken(now);
                lastWait = now;
                isFresh = true;
            }

            // While a visitor polls, the reactor's own thread waits for these.
            if (now - lastWait > WaitInterval && !turn.IsVisitor)
            {
                lastWait = now;
                _wait.Wait(0);
                _wait.HandOut();
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

    /// <summary>Nothing is to be polled.</summary>
    /// <returns>Whether the calling thread has the role again, with something to do; a visitor may have to go.</returns>
    private bool Rest(ReactorThread turn)
    {
        // From here on what this thread hands out must wake whoever takes the role.
        ReactorThread.End();
        _ = Interlocked.Exchange(ref _role, Free);
        if (!_woken.IsEmpty && TryTake(turn, Free))
        {
            return true;
        }

        if (turn.IsVisitor)
        {
            return false;
        }

        bool taken;
        do
        {
            _wait.Wait(Timeout.Infinite);

            // Before the events are handed out: who has the role needs no wake-up for what they wake.
            taken = TryTake(turn, Free) || TryTake(turn, Called);
            _wait.HandOut();
        }
        while (!taken);

        return true;
    }

    private bool TryTake(ReactorThread turn, int from)
    {
        if (Interlocked.CompareExchange(ref _role, Held, from) != from)
        {
            return false;
        }

        Volatile.Write(ref _currentThread, turn);
        turn.Begin();
        return true;
    }
}
