using System.Globalization;
using Contracts.Ipc.Benchmarks.RoundTrip.Processes;
using Contracts.Ipc.Benchmarks.RoundTrip.Scenarios;
using Contracts.Ipc.Benchmarks.RoundTrip.Workloads;

namespace Contracts.Ipc.Benchmarks.RoundTrip;

/// <summary>What the command line asks for.</summary>
internal sealed class Plan
{
    public const string Help = """
        Measures calls between two processes beside C and bare .NET sockets, all bound to processors alike.

          --quick            one round, across cores, the important scenarios: a smoke run of less than 20 seconds
          --rounds N         how often everything is measured; figures are medians (default 5)
          --only A,B         only these scenarios (names as in Scenarios/Catalogue.cs)
          --placement P      across or same; default both
          --json             every run as JSON instead of tables
        """;

    public bool IsJson { get; private set; }

    public int Rounds { get; private set; } = 5;

    public Timing Timing { get; private set; } = new(TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(1));

    public IReadOnlyList<Placement> Placements { get; private set; } = Machine.ProcessorCount > 1 ? [Placement.Across, Placement.Same] : [Placement.Same];

    public IReadOnlyList<Scenario> Scenarios { get; private set; } = Catalogue.All;

    /// <summary>Round trips of a floor, fewer where both processes sleep.</summary>
    public (int Polling, int Blocking) FloorRounds { get; private set; } = (300_000, 20_000);

    public static Plan Parse(string[] arguments)
    {
        var plan = new Plan();
        for (int i = 0; i < arguments.Length; i++)
        {
            switch (arguments[i])
            {
                case "--quick":
                    plan.Rounds = 1;
                    plan.Timing = new(TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(250));
                    plan.Placements = [plan.Placements[0]];
                    plan.Scenarios = [.. Catalogue.All.Where(static scenario => scenario.IsQuick)];
                    plan.FloorRounds = (50_000, 2000);
                    break;
                case "--json":
                    plan.IsJson = true;
                    break;
                case "--rounds":
                    plan.Rounds = int.Parse(Next(), CultureInfo.InvariantCulture);
                    break;
                case "--only":
                    plan.Scenarios = [.. Next().Split(',').Select(Catalogue.Find)];
                    break;
                case "--placement":
                    plan.Placements = [Next() == "same" ? Placement.Same : Placement.Across];
                    break;
                default:
                    throw new ArgumentException($"Unknown option '{arguments[i]}'.", nameof(arguments));
            }

            string Next() => ++i < arguments.Length ? arguments[i] : throw new ArgumentException($"'{arguments[i - 1]}' needs a value.", nameof(arguments));
        }

        return plan;
    }
}
