using System.Diagnostics;
using Contracts.Ipc.Benchmarks.RoundTrip.Processes;

namespace Contracts.Ipc.Benchmarks.RoundTrip.Workloads;

/// <summary>One flow that calls and awaits, one call after the other.</summary>
/// <typeparam name="T">The result.</typeparam>
/// <param name="bind">Gives the call for a peer.</param>
/// <param name="pause">How long the flow pauses before each call.</param>
internal sealed class AsyncCalls<T>(Func<Peer, Task<Func<ValueTask<T>>>> bind, TimeSpan pause = default) : Workload
{
    private Func<ValueTask<T>> _call = null!;

    protected override async Task PrepareAsync(Peer peer) => _call = await bind(peer).ConfigureAwait(false);

    protected override Task<long> RunAsync(Samples samples, TimeSpan time) => Task.Run(() => LoopAsync(samples, time));

    private async Task<long> LoopAsync(Samples samples, TimeSpan time)
    {
        Func<ValueTask<T>> call = _call;
        using PeriodicTimer? timer = pause > TimeSpan.Zero ? new PeriodicTimer(pause) : null;
        long end = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        long now;
        bool room;
        do
        {
            if (timer is not null)
            {
                _ = await timer.WaitForNextTickAsync().ConfigureAwait(false);
            }

            long start = Stopwatch.GetTimestamp();
            _ = await call().ConfigureAwait(false);
            now = Stopwatch.GetTimestamp();
            room = samples.Add(now - start);
        }
        while (room && now < end);
        return samples.Count;
    }
}
