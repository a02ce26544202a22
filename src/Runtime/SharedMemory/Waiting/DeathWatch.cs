using Contracts.Ipc.Native;

namespace Contracts.Ipc.SharedMemory.Waiting;

/// <summary>
/// Ends a wait when one of some processes ends: those that hold what the wait is for, and will not give it back any more.
/// </summary>
/// <remarks>The kernel tells (pidfd), so nobody looks at clocks. Where it cannot, <see cref="Earlier"/> makes the waiter look twenty times a second.</remarks>
internal sealed class DeathWatch : IDisposable
{
    private const long Slice = 50_000_000;

    private readonly CancellationTokenSource _death = new();
    private CancellationTokenSource? _both;
    private bool _cannotTell;

    private DeathWatch()
    {
    }

    /// <summary>One of them has ended already.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Begins to watch. From here on no end of a process is missed.</summary>
    /// <param name="processes">Whom; this process among them is passed over, as it does not outlive its own wait.</param>
    /// <returns>Null if there is nobody to watch.</returns>
    public static DeathWatch? Begin(IEnumerable<ProcessIdentity> processes)
    {
        DeathWatch? watch = null;
        foreach (ProcessIdentity process in processes.Where(static process => process != ProcessIdentity.Current).Distinct())
        {
            watch ??= new DeathWatch();
            switch (DeathMonitor.Shared.Watch(process, watch))
            {
                case Pulse.Ended:
                    watch.IsOver = true;
                    return watch;
                case Pulse.Unknown:
                    watch._cannotTell = true;
                    watch.IsOver = !process.IsAlive();
                    break;
                default:
                    break;
            }
        }

        return watch;
    }

    /// <summary>A token for the wait: cancelled by the caller's or by an end.</summary>
    public CancellationToken Follow(CancellationToken token)
    {
        if (!token.CanBeCanceled)
        {
            return _death.Token;
        }

        _both = CancellationTokenSource.CreateLinkedTokenSource(token, _death.Token);
        return _both.Token;
    }

    /// <summary>A deadline for the wait.</summary>
    public long Earlier(long deadline) => _cannotTell ? Math.Min(deadline, WaitTime.Now + Slice) : deadline;

    /// <summary>Whether a wait has ended for good. A watched process that ended looks like a cancellation, and a look at its pulse like a timeout; neither is one.</summary>
    public static bool IsFinal(WaitOutcome outcome, long deadline, CancellationToken token) => outcome switch
    {
        WaitOutcome.Changed => false,
        WaitOutcome.TimedOut => deadline <= WaitTime.Now,
        WaitOutcome.Cancelled => token.IsCancellationRequested,
        _ => true,
    };

    /// <summary>One of them has ended.</summary>
    public void OnDeath() => _death.Cancel();

    public void Dispose()
    {
        DeathMonitor.Shared.Forget(this);
        _both?.Dispose();
        // _death is not disposed: the monitor may be about to cancel it, and it holds nothing.
    }
}

/// <summary>What is known of a process.</summary>
internal enum Pulse
{
    /// <summary>It runs and is watched.</summary>
    Beating,

    /// <summary>It has ended.</summary>
    Ended,

    /// <summary>The kernel cannot tell, or has no descriptor left.</summary>
    Unknown,
}
