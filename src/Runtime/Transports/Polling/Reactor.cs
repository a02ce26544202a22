using System.Collections.Concurrent;

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
    private const int PollsBetweenWaits = 16;

    private static readonly Lazy<Reactor> Instance = new(() => new Reactor());

    private readonly ReactorWait _wait = ReactorWait.Create();

    /// <summary>Sessions that want to be polled. Any thread adds; the reactor takes.</summary>
    private readonly ConcurrentQueue<IPolled> _woken = new();

    private readonly List<IPolled> _awake = [];

    /// <summary>1 while the reactor sleeps or is about to. Any thread resets it, and whoever does wakes the reactor.</summary>
    private int _asleep;

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

    /// <summary>From now on the session is polled. From any thread.</summary>
    internal void Awake(IPolled session)
    {
        _woken.Enqueue(session);
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
        int polls = 0;
        while (true)
        {
            TakeWoken();
            switch (PollAwake(turn, out TimeSpan budget))
            {
                case PollResult.Overtaken:
                    return;
                case PollResult.Progress:
                    window.OnProgress();
                    break;
                default:
                    if (!window.IsOpen(budget))
                    {
                        Park();
                        Sleep();
                        window.OnAwoken();
                    }

                    break;
            }

            if (++polls % PollsBetweenWaits == 0)
            {
                _wait.Wait(0);
            }
        }
    }

    /// <summary>Polls every awake session once.</summary>
    /// <param name="turn">The calling thread's turn.</param>
    /// <param name="budget">How long the most patient of them wants to be polled on.</param>
    /// <returns>Progress if one of them had something.</returns>
    private PollResult PollAwake(ReactorThread turn, out TimeSpan budget)
    {
        PollResult result = PollResult.Idle;
        budget = TimeSpan.Zero;
        for (int i = _awake.Count - 1; i >= 0; i--)
        {
            IPolled session = _awake[i];
            switch (session.Poll(turn))
            {
                case PollResult.Overtaken:
                    return PollResult.Overtaken;
                case PollResult.Leave:
                    session.IsAwake = false;
                    _awake.RemoveAt(i);
                    break;
                case PollResult.Progress:
                    result = PollResult.Progress;
                    break;
                default:
                    budget = session.PollingBudget > budget ? session.PollingBudget : budget;
                    break;
            }
        }

        return result;
    }

    private void TakeWoken()
    {
        while (_woken.TryDequeue(out IPolled? session))
        {
            if (!session.IsAwake)
            {
                session.IsAwake = true;
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
