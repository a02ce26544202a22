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

    /// <summary>
    /// The runtime compiles in the background what was called most, a while after it was called, and what is called first at once; that is
    /// not what idleness costs.
    /// </summary>
    protected override Task WarmUpAsync(Samples samples, TimeSpan time) => RunAsync(samples, 1.5 * time);

    /// <remarks>Long enough to notice what happens once a second; on a thread of its own, so that neither a timer nor a blocked worker keeps the
    /// thread pool busy.</remarks>
    protected override Task<long> RunAsync(Samples samples, TimeSpan time)
        => Task.Factory.StartNew(
            () =>
            {
                Thread.Sleep(3 * time);
                return 0L;
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
}
