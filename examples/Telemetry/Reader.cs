using System.Diagnostics;
using Contracts.Ipc.SharedMemory;

namespace Telemetry;

/// <summary>Copies the newest sample as often as it can, and checks every copy. reader.c does the same in C.</summary>
internal static class Reader
{
    public static Rate Run(string name, CancellationToken stop)
    {
        // The memory is mapped so that this process cannot write it.
        using var segment = SharedSegment<Sample>.OpenReadOnly(name);
        Child.SayReady();

        long reads = 0, inconsistent = 0, newest = 0;
        var watch = Stopwatch.StartNew();
        while (!stop.IsCancellationRequested)
        {
            Sample sample = segment.Read();
            reads++;
            if (!sample.IsWhole || sample.Number < newest)
            {
                inconsistent++;
            }

            newest = sample.Number;
        }

        return new Rate(reads, watch.Elapsed, inconsistent);
    }
}
