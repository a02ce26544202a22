using System.Globalization;
using System.Text.Json;
using Contracts.Ipc.Benchmarks.RoundTrip.Processes;
using Contracts.Ipc.Benchmarks.RoundTrip.Reporting;
using Contracts.Ipc.Benchmarks.RoundTrip.Scenarios;
using Contracts.Ipc.Benchmarks.RoundTrip.Workloads;

namespace Contracts.Ipc.Benchmarks.RoundTrip;

/// <summary>
/// Runs everything round by round, each scenario in two fresh processes, so that a disturbance of the machine meets all figures of a round
/// and no scenario is measured on what another one has left behind.
/// </summary>
internal static class Coordinator
{
    public static Results Run(Plan plan)
    {
        var results = new Results();
        using FloorProgram? floor = FloorProgram.TryCompile();
        for (int round = 1; round <= plan.Rounds; round++)
        {
            foreach (Placement placement in plan.Placements)
            {
                Console.Error.WriteLine($"round {round} of {plan.Rounds}, {placement.Name}");
                MeasureFloors(plan, floor, placement, results);
                foreach (Scenario scenario in plan.Scenarios)
                {
                    if (placement.IsAcross || !scenario.AcrossOnly)
                    {
                        results.Add(scenario.Name, placement, Measure(scenario, placement, plan.Timing));
                    }
                }
            }
        }

        return results;
    }

    private static void MeasureFloors(Plan plan, FloorProgram? floor, Placement placement, Results results)
    {
        if (floor is null)
        {
            return;
        }

        // Two processes that poll on one processor only wait for the end of each other's time slice: no floor of anything.
        if (placement.IsAcross)
        {
            foreach (string kind in FloorNames.Awake)
            {
                results.Add(kind, placement, floor.Measure(kind, plan.FloorRounds.Polling, placement));
            }
        }

        foreach (string kind in FloorNames.Asleep)
        {
            results.Add(kind, placement, floor.Measure(kind, plan.FloorRounds.Blocking, placement));
        }
    }

    private static Measurement Measure(Scenario scenario, Placement placement, Timing timing)
    {
        using ChildProcess client = ChildProcess.Start(
            placement.ClientProcessor,
            scenario.Environment,
            ClientRole.Name,
            scenario.Name,
            placement.ServerProcessor.ToString(CultureInfo.InvariantCulture),
            timing.WarmUp.TotalMilliseconds.ToString(CultureInfo.InvariantCulture),
            timing.Measured.TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
        return JsonSerializer.Deserialize<Measurement>(client.Read())!;
    }
}
