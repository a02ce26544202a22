using System.Diagnostics;
using Contracts.Ipc.SharedMemory;

namespace Telemetry;

/// <summary>Publishes one sample after the other, as fast as it can.</summary>
internal static class Producer
{
    public static Rate Run(string name, CancellationToken stop)
    {
        // Who makes the segment also removes its name. Without the option it would stay in /dev/shm, for whoever opens it tomorrow.
        using var segment = SharedSegment<Sample>.Create(name, new SharedMemoryOptions { UnlinkOnDispose = true });
        Child.SayReady();

        long number = 0;
        var watch = Stopwatch.StartNew();
        while (!stop.IsCancellationRequested)
        {
            // All 120 bytes become visible at once. No reader is waited for, and none waits.
            segment.Write(Sample.Make(++number));
        }

        return new Rate(number, watch.Elapsed, Inconsistent: 0);
    }
}
