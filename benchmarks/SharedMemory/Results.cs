namespace Contracts.Ipc.Benchmarks.SharedMemory;

/// <summary>All figures of all rounds.</summary>
internal sealed class Results
{
    private readonly Dictionary<string, List<Figure>> _figures = [];

    public void Add(Figure figure)
    {
        if (!_figures.TryGetValue(figure.Name, out List<Figure>? rounds))
        {
            _figures[figure.Name] = rounds = [];
        }

        rounds.Add(figure);
    }

    /// <returns>The median over the rounds, or null if it was not measured.</returns>
    public double? Median(string? name) => Median([.. Rounds(name).Select(static figure => figure.Value)]);

    /// <returns>The median over the rounds of the quotient within a round, so that a floor is compared with what ran beside it.</returns>
    public double? Ratio(string name, string? floor) => Median([.. Rounds(name).Zip(Rounds(floor), static (figure, beside) => figure.Value / beside.Value)]);

    /// <returns>The median over the rounds of what was allocated for one operation.</returns>
    public double? Bytes(string name) => Median([.. Rounds(name).Select(static figure => figure.Bytes)]);

    private List<Figure> Rounds(string? name) => name is null ? [] : _figures.GetValueOrDefault(name) ?? [];

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
