using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Tests.Documentation;

/// <summary>What has to exist beside every rule.</summary>
public sealed class ReleaseTrackingTests
{
    [Fact]
    public void Every_rule_has_its_row_in_the_release_notes_of_the_analyzers()
    {
        string[] rows =
        [
            .. new[] { "AnalyzerReleases.Shipped.md", "AnalyzerReleases.Unshipped.md" }
                .SelectMany(file => File.ReadLines(Repository.PathOf("src", "Analyzers", file)))
                .Where(line => line.StartsWith("IPC", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];
        Assert.Equal(TestProject.Rules.Select(Row), rows);
    }

    [Fact]
    public void Every_rule_has_a_test_that_it_rejects_and_a_test_that_it_accepts()
    {
        MethodInfo[] tests = [.. typeof(ReleaseTrackingTests).Assembly.GetTypes().SelectMany(type => type.GetMethods())];
        string[] ids = [.. TestProject.Rules.Select(rule => rule.Id)];
        Assert.Equal(ids, Ids(tests.SelectMany(test => test.GetCustomAttributes<RejectsAttribute>()).Select(attribute => attribute.Id)));
        Assert.Equal(ids, Ids(tests.SelectMany(test => test.GetCustomAttributes<AcceptsAttribute>()).Select(attribute => attribute.Id)));
    }

    [Fact]
    public void Every_sentence_says_what_is_wrong_and_what_to_do()
        => Assert.All(TestProject.Rules, rule =>
        {
            string format = rule.MessageFormat.ToString(CultureInfo.InvariantCulture);
            Assert.True(format.Length > 40, $"{rule.Id} is short.");
            Assert.Contains("{0}", format, StringComparison.Ordinal);
            Assert.True(rule.IsEnabledByDefault);
        });

    private static string[] Ids(IEnumerable<string> ids) => [.. ids.Distinct().Order(StringComparer.Ordinal)];

    private static string Row(DiagnosticDescriptor rule)
        => $"{rule.Id} | {rule.Category} | {rule.DefaultSeverity} | {rule.Title.ToString(CultureInfo.InvariantCulture)}";
}
