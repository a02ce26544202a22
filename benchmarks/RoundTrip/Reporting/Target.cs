using Contracts.Ipc.Benchmarks.RoundTrip.Scenarios;
using Contracts.Ipc.Benchmarks.RoundTrip.Workloads;

namespace Contracts.Ipc.Benchmarks.RoundTrip.Reporting;

/// <summary>What a figure should be.</summary>
/// <param name="Scenario">Whose figure.</param>
/// <param name="What">Which one.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Figure">Reads it from a measurement.</param>
/// <param name="Limit">The most, or with <paramref name="AtLeast"/> the least; a factor where there is a floor.</param>
/// <param name="Floor">The scenario or C floor that the figure is divided by, or null.</param>
/// <param name="AtLeast">More is better.</param>
/// <param name="Stretch">What would be better still, or null.</param>
/// <param name="AcrossOnly">Set where the target is for one placement.</param>
internal sealed record Target(
    string Scenario,
    string What,
    string Unit,
    Func<Measurement, double> Figure,
    double Limit,
    string? Floor = null,
    bool AtLeast = false,
    double? Stretch = null,
    bool AcrossOnly = false)
{
    /// <summary>The targets that the library set itself.</summary>
    public static IReadOnlyList<Target> All { get; } =
    [
        .. Latency("awake-sync", FloorNames.Polling, 1.5, 2),
        .. Latency("awake-async", FloorNames.Polling, 1.5, 2),
        .. Latency("awake-block", FloorNames.Polling, 1.5, 2),
        new("asleep-sync", "p50", "µs", static m => m.P50, 1.3, FloorNames.Blocking, AcrossOnly: true),
        new("asleep-inline", "p50", "µs", static m => m.P50, 1.3, FloorNames.Blocking, AcrossOnly: true),
        new("asleep-pool", "p50", "µs", static m => m.P50, 2, FloorNames.Blocking, AcrossOnly: true),
        .. Latency("shm-awake-sync", FloorNames.Spinning, 1.7, 2),
        .. Latency("shm-awake-async", FloorNames.Spinning, 1.7, 2),
        .. Latency("shm-awake-block", FloorNames.Spinning, 1.7, 2),
        new("shm-asleep-sync", "p50", "µs", static m => m.P50, 1.3, FloorNames.Futex, AcrossOnly: true),
        new("shm-asleep-inline", "p50", "µs", static m => m.P50, 1.3, FloorNames.Futex, AcrossOnly: true),
        new("mq-asleep-sync", "p50", "µs", static m => m.P50, 1.3, FloorNames.PosixQueue, AcrossOnly: true),
        new("mq-asleep-inline", "p50", "µs", static m => m.P50, 1.3, FloorNames.PosixQueue, AcrossOnly: true),
        .. NoAllocation("mq-awake-sync"),
        .. NoAllocation("mq-asleep-sync"),
        .. NoAllocation("mq-asleep-inline"),
        new("fifo-awake-sync", "p50", "µs", static m => m.P50, 1.5, FloorNames.Polling, AcrossOnly: true),
        new("fifo-asleep-sync", "p50", "µs", static m => m.P50, 1.3, FloorNames.Fifo, AcrossOnly: true),
        new("fifo-asleep-inline", "p50", "µs", static m => m.P50, 1.3, FloorNames.Fifo, AcrossOnly: true),
        .. NoAllocation("fifo-awake-sync"),
        .. NoAllocation("fifo-asleep-sync"),
        .. NoAllocation("fifo-asleep-inline"),
        new("sysv-asleep-sync", "p50", "µs", static m => m.P50, 1.3, FloorNames.SystemVQueue, AcrossOnly: true),
        new("sysv-asleep-inline", "p50", "µs", static m => m.P50, 1.3, FloorNames.SystemVQueue, AcrossOnly: true),
        .. NoAllocation("sysv-awake-sync"),
        .. NoAllocation("sysv-asleep-sync"),
        .. NoAllocation("sysv-asleep-inline"),
        .. NoAllocation("shm-awake-sync"),
        .. NoAllocation("shm-awake-async"),
        .. NoAllocation("shm-asleep-sync"),
        .. NoAllocation("awake-sync"),
        .. NoAllocation("awake-async"),
        .. NoAllocation("asleep-sync"),
        .. NoAllocation("asleep-inline"),
        .. NoAllocation("callers-64"),
        new("callers-64", "calls/s", "", static m => m.CallsPerSecond, 600_000, AtLeast: true, Stretch: 1_000_000, AcrossOnly: true),
        new("callers-64", "CPU per call, client", "µs", static m => m.ClientCpu, 1.6, AcrossOnly: true),
        new("callers-64", "CPU per call, server", "µs", static m => m.ServerCpu, 1.6, AcrossOnly: true),
        new("bulk", "payload, one direction", "MB/s", static m => m.CallsPerSecond * (1 << 20) / 1e6, 2000, AtLeast: true, AcrossOnly: true),
        new("bulk-loh", "payload, one direction", "MB/s", static m => m.CallsPerSecond * (1 << 20) / 1e6, 2000, AtLeast: true, AcrossOnly: true),
        new("records", "p50", "µs", static m => m.P50, 90, Stretch: 60, AcrossOnly: true),
        new("paced-sync", "p50", "µs", static m => m.P50, 1, "socket-paced-blocking"),
        new("paced-async", "p50", "µs", static m => m.P50, 1, "socket-paced-blocking"),
        new("idle", "load, server", "%", static m => m.ServerLoad, NoLoad),
    ];

    /// <summary>In percent of a processor: the resolution of the measurement.</summary>
    private const double NoLoad = 0.05;

    /// <summary>In bytes per call. The runtime itself allocates now and then; one object per call would be at least 24.</summary>
    private const double NoBytes = 1;

    public bool IsMet(double value) => AtLeast ? value >= Limit : value <= Limit;

    public bool IsStretchMet(double value) => Stretch is { } stretch && (AtLeast ? value >= stretch : value <= stretch);

    private static Target[] Latency(string scenario, string floor, double p50, double p99) =>
    [
        new(scenario, "p50", "µs", static m => m.P50, p50, floor, AcrossOnly: true),
        new(scenario, "p99", "µs", static m => m.P99, p99, floor, AcrossOnly: true),
    ];

    private static Target[] NoAllocation(string scenario) =>
        [new(scenario, "bytes per call, both sides", "B", static m => m.ClientBytes + m.ServerBytes, NoBytes)];
}
