using System.Text.RegularExpressions;

namespace Contracts.Ipc.Analyzers.Tests.Package;

/// <summary>The example that is broken on purpose, copied out: what a build says of it, and what the fixes make of it.</summary>
public sealed partial class BrokenContractsTests(TemporaryProject project, ITestOutputHelper output) : IClassFixture<TemporaryProject>
{
    private static readonly string Example = Repository.PathOf("examples", "BrokenContracts");

    [Fact]
    public async Task Every_mistake_is_reported_once_and_all_fixes_together_leave_a_program_that_runs()
    {
        project.SetProperties("<OutputType>Exe</OutputType><EnableNETAnalyzers>false</EnableNETAnalyzers>");
        Dictionary<string, string> files = Directory.GetFiles(Example)
            .Where(path => Path.GetExtension(path) is ".cs" or ".editorconfig")
            .ToDictionary(path => Path.GetFileName(path), File.ReadAllText);
        string[] mistakes = [.. files.SelectMany(file => MistakesIn(file.Key, file.Value)).Order(StringComparer.Ordinal)];
        Assert.InRange(mistakes.Length, 30, 100);
        Assert.Equal(mistakes.Length, mistakes.Select(mistake => mistake[^7..]).Distinct().Count());

        Printed[] before = await project.BuildAsync(files);
        Assert.Equal(mistakes, before.Select(line => $"{line.File}({line.Line}) {line.Id[^7..]}").Order(StringComparer.Ordinal));

        output.WriteLine(await project.FixAsync());
        Printed[] after = await project.BuildAsync(project.Files());
        Assert.Empty(after);
        Assert.Contains($"\n{(await project.RunAsync()).Trim()}\n", await File.ReadAllTextAsync(Path.Combine(Example, "README.md")), StringComparison.Ordinal);
    }

    /// <summary>A comment at the end of a line says which rule finds the mistake in it.</summary>
    private static IEnumerable<string> MistakesIn(string file, string text)
    {
        string[] lines = text.Split('\n');
        return lines.Select((line, i) => (Match: Mistake().Match(line), Number: i + 1))
            .Where(line => line.Match.Success)
            .Select(line => FormattableString.Invariant($"{file}({line.Number}) {line.Match.Groups["id"].Value}"));
    }

    [GeneratedRegex("// (?<id>IPC[0-9]{4}): ")]
    private static partial Regex Mistake();
}
