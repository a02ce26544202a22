using Contracts.Ipc.Benchmarks.RoundTrip.Contract;
using Contracts.Ipc.Benchmarks.RoundTrip.Processes;

namespace Contracts.Ipc.Benchmarks.RoundTrip.Workloads;

/// <summary>Connections that were used and then are not: what they cost is the load of both sides.</summary>
/// <param name="count">How many.</param>
internal sealed class IdleConnections(int count) : Workload
{
    /// <summary>The runtime compiles in the background what was called most, a while after it was called.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(4);

    /// <summary>Long enough to notice something that happens once a second.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(3);

    protected override async Task PrepareAsync(Peer peer)
    {
        for (int i = 0; i < count; i++)
        {
            IBenchmark benchmark = await peer.ConnectAsync().ConfigureAwait(false);
            _ = await benchmark.AddAsync(i, 1).ConfigureAwait(false);
        }

        await Task.Delay(Settle).ConfigureAwait(false);
    }

    protected override Task<long> RunAsync(Samples samples, TimeSpan time)
    {
        // Blocking, so that no timer of our own has to wake the thread pool.
        Thread.Sleep(time > Least ? time : Least);
        return Task.FromResult(0L);
    }
}
