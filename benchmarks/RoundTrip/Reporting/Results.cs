using Contracts.Ipc.Benchmarks.RoundTrip.Scenarios;
using Contracts.Ipc.Benchmarks.RoundTrip.Workloads;

namespace Contracts.Ipc.Benchmarks.RoundTrip.Reporting;

/// <summary>All runs of all scenarios. A figure is the median over the rounds.</summary>
internal sealed class Results
{
    private readonly Dictionary<(string Scenario, Placement Placement), List<Measurement>> _runs = [];

    public void Add(string scenario, Placement placement, Measurement measurement)
    {
        if (!_runs.TryGetValue((scenario, placement), out List<Measurement>? runs))
        {
            _runs[(scenario, placement)] = runs = [];
        }

        runs.Add(measurement);
    }

    public IReadOnlyList<Measurement> Runs(string scenario, Placement placement) => _runs.GetValueOrDefault((scenario, placement)) ?? [];

    /// <returns>The median of a figure, or null if it was not measured.</returns>
    public double? Median(string scenario, Placement placement, Func<Measurement, double> figure)
        => Median([.. Runs(scenario, placement).Select(figure)]);

    /// <returns>The median over the rounds of the quotient within a round, so that a floor is compared with what ran beside it.</returns>
    public double? MedianRatio(string scenario, string floor, Placement placement, Func<Measurement, double> figure)
        => Median([.. Runs(scenario, placement).Zip(Runs(floor, placement), (run, beside) => figure(run) / figure(beside))]);

    private static double? Median(double[] values)
    {
        if (values.Length == 0)
        {
            return null;
        }

        Array.Sort(values);
        int middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
