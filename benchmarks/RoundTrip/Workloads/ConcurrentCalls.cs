using System.Diagnostics;
using Contracts.Ipc.Benchmarks.RoundTrip.Processes;

namespace Contracts.Ipc.Benchmarks.RoundTrip.Workloads;

/// <summary>Many flows at once over one connection, each of which calls and awaits.</summary>
/// <typeparam name="T">The result.</typeparam>
/// <param name="callers">How many.</param>
/// <param name="bind">Gives the call for a peer.</param>
internal sealed class ConcurrentCalls<T>(int callers, Func<Peer, Task<Func<ValueTask<T>>>> bind) : Workload
{
    private Func<ValueTask<T>> _call = null!;
    private volatile bool _stopped;

    protected override async Task PrepareAsync(Peer peer) => _call = await bind(peer).ConfigureAwait(false);

    protected override async Task<long> RunAsync(Samples samples, TimeSpan time)
    {
        _stopped = false;
        long end = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        long[] counts = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(() => LoopAsync(end)))).ConfigureAwait(false);
        return counts.Sum();
    }

    private async Task<long> LoopAsync(long end)
    {
        Func<ValueTask<T>> call = _call;
        long count = 0;
        while (!_stopped)
        {
            _ = await call().ConfigureAwait(false);
            if ((++count & 15) == 0 && Stopwatch.GetTimestamp() >= end)
            {
                _stopped = true;
            }
        }

        return count;
    }
}
