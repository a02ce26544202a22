using System.Diagnostics;
using Contracts.Ipc.Benchmarks.RoundTrip.Contract;
using Contracts.Ipc.Benchmarks.RoundTrip.Processes;

namespace Contracts.Ipc.Benchmarks.RoundTrip.Workloads;

/// <summary>One thread that makes synchronous calls over several connections in turn: the server polls them all.</summary>
/// <param name="count">How many connections.</param>
internal sealed class ManyConnections(int count) : Workload
{
    private IBenchmark[] _benchmarks = [];

    protected override async Task PrepareAsync(Peer peer)
    {
        _benchmarks = new IBenchmark[count];
        for (int i = 0; i < count; i++)
        {
            _benchmarks[i] = await peer.ConnectAsync().ConfigureAwait(false);
        }
    }

    protected override Task<long> RunAsync(Samples samples, TimeSpan time)
        => Task.Factory.StartNew(() => Loop(samples, time), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private long Loop(Samples samples, TimeSpan time)
    {
        IBenchmark[] benchmarks = _benchmarks;
        long end = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        long now;
        bool room;
        int next = 0;
        do
        {
            IBenchmark benchmark = benchmarks[next];
            next = next + 1 == benchmarks.Length ? 0 : next + 1;
            long start = Stopwatch.GetTimestamp();
            _ = benchmark.Add(2, 3);
            now = Stopwatch.GetTimestamp();
            room = samples.Add(now - start);
        }
        while (room && now < end);
        return samples.Count;
    }
}
