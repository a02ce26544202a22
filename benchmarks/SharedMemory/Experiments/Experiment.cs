using Contracts.Ipc.Benchmarks.SharedMemory.Processes;

namespace Contracts.Ipc.Benchmarks.SharedMemory.Experiments;

/// <summary>
/// Figures that are measured together: in a fresh process, with a partner in a second one where it takes two.
/// </summary>
/// <param name="Name">On the command line of the process.</param>
/// <param name="Measure">Measures. The number is the processor of the partner.</param>
/// <param name="Assist">What the partner does: with what variant of the experiment, with the objects of what name, until when. Null where there is none.</param>
internal sealed record Experiment(string Name, Func<int, IEnumerable<Figure>> Measure, Action<string, string, Stop>? Assist = null)
{
    public static IReadOnlyList<Experiment> All { get; } =
    [
        new("uncontended", Uncontended.Measure),
        new(Race.Name, Race.Measure, Race.Assist),
        new(Transfer.Name, Transfer.Measure, Transfer.Assist),
        new(Wake.Name, Wake.Measure, Wake.Assist),
    ];

    public static Experiment Find(string name) => All.Single(experiment => experiment.Name == name);
}
