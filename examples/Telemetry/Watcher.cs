using System.Diagnostics;
using Contracts.Ipc.SharedMemory;

namespace Telemetry;

/// <summary>Sleeps until there is something new, and looks at that. For who wants to know every change soon, and to use no processor between changes.</summary>
internal static class Watcher
{
    public static Rate Run(string name, CancellationToken stop)
    {
        using var segment = SharedSegment<Sample>.OpenReadOnly(name);
        Child.SayReady();

        long changes = 0, inconsistent = 0;
        var watch = Stopwatch.StartNew();
        _ = segment.Read(out long version);
        try
        {
            while (!stop.IsCancellationRequested)
            {
                // The version says what has been seen already: a change between Read and WaitForChange is not slept through.
                segment.WaitForChange(version, Timeout.InfiniteTimeSpan, stop);
                Sample sample = segment.Read(out version);
                changes++;
                if (!sample.IsWhole)
                {
                    inconsistent++;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Time to go, while nothing changed.
        }

        return new Rate(changes, watch.Elapsed, inconsistent);
    }
}
