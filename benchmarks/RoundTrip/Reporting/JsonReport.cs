using System.Text.Json;
using Contracts.Ipc.Benchmarks.RoundTrip.Scenarios;

namespace Contracts.Ipc.Benchmarks.RoundTrip.Reporting;

/// <summary>Every run as it was measured, for programs.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true };

    public static void Write(Results results, IReadOnlyList<Placement> placements, string machine, TextWriter output)
    {
        IEnumerable<string> names = [.. FloorNames.Awake, .. FloorNames.Asleep, .. Catalogue.All.Select(static scenario => scenario.Name)];
        var runs =
            from name in names
            from placement in placements
            where results.Runs(name, placement).Count > 0
            select new { scenario = name, placement = placement.Name, runs = results.Runs(name, placement) };
        output.WriteLine(JsonSerializer.Serialize(new { machine, results = runs }, Options));
    }
}
