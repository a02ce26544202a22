namespace Contracts.Ipc.Benchmarks.SharedMemory;

/// <summary>The kinds of floor.c that belong to this benchmark, and how their figures are called in the results.</summary>
internal static class Floors
{
    // Times of one process; and of two, where the mean is the figure, as it is for the .NET reader.
    private static readonly (string Kind, int Rounds)[] Medians =
    [
        ("robust", 10_000), ("semaphore", 10_000), ("rwlock", 10_000), ("read64", 10_000), ("read256", 10_000), ("write64", 10_000), ("write256", 10_000), ("memcpy", 2000),
    ];

    private static readonly (string Kind, int Rounds)[] Means = [("race64", 40_000), ("race256", 40_000)];

    public static string Name(string kind) => "c-" + kind;

    public static IEnumerable<Figure> Measure(FloorProgram floor)
        => [.. Medians.Select(kind => Run(floor, kind, "p50_ns")), .. Means.Select(kind => Run(floor, kind, "mean_ns"))];

    /// <summary>Two processes that sleep and wake each other, bound to these processors.</summary>
    public static IEnumerable<Figure> MeasureWake(FloorProgram floor, int processor, int peer)
    {
        IReadOnlyDictionary<string, double> values = floor.Run("futex", 5000, processor, peer);
        return [new(Name("wake-p50"), values["p50_ns"], Bytes: 0), new(Name("wake-p99"), values["p99_ns"], Bytes: 0)];
    }

    private static Figure Run(FloorProgram floor, (string Kind, int Rounds) run, string which)
        => new(Name(run.Kind), floor.Run(run.Kind, run.Rounds, Coordinator.Processor, Coordinator.OtherProcessor)[which], Bytes: 0);
}
