using System.Diagnostics;
using Contracts.Ipc.Cli.Benchmarking;

namespace Contracts.Ipc.Cli.Monitoring;

/// <summary>Counts what was seen, method by method.</summary>
internal sealed class Tally
{
    private readonly long _begin = Stopwatch.GetTimestamp();
    private readonly Dictionary<string, MethodTally> _methods = new(StringComparer.Ordinal);
    private ulong _lost;

    /// <summary>How many calls.</summary>
    public long Calls { get; private set; }

    public void Add(CallLine call)
    {
        if (!_methods.TryGetValue(call.Method, out MethodTally? method))
        {
            _methods.Add(call.Method, method = new MethodTally());
        }

        Calls++;
        method.Errors += call.Error is null ? 0 : 1;
        method.Latency.Add(TimeSpan.FromMicroseconds(call.Microseconds));
    }

    public void Lose(ulong calls) => _lost += calls;

    public MonitorSummary Summarise(string endpoint) => new(
        endpoint,
        Math.Round(Stopwatch.GetElapsedTime(_begin).TotalSeconds, 3),
        Calls,
        _methods.Values.Sum(method => method.Errors),
        _lost,
        [.. _methods.Select(Summarise).OrderByDescending(method => method.Calls).ThenBy(method => method.Method, StringComparer.Ordinal)]);

    private static MethodSummary Summarise(KeyValuePair<string, MethodTally> method)
    {
        LatencyReport latency = LatencyReport.Of(method.Value.Latency);
        return new MethodSummary(method.Key, method.Value.Latency.Count, method.Value.Errors, latency.P50, latency.P99, latency.Max);
    }

    private sealed class MethodTally
    {
        public LatencyHistogram Latency { get; } = new();

        public long Errors { get; set; }
    }
}
