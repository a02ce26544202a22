using System.Diagnostics;

namespace Contracts.Ipc.Transports.Polling;

/// <summary>How long the reactor goes on polling after the last thing that came. Times are <see cref="Stopwatch"/> timestamps.</summary>
/// <remarks>
/// What comes after a long silence mostly comes alone. Then only a part of the budget is spent on waiting for a second message, until one
/// has come soon after the first.
/// </remarks>
internal struct PollingWindow()
{
    private const int ColdShare = 4;

    private static readonly TimeSpan ColdAfter = TimeSpan.FromMicroseconds(500);

    private long _lastProgress = Stopwatch.GetTimestamp();
    private bool _isCold;
    private bool _isFirst;

    /// <summary>Something came since the last look at the clock.</summary>
    internal void OnProgress(long now)
    {
        _lastProgress = now;
        _isCold &= _isFirst;
        _isFirst = false;
    }

    /// <summary>The reactor has slept.</summary>
    internal void OnAwoken(long now)
    {
        _isCold = Stopwatch.GetElapsedTime(_lastProgress, now) > ColdAfter;
        _isFirst = true;
        _lastProgress = now;
    }

    /// <summary>Whether polling goes on.</summary>
    /// <param name="now">The time.</param>
    /// <param name="budget">What the sessions that are awake ask for.</param>
    internal readonly bool IsOpen(long now, TimeSpan budget)
        => budget > TimeSpan.Zero && Stopwatch.GetElapsedTime(_lastProgress, now) < (_isCold ? budget / ColdShare : budget);
}
