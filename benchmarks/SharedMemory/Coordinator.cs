using System.Globalization;
using Contracts.Ipc.Benchmarks.SharedMemory.Experiments;

namespace Contracts.Ipc.Benchmarks.SharedMemory;

/// <summary>
/// Runs everything round by round, C beside .NET, and every experiment in fresh processes that are bound to processors: a disturbance of the machine meets
/// all figures of a round.
/// </summary>
internal static class Coordinator
{
    public const string Role = "measure";
    public const string End = "end";
    public const string SameCore = "-same";

    public const int Processor = 0;

    public static int OtherProcessor { get; } = Machine.ProcessorCount > 1 ? 1 : 0;

    public static Results Run(int rounds)
    {
        var results = new Results();
        using FloorProgram? floor = FloorProgram.TryCompile();
        for (int round = 1; round <= rounds; round++)
        {
            Console.Error.WriteLine($"round {round} of {rounds}");
            if (floor is not null)
            {
                Add(Floors.Measure(floor), "");
                Add(Floors.MeasureWake(floor, Processor, OtherProcessor), "");
                Add(Floors.MeasureWake(floor, Processor, Processor), SameCore);
            }

            foreach (Experiment experiment in Experiment.All)
            {
                Add(Measure(experiment, OtherProcessor), "");
            }

            Add(Measure(Experiment.Find(Wake.Name), Processor), SameCore);
        }

        return results;

        void Add(IEnumerable<Figure> figures, string suffix)
        {
            foreach (Figure figure in figures)
            {
                results.Add(figure with { Name = figure.Name + suffix });
            }
        }
    }

    private static List<Figure> Measure(Experiment experiment, int processorOfPartner)
    {
        using ChildProcess child = ChildProcess.Start(
            Processor, new Dictionary<string, string>(), Role, experiment.Name, processorOfPartner.ToString(CultureInfo.InvariantCulture));
        var figures = new List<Figure>();
        while (child.Read() is var line && line != End)
        {
            figures.Add(Figure.Parse(line));
        }

        return figures;
    }
}
