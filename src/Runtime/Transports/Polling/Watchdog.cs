namespace Contracts.Ipc.Transports.Polling;

/// <summary>Something with deadlines: a session.</summary>
internal interface ITicked
{
    /// <summary>When <see cref="OnTick"/> is due, in <see cref="Environment.TickCount64"/>; <see cref="long.MaxValue"/> for never.</summary>
    long NextDue { get; }

    /// <summary>Does what is due and sets <see cref="NextDue"/> anew. Runs no user code and never blocks.</summary>
    void OnTick(long now);
}

/// <summary>
/// The clock of the process: one thread that ticks every two milliseconds while something is active and otherwise sleeps until the earliest
/// deadline. It takes the reactor's role from handlers that keep it, and drives deadlines and lingering.
/// </summary>
/// <remarks>An own thread, because a timer's callback would wait for the thread pool just when the pool is blocked, and a
/// <see cref="Timer"/> at this rate costs several times as much.</remarks>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "Lives as long as the process.")]
internal sealed class Watchdog
{
    /// <summary>
    /// Between ticks. Each one interrupts a call that is under way; at two milliseconds that is fewer than one call in two hundred.
    /// </summary>
    internal const int TickMilliseconds = 2;

    /// <summary>How many whole ticks user code may keep the reactor.</summary>
    private const int TicksAllowed = 3;

    /// <summary>Between ticks while no user code runs: a handler that begins is noticed that much later.</summary>
    internal const int IdleTickMilliseconds = 5;

    /// <summary>Ticks without user code until the thread sleeps.</summary>
    private const int QuietTicks = 4;

    private static readonly Lazy<Watchdog> Instance = new(() => new Watchdog());

    private readonly Lock _gate = new();
    private readonly AutoResetEvent _wake = new(false);
    private ITicked[] _ticked = [];

    /// <summary>Whether the thread ticks.</summary>
    private volatile bool _ticking;

    /// <summary>Until when it sleeps; <see cref="long.MinValue"/> while it does not.</summary>
    private long _sleepsUntil = long.MinValue;

    private Watchdog()
    {
        var thread = new Thread(Run) { IsBackground = true, Name = "Contracts.Ipc watchdog" };
        thread.UnsafeStart();
    }

    internal static Watchdog Shared => Instance.Value;

    internal void Add(ITicked ticked)
    {
        lock (_gate)
        {
            _ticked = [.. _ticked, ticked];
        }
    }

    internal void Remove(ITicked ticked)
    {
        lock (_gate)
        {
            _ticked = Array.FindAll(_ticked, other => !ReferenceEquals(other, ticked));
        }
    }

    /// <summary>User code runs on the reactor: tick.</summary>
    internal void KeepTicking()
    {
        if (!_ticking)
        {
            _ticking = true;
            _ = _wake.Set();
        }
    }

    /// <summary>Something has become due at <paramref name="due"/>.</summary>
    internal void Expect(long due)
    {
        // The caller has stored its NextDue before; the thread stores _sleepsUntil before it looks at all NextDue once more.
        Interlocked.MemoryBarrier();
        if (due < Volatile.Read(ref _sleepsUntil))
        {
            _ = _wake.Set();
        }
    }

    private void Run()
    {
        int quiet = 0;
        long expected = long.MaxValue;
        while (true)
        {
            long now = Environment.TickCount64;
            bool inUserCode = Reactor.Shared.CurrentThread?.Observe(now, TicksAllowed, isPunctual: now <= expected) == true;
            long next = RunDue(now);
            if (inUserCode || next <= now + TickMilliseconds)
            {
                quiet = 0;
                expected = Pause(now, TickMilliseconds);
            }
            else if (++quiet <= QuietTicks)
            {
                expected = Pause(now, (int)Math.Min(IdleTickMilliseconds, next - now));
            }
            else
            {
                Sleep();
                quiet = 0;
                expected = long.MaxValue;
            }
        }
    }

    /// <returns>When the next tick comes at the latest if this thread gets a processor when it wants one.</returns>
    private static long Pause(long now, int milliseconds)
    {
        Thread.Sleep(milliseconds);
        return now + milliseconds + (2 * TickMilliseconds);
    }

    private void Sleep()
    {
        _ticking = false;

        // From here on everyone who sets a due time signals the event; so whatever the look below misses ends the wait.
        Volatile.Write(ref _sleepsUntil, long.MaxValue);
        Interlocked.MemoryBarrier();
        long until = Earliest();
        Volatile.Write(ref _sleepsUntil, until);
        if (!_ticking)
        {
            long wait = until == long.MaxValue ? -1 : Math.Clamp(until - Environment.TickCount64, 0, int.MaxValue);
            _ = _wake.WaitOne((int)wait);
        }

        Volatile.Write(ref _sleepsUntil, long.MinValue);
    }

    private long RunDue(long now)
    {
        long next = long.MaxValue;
        foreach (ITicked ticked in _ticked)
        {
            if (ticked.NextDue <= now)
            {
                ticked.OnTick(now);
            }

            next = Math.Min(next, ticked.NextDue);
        }

        return next;
    }

    private long Earliest()
    {
        long next = long.MaxValue;
        foreach (ITicked ticked in _ticked)
        {
            next = Math.Min(next, ticked.NextDue);
        }

        return next;
    }
}
