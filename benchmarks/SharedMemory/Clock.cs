using System.Diagnostics;

namespace Contracts.Ipc.Benchmarks.SharedMemory;

/// <summary>
/// Times operations of nanoseconds in batches shorter than a time slice of the scheduler, so that most batches run undisturbed even on a busy machine.
/// </summary>
internal static class Clock
{
    private const int Batches = 301;
    private static readonly TimeSpan BatchTime = TimeSpan.FromMicroseconds(200);
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(300);

    /// <param name="name">Of what.</param>
    /// <param name="operation">Does it so often as its argument says.</param>
    /// <returns>The median of all batches.</returns>
    public static Figure Median(string name, Action<int> operation)
    {
        int batch = Prepare(operation);
        var times = new double[Batches];
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Batches; i++)
        {
            long start = Stopwatch.GetTimestamp();
            operation(batch);
            times[i] = Stopwatch.GetElapsedTime(start).TotalNanoseconds / batch;
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Array.Sort(times);
        return new Figure(name, times[Batches / 2], (double)allocated / Batches / batch);
    }

    /// <param name="name">Of what.</param>
    /// <param name="operation">Does it a few times, and says how often.</param>
    /// <returns>The mean: the right figure where fast and slow operations take turns, as they do when two processors pull at a cache line.</returns>
    public static Figure Mean(string name, Func<int> operation)
    {
        _ = Run(operation, WarmUp + WarmUp);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        long count = Run(operation, WarmUp);
        double nanoseconds = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        return new Figure(name, nanoseconds / count, (double)allocated / count);
    }

    // Runs until the code is compiled for good, and finds how many operations fill a batch. In processor time: compiling takes its share of this processor, and
    // on a busy machine there is less of it.
    private static int Prepare(Action<int> operation)
    {
        const int Few = 1000;
        TimeSpan begin = Environment.CpuUsage.TotalTime;
        long start;
        do
        {
            start = Stopwatch.GetTimestamp();
            operation(Few);
        }
        while (Environment.CpuUsage.TotalTime - begin < WarmUp);

        return (int)Math.Max(1, Few * BatchTime.Ticks / Math.Max(1, Stopwatch.GetElapsedTime(start).Ticks));
    }

    private static long Run(Func<int> operation, TimeSpan time)
    {
        long count = 0;
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            count += operation();
        }

        return count;
    }
}
