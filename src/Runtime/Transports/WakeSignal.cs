using System.Diagnostics;

namespace Contracts.Ipc.Transports;

/// <summary>
/// Where a thread sleeps until its channel has something, for channels that no descriptor announces. <see cref="FrameChannel.WaitReadable"/>
/// and <see cref="FrameChannel.Interrupt"/> are made of it.
/// </summary>
internal sealed class WakeSignal
{
    private readonly object _gate = new();
    private bool _interrupted;

    /// <summary>Sleeps until the condition holds, somebody interrupts, or time is up. The condition runs under the lock; keep it small.</summary>
    /// <returns>False when the time passed.</returns>
    public bool Wait(int milliseconds, Func<bool> condition)
    {
        long started = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            while (!_interrupted && !condition())
            {
                int remaining = milliseconds < 0
                    ? Timeout.Infinite
                    : milliseconds - (int)Math.Min(milliseconds, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                if (remaining == 0)
                {
                    return false;
                }

                _ = Monitor.Wait(_gate, remaining);
            }

            _interrupted = false;
            return true;
        }
    }

    /// <summary>Makes a sleeper look at its condition again. Call after what the condition reads was changed.</summary>
    public void Set()
    {
        lock (_gate)
        {
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Ends the current or the next wait.</summary>
    public void Interrupt()
    {
        lock (_gate)
        {
            _interrupted = true;
            Monitor.PulseAll(_gate);
        }
    }
}
