using System.Diagnostics;
using Contracts.Ipc.Benchmarks.RoundTrip.Processes;

namespace Contracts.Ipc.Benchmarks.RoundTrip.Workloads;

/// <summary>What the client does: prepares, warms up, and runs for a while between two looks at what both processes have used.</summary>
internal abstract class Workload
{
    private static readonly TimeSpan WarmUpPiece = TimeSpan.FromMilliseconds(20);

    public async Task<Measurement> RunAsync(Peer peer, Timing timing)
    {
        var samples = new Samples();
        await PrepareAsync(peer).ConfigureAwait(false);
        await WarmUpAsync(samples, timing.WarmUp).ConfigureAwait(false);

        // Taken twice: the difference is what looking costs, and is taken off.
        GC.Collect();
        samples.Clear();
        Usage serverIdle = peer.ServerUsage();
        Usage serverBefore = peer.ServerUsage();
        Usage clientIdle = Usage.OfThisProcess();
        Usage clientBefore = Usage.OfThisProcess();
        long start = Stopwatch.GetTimestamp();
        long calls = await RunAsync(samples, timing.Measured).ConfigureAwait(false);
        double microseconds = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        Usage client = Usage.OfThisProcess() - clientBefore - (clientBefore - clientIdle);
        Usage server = peer.ServerUsage() - serverBefore - (serverBefore - serverIdle);
        samples.Sort();
        double perCall = Math.Max(calls, 1);
        return new Measurement
        {
            Calls = calls,
            P50 = samples.Percentile(.5),
            P99 = samples.Percentile(.99),
            P999 = samples.Percentile(.999),
            CallsPerSecond = calls * 1e6 / microseconds,
            ClientBytes = client.AllocatedBytes / perCall,
            ServerBytes = server.AllocatedBytes / perCall,
            ClientCpu = client.CpuMicroseconds / perCall,
            ServerCpu = server.CpuMicroseconds / perCall,
            ClientLoad = 100 * client.CpuMicroseconds / microseconds,
            ServerLoad = 100 * server.CpuMicroseconds / microseconds,
        };
    }

    protected abstract Task PrepareAsync(Peer peer);

    /// <summary>In pieces, so that the loops around the calls are also called often enough to be compiled for good.</summary>
    protected virtual async Task WarmUpAsync(Samples samples, TimeSpan time)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < time)
        {
            samples.Clear();
            _ = await RunAsync(samples, WarmUpPiece).ConfigureAwait(false);
        }
    }

    /// <returns>How many calls were made.</returns>
    protected abstract Task<long> RunAsync(Samples samples, TimeSpan time);
}
