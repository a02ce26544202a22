namespace Contracts.Ipc.Cli.Benchmarking;

/// <summary>What was measured.</summary>
/// <param name="Endpoint">Where.</param>
/// <param name="Method">What was called; <c>$server.PingAsync</c> unless another method was named.</param>
/// <param name="Concurrency">How many callers at once, on one connection.</param>
/// <param name="Seconds">How long.</param>
/// <param name="Calls">How many calls ended.</param>
/// <param name="CallsPerSecond">The same, for each second.</param>
/// <param name="Latency">Round trips.</param>
/// <param name="Client">Where this process runs.</param>
/// <param name="Server">Where the server runs.</param>
/// <param name="Advice">What would make the figures better or steadier.</param>
internal sealed record BenchReport(
    string Endpoint,
    string Method,
    int Concurrency,
    double Seconds,
    long Calls,
    double CallsPerSecond,
    LatencyReport Latency,
    Placement Client,
    Placement Server,
    IReadOnlyList<string> Advice);

/// <summary>Round trips in microseconds.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="P50">The median.</param>
/// <param name="P90">Within which 90 % ended.</param>
/// <param name="P99">Within which 99 % ended.</param>
/// <param name="P999">Within which 99.9 % ended.</param>
/// <param name="Max">The longest.</param>
internal sealed record LatencyReport(double Mean, double P50, double P90, double P99, double P999, double Max)
{
    public static LatencyReport Of(LatencyHistogram histogram) => new(
        Rounded(histogram.Mean),
        Rounded(histogram.Quantile(0.5)),
        Rounded(histogram.Quantile(0.9)),
        Rounded(histogram.Quantile(0.99)),
        Rounded(histogram.Quantile(0.999)),
        Rounded(histogram.Maximum));

    private static double Rounded(double microseconds) => Math.Round(microseconds, 3);
}

/// <summary>Where a process may run.</summary>
/// <param name="ProcessId">The process.</param>
/// <param name="Processors">The list of processors that it may use, as the kernel writes it; null if that is not known.</param>
internal sealed record Placement(int ProcessId, string? Processors);
