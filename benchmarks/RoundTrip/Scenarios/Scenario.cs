using Contracts.Ipc.Benchmarks.RoundTrip.Workloads;

namespace Contracts.Ipc.Benchmarks.RoundTrip.Scenarios;

/// <summary>One line of the table: two processes, how they are set up, and what the client does.</summary>
/// <param name="Name">On the command line.</param>
/// <param name="Title">In the table.</param>
/// <param name="Side">How both are set up.</param>
/// <param name="Workload">What the client does.</param>
internal sealed record Scenario(string Name, string Title, Side Side, Workload Workload)
{
    /// <summary>Payload bytes in one direction, where throughput is of interest.</summary>
    public int PayloadLength { get; init; }

    /// <summary>Settings of the runtime for both processes, or none.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether it makes no difference where the two processes run.</summary>
    public bool AcrossOnly { get; init; }

    /// <summary>Whether it is part of the smoke run.</summary>
    public bool IsQuick { get; init; }
}
