using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Tests.Documentation;

/// <summary>The index of the pages is what the rules say; CONTRACTS_UPDATE_SNAPSHOTS=1 writes its tables anew.</summary>
public sealed partial class IndexTests
{
    private static readonly string IndexPath = Repository.PathOf("docs", "analyzers", "README.md");

    [Fact]
    public void The_index_lists_every_rule_as_it_is()
    {
        string index = File.ReadAllText(IndexPath);
        string expected = WithTables(index);
        if (Environment.GetEnvironmentVariable("CONTRACTS_UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(IndexPath, expected);
            return;
        }

        Assert.Equal(expected, index);
    }

    [Fact]
    public void There_is_a_page_for_every_rule_and_no_other()
    {
        IEnumerable<string> pages = Directory.GetFiles(Repository.PathOf("docs", "analyzers"), "IPC*.md").Select(path => Path.GetFileNameWithoutExtension(path));
        Assert.Equal(TestProject.Rules.Select(rule => rule.Id), pages.Order(StringComparer.Ordinal));
    }

    /// <summary>Each family has a section of its own, and its table stands at the end of it.</summary>
    private static string WithTables(string index)
    {
        string text = Total().Replace(index, string.Create(
            CultureInfo.InvariantCulture, $"**{TestProject.Rules.Length} rules, {TestProject.Rules.Count(HasFix)} of them with a code fix.**"));
        foreach (IGrouping<char, DiagnosticDescriptor> family in TestProject.Rules.GroupBy(rule => rule.Id[3]))
        {
            Match section = Regex.Match(text, $@"^## [^\n]*: IPC{family.Key}xxx\n", RegexOptions.Multiline);
            Assert.True(section.Success, $"The index has no section for IPC{family.Key}xxx.");
            Match table = Table().Match(text, section.Index);
            Assert.True(table.Success, $"The section of IPC{family.Key}xxx has no table.");
            text = text[..table.Groups["rows"].Index] + string.Concat(family.Select(Row)) + text[(table.Index + table.Length)..];
        }

        return text;
    }

    private static string Row(DiagnosticDescriptor rule)
        => $"| [{rule.Id}]({rule.Id}.md) | {rule.DefaultSeverity} | {(HasFix(rule) ? "Yes" : "")} | {rule.Title.ToString(CultureInfo.InvariantCulture)} |\n";

    private static bool HasFix(DiagnosticDescriptor rule) => FixProject.Providers.Any(provider => provider.FixableDiagnosticIds.Contains(rule.Id));

    [GeneratedRegex(@"\| --- \| --- \| --- \| --- \|\n(?<rows>(\|[^\n]*\n)*)")]
    private static partial Regex Table();

    [GeneratedRegex(@"\*\*[0-9]+ rules, [0-9]+ of them with a code fix\.\*\*")]
    private static partial Regex Total();
}
