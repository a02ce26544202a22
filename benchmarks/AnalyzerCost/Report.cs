using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Contracts.Ipc.Benchmarks.AnalyzerCost;

/// <summary>Builds one project with and without our analyzers in turn, and prints medians.</summary>
internal static class Report
{
    /// <summary>Enough for the runtime to have compiled what is hot.</summary>
    private const int WarmUps = 8;

    /// <param name="project">What is measured.</param>
    /// <param name="small">The like of it, on which the compiler itself is compiled.</param>
    /// <param name="rounds">How often.</param>
    public static async Task PrintAsync(SourceProject project, SourceProject small, int rounds)
    {
        ImmutableArray<DiagnosticAnalyzer> others = [new Bystander()];
        ImmutableArray<DiagnosticAnalyzer> all = others.AddRange(CompilerAssemblies.Analyzers);
        var plain = new List<Round>();
        var without = new List<Round>();
        var with = new List<Round>();

        for (int i = 0; i < WarmUps; i++)
        {
            _ = await Round.RunAsync(small, all);
        }

        // In turn, so that what the machine does meanwhile meets all of them.
        for (int i = 0; i < rounds; i++)
        {
            plain.Add(await Round.RunAsync(project, []));
            without.Add(await Round.RunAsync(project, others));
            with.Add(await Round.RunAsync(project, all));
        }

        double compile = Median(plain, round => round.Total);
        double own = Median(with, round => Sum(round.Own));
        Line($"### {project.Name}: {project.Files} files, {project.Lines} lines");
        Line("");
        Line("| | ms | of the compile time |");
        Line("|---|---:|---:|");
        Row("compile time: parse, generate, bind and emit, no analyzers", compile, compile);
        Row("the generator, of that", Median(plain, round => round.Generate), compile);
        Row("our analyzers, their own time", own, compile);
        Row("analyzing with a bystander alone, wall clock", Median(without, round => round.Analyze), compile);
        Row("analyzing with the bystander and ours, wall clock", Median(with, round => round.Analyze), compile);
        Row("what ours add", Median([.. with.Zip(without, static (a, b) => a.Analyze - b.Analyze)], static difference => difference), compile);
        Line("");
        Line("| slowest analyzers | ms |");
        Line("|---|---:|");
        foreach (string name in with[0].Own.Keys.OrderByDescending(name => Median(with, round => round.Own[name])).Where(name => name != nameof(Bystander)).Take(6))
        {
            Line($"| `{name}` | {Median(with, round => round.Own[name]):0.0} |");
        }

        Line("");
    }

    private static TimeSpan Sum(ImmutableDictionary<string, TimeSpan> own)
        => own.Where(static pair => pair.Key != nameof(Bystander)).Aggregate(TimeSpan.Zero, static (sum, pair) => sum + pair.Value);

    private static double Median<T>(IReadOnlyCollection<T> rounds, Func<T, TimeSpan> select)
    {
        double[] values = [.. rounds.Select(round => select(round).TotalMilliseconds).Order()];
        return (values[values.Length / 2] + values[(values.Length - 1) / 2]) / 2;
    }

    private static void Row(string what, double milliseconds, double compile) => Line($"| {what} | {milliseconds:0} | {milliseconds / compile:0.0 %} |");

    private static void Line(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static void Line(string line) => Console.WriteLine(line);
}
