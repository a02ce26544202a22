using Contracts.Ipc.Benchmarks.RoundTrip.Contract;
using Contracts.Ipc.Benchmarks.RoundTrip.Processes;

namespace Contracts.Ipc.Benchmarks.RoundTrip.Workloads;

/// <summary>Connections that were used and then are not: what they cost is the load of both sides.</summary>
/// <param name="count">How many.</param>
internal sealed class IdleConnections(int count) : Workload
{
    protected override async Task PrepareAsync(Peer peer)
    {
        for (int i = 0; i < count; i++)
        {
            IBenchmark benchmark = await peer.ConnectAsync().ConfigureAwait(false);
            _ = await benchmark.AddAsync(i, 1).ConfigureAwait(false);
        }
    }

    /// <summary>The runtime compiles in the background what was called most, a while after it was called; that is not what idleness costs.</summary>
    protected override Task WarmUpAsync(Samples samples, TimeSpan time) => Task.Delay(4 * time);

    protected override Task<long> RunAsync(Samples samples, TimeSpan time)
    {
        // Long enough to notice what happens once a second; blocking, so that no timer of our own wakes the thread pool.
        Thread.Sleep(3 * time);
        return Task.FromResult(0L);
    }
}
