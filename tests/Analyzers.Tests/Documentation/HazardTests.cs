using System.Globalization;
using System.Text.RegularExpressions;

namespace Contracts.Ipc.Analyzers.Tests.Documentation;

/// <summary>The table of hazards is whole, and names rules that exist.</summary>
public sealed partial class HazardTests
{
    private static readonly string Table = File.ReadAllText(Repository.PathOf("docs", "shared-layout-hazards.md"));

    [Fact]
    public void Every_hazard_has_a_row_with_an_answer()
    {
        Match[] rows = [.. Row().Matches(Table).Cast<Match>()];
        Assert.Equal(Enumerable.Range(1, 65), rows.Select(row => int.Parse(row.Groups["number"].Value, CultureInfo.InvariantCulture)));
        Assert.All(rows, row => Assert.NotEmpty(row.Groups["answer"].Value.Trim()));
    }

    [Fact]
    public void Every_rule_that_the_table_names_exists()
        => Assert.All(Id().Matches(Table).Select(match => match.Value), id => Assert.Contains(id, TestProject.Rules.Select(rule => rule.Id)));

    // Declarations that generated code cannot extend, and type arguments, endanger nobody: they do not compile.
    [Fact]
    public void Every_rule_about_layouts_answers_a_hazard_of_the_table()
        => Assert.All(
            TestProject.Rules.Where(rule => rule.Id.StartsWith("IPC3", StringComparison.Ordinal)).Select(rule => rule.Id).Except(["IPC3001", "IPC3002", "IPC3003", "IPC3030"]),
            id => Assert.Contains(id, Id().Matches(Table).Select(match => match.Value)));

    [GeneratedRegex(@"^\| (?<number>[0-9]+) \| [^|]+ \|(?<answer>[^|]+)\|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"IPC[0-9]{4}")]
    private static partial Regex Id();
}
