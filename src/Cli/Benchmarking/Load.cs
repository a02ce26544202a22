using System.Diagnostics;

namespace Contracts.Ipc.Cli.Benchmarking;

/// <summary>Calls one method again and again for some time, from several callers at once, and measures each call.</summary>
/// <param name="call">The call.</param>
/// <param name="concurrency">How many callers.</param>
internal sealed class Load(Func<CancellationToken, ValueTask> call, int concurrency)
{
    /// <summary>Runs it.</summary>
    /// <param name="time">For how long.</param>
    /// <param name="cancellationToken">Ends it early; what was measured so far counts.</param>
    public async Task<LoadResult> RunAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        var histograms = new LatencyHistogram[concurrency];
        long begin = Stopwatch.GetTimestamp();
        long end = begin + (long)(time.TotalSeconds * Stopwatch.Frequency);
        await Task.WhenAll(Enumerable.Range(0, concurrency).Select(number => Task.Run(() => RepeatAsync(histograms[number] = new LatencyHistogram(), end, cancellationToken), cancellationToken)));
        TimeSpan taken = Stopwatch.GetElapsedTime(begin);

        var all = new LatencyHistogram();
        foreach (LatencyHistogram histogram in histograms)
        {
            all.Add(histogram);
        }

        return new LoadResult(all, taken);
    }

    // One clock reading for each call: its end is the beginning of the next.
    private async Task RepeatAsync(LatencyHistogram histogram, long end, CancellationToken cancellationToken)
    {
        long begin = Stopwatch.GetTimestamp();
        while (begin < end && !cancellationToken.IsCancellationRequested)
        {
            // Without the token: a call that can be cancelled costs more, and calls end by themselves.
            await call(CancellationToken.None);
            long now = Stopwatch.GetTimestamp();
            histogram.AddTicks(now - begin);
            begin = now;
        }
    }
}

/// <summary>What a load has measured.</summary>
/// <param name="Latency">All calls.</param>
/// <param name="Taken">How long it took.</param>
internal sealed record LoadResult(LatencyHistogram Latency, TimeSpan Taken);
