namespace Contracts.Ipc.Benchmarks.RoundTrip.Workloads;

/// <summary>How long a workload runs: first unmeasured, until the code is compiled for good, then measured.</summary>
internal readonly record struct Timing(TimeSpan WarmUp, TimeSpan Measured);
