using System.Diagnostics;

namespace Contracts.Ipc.Benchmarks.Serializers;

/// <summary>Time and allocation of one operation.</summary>
internal readonly record struct Sample(double Nanoseconds, long Bytes);

/// <summary>
/// Measures two operations in alternating batches, so that whatever else the machine does meets both alike, and takes the medians. Batches
/// are shorter than a time slice of the scheduler, so that most of them run undisturbed even on a busy machine.
/// </summary>
internal static class Clock
{
    private const int Rounds = 501;
    private static readonly TimeSpan BatchTime = TimeSpan.FromMicroseconds(400);
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(700);

    public static (Sample First, Sample Second) Compare(Action first, Action second)
    {
        int firstBatch = Prepare(first);
        int secondBatch = Prepare(second);
        var firstTimes = new double[Rounds];
        var secondTimes = new double[Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            firstTimes[round] = Batch(first, firstBatch);
            secondTimes[round] = Batch(second, secondBatch);
        }

        return (new Sample(Median(firstTimes), Allocated(first)), new Sample(Median(secondTimes), Allocated(second)));
    }

    // Runs until the code is optimised and has its profile, and finds how many operations fill a batch.
    private static int Prepare(Action operation)
    {
        long count = 0;
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < WarmUp)
        {
            operation();
            count++;
        }

        return (int)Math.Max(1, count * BatchTime.Ticks / watch.Elapsed.Ticks);
    }

    private static double Batch(Action operation, int count)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < count; i++)
        {
            operation();
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / count;
    }

    private static long Allocated(Action operation)
    {
        const int Count = 100;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Count; i++)
        {
            operation();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / Count;
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
