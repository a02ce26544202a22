namespace Contracts.Ipc.Benchmarks.RoundTrip.Workloads;

/// <summary>How long a workload runs: first unmeasured, until the code is compiled for good, then measured.</summary>
internal readonly record struct Timing(TimeSpan WarmUp, TimeSpan Measured)
{
    /// <summary>The warm-up comes in pieces, so that the loops around the calls are also called often enough to be compiled for good.</summary>
    public static readonly TimeSpan Piece = TimeSpan.FromMilliseconds(20);
}
