using Contracts.Ipc.Benchmarks.RoundTrip.Workloads;

namespace Contracts.Ipc.Benchmarks.RoundTrip.Scenarios;

/// <summary>What C needs for a round trip, from floor.c.</summary>
internal static class Floor
{
    public static Measurement Measure(this FloorProgram floor, string kind, int rounds, Placement placement)
    {
        IReadOnlyDictionary<string, double> values = floor.Run(kind, rounds, placement.ClientProcessor, placement.ServerProcessor);
        return new Measurement
        {
            Calls = (long)values["n"],
            P50 = values["p50_ns"] / 1000,
            P99 = values["p99_ns"] / 1000,
            P999 = values["p999_ns"] / 1000,
            CallsPerSecond = 1e9 / values["mean_ns"],
        };
    }
}
