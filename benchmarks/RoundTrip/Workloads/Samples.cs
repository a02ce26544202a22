using System.Diagnostics;

namespace Contracts.Ipc.Benchmarks.RoundTrip.Workloads;

/// <summary>The times of single calls.</summary>
internal sealed class Samples
{
    private readonly long[] _ticks = new long[1 << 20];
    private int _count;

    /// <summary>Writes to every page: the first writes would be page faults in the middle of the measurement.</summary>
    public Samples() => Array.Fill(_ticks, 1);

    public int Count => _count;

    public void Clear() => _count = 0;

    /// <returns>False when there is no room for another one.</returns>
    public bool Add(long ticks)
    {
        _ticks[_count++] = ticks;
        return _count < _ticks.Length;
    }

    public void Sort() => Array.Sort(_ticks, 0, _count);

    /// <summary>In microseconds, after <see cref="Sort"/>.</summary>
    public double Percentile(double share)
        => _count == 0 ? 0 : _ticks[Math.Min((int)(_count * share), _count - 1)] * 1e6 / Stopwatch.Frequency;
}
