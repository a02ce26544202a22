namespace Contracts.Ipc.Benchmarks.RoundTrip.Workloads;

/// <summary>What one run of one scenario gave. Times in microseconds, bytes and processor time per call and side.</summary>
internal sealed record Measurement
{
    public long Calls { get; init; }

    public double P50 { get; init; }

    public double P99 { get; init; }

    public double P999 { get; init; }

    public double CallsPerSecond { get; init; }

    public double ClientBytes { get; init; }

    public double ServerBytes { get; init; }

    public double ClientCpu { get; init; }

    public double ServerCpu { get; init; }

    /// <summary>Processor time of each side in percent of one processor.</summary>
    public double ClientLoad { get; init; }

    public double ServerLoad { get; init; }
}
