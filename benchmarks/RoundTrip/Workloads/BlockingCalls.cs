using System.Diagnostics;
using Contracts.Ipc.Benchmarks.RoundTrip.Processes;

namespace Contracts.Ipc.Benchmarks.RoundTrip.Workloads;

/// <summary>One thread that calls and waits, one call after the other.</summary>
/// <param name="bind">Gives the call for a peer.</param>
/// <param name="pause">How long the thread sleeps before each call.</param>
internal sealed class BlockingCalls(Func<Peer, Task<Action>> bind, TimeSpan pause = default) : Workload
{
    private Action _call = null!;

    protected override async Task PrepareAsync(Peer peer) => _call = await bind(peer).ConfigureAwait(false);

    protected override Task<long> RunAsync(Samples samples, TimeSpan time)
        => Task.Factory.StartNew(() => Loop(samples, time), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private long Loop(Samples samples, TimeSpan time)
    {
        Action call = _call;
        long end = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        long now;
        bool room;
        do
        {
            if (pause > TimeSpan.Zero)
            {
                Thread.Sleep(pause);
            }

            long start = Stopwatch.GetTimestamp();
            call();
            now = Stopwatch.GetTimestamp();
            room = samples.Add(now - start);
        }
        while (room && now < end);
        return samples.Count;
    }
}
