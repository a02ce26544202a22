using System.Diagnostics;

namespace Quickstart;

/// <summary>How long a call takes over one transport.</summary>
internal sealed record RoundTrips(string Transport, TimeSpan Median, TimeSpan Percentile99)
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Measured = TimeSpan.FromMilliseconds(500);

    /// <summary>Calls back to back, first until the code is compiled for speed, then with a clock.</summary>
    public static async Task<RoundTrips> MeasureAsync(string transport, ICalculator calculator)
    {
        _ = await CallForAsync(WarmUp, calculator);
        List<TimeSpan> times = await CallForAsync(Measured, calculator);
        times.Sort();
        return new RoundTrips(transport, times[times.Count / 2], times[times.Count * 99 / 100]);
    }

    public static void Print(IEnumerable<RoundTrips> rows)
    {
        Console.WriteLine("Round trip of AddAsync, microseconds");
        Console.WriteLine($"  {"transport",-14}{"p50",8}{"p99",8}");
        foreach (RoundTrips row in rows)
        {
            Console.WriteLine($"  {row.Transport,-14}{row.Median.TotalMicroseconds,8:0.0}{row.Percentile99.TotalMicroseconds,8:0.0}");
        }
    }

    private static async Task<List<TimeSpan>> CallForAsync(TimeSpan duration, ICalculator calculator)
    {
        var times = new List<TimeSpan>(capacity: 100_000);
        long begin = Stopwatch.GetTimestamp();
        do
        {
            long started = Stopwatch.GetTimestamp();
            _ = await calculator.AddAsync(2, 3);
            times.Add(Stopwatch.GetElapsedTime(started));
        }
        while (Stopwatch.GetElapsedTime(begin) < duration);
        return times;
    }
}
