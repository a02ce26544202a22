using System.Diagnostics;

namespace Contracts.Ipc.SharedMemory.Waiting;

/// <summary>Deadlines as the kernel takes them: nanoseconds of CLOCK_MONOTONIC, which is what <see cref="Stopwatch"/> counts on Linux.</summary>
internal static class WaitTime
{
    /// <summary>The deadline of a wait that only an event or a token ends.</summary>
    public const long Never = long.MaxValue;

    /// <summary>The deadline of what does not wait. In the past, whenever one looks.</summary>
    public const long AtOnce = 0;

    /// <summary>Refuses what <see cref="Until"/> would, without reading the clock.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative and not infinite.</exception>
    public static void Check(TimeSpan timeout)
    {
        if (timeout != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
        }
    }

    /// <summary>When a wait that begins now is over.</summary>
    /// <param name="timeout">Zero: <see cref="AtOnce"/>. <see cref="Timeout.InfiniteTimeSpan"/>: never.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative and not infinite.</exception>
    public static long Until(TimeSpan timeout)
    {
        if (timeout == Timeout.InfiniteTimeSpan)
        {
            return Never;
        }

        if (timeout == TimeSpan.Zero)
        {
            return AtOnce;
        }

        Check(timeout);
        long now = Now;
        return timeout.Ticks < (Never - now) / TimeSpan.NanosecondsPerTick ? now + (timeout.Ticks * TimeSpan.NanosecondsPerTick) : Never;
    }

    /// <summary>The clock of the deadlines.</summary>
    public static long Now => Stopwatch.GetTimestamp();

    /// <summary>What is left until <paramref name="deadline"/>, for waits of the runtime; at most what those accept.</summary>
    public static TimeSpan Left(long deadline)
    {
        if (deadline == Never)
        {
            return Timeout.InfiniteTimeSpan;
        }

        long milliseconds = Math.Max(deadline - Now + 999_999, 0) / 1_000_000;
        return TimeSpan.FromMilliseconds(Math.Min(milliseconds, int.MaxValue));
    }
}
