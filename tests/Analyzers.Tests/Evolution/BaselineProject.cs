using System.Collections.Immutable;
using Contracts.Ipc.Generators.Evolution;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Contracts.Ipc.Analyzers.Tests.Evolution;

/// <summary>A project whose earlier version was shipped.</summary>
internal static class BaselineProject
{
    /// <summary>The lines of a source.</summary>
    internal static ContractFactSet FactsOf(string source)
    {
        Compilation compilation = TestProject.Compile(source);
        Diagnostic[] errors = [.. TestProject.ErrorsOf(compilation)];
        Assert.True(errors.Length == 0, $"{source}\n{string.Join('\n', (object[])errors)}");
        return ContractFacts.Of(compilation, TestContext.Current.CancellationToken);
    }

    /// <summary>The comments that show the baseline at the head of a sample.</summary>
    internal static string Head(IEnumerable<ContractFact> shipped, params string[] unshipped)
        => $"// IpcContracts.Shipped.txt:\n{string.Concat(shipped.Select(fact => $"//   {fact.Line}\n"))}// IpcContracts.Unshipped.txt:\n{string.Concat(unshipped.Select(line => $"//   {line}\n"))}\n";

    /// <summary>Every mark of the new source is reported, and nothing else.</summary>
    internal static async Task ReportsAsync(string before, string after, params string[] unshipped)
    {
        var source = MarkedSource.Parse(after);
        Verify.AssertSame(source, await AnalyzeAsync(source.Text, FactsOf(before).Facts, unshipped));
    }

    internal static Task<ImmutableArray<Diagnostic>> AnalyzeAsync(string source, IEnumerable<ContractFact> shipped, params string[] unshipped)
    {
        Assert.Empty(TestProject.ErrorsOf(TestProject.Compile(source)));
        var sample = BaselineSample.Of(Head(shipped, unshipped));
        return TestProject.AnalyzeAsync(TestProject.Compile(source), sample.Properties, sample.Texts);
    }

    /// <summary>The unshipped lines of a project in which everything is recorded and everything accepted.</summary>
    internal static string[] Recorded(string before, string after)
    {
        ContractFactSet old = FactsOf(before);
        ContractFactSet now = FactsOf(after);
        string text = BaselineEdit.Update(
            BaselineFile.Parse(SourceText.From(BaselineFile.ToShipped(old.Facts))),
            BaselineFile.Empty,
            now.Facts.Where(fact => !old.Contains(fact)),
            old.Facts.Where(fact => !now.Contains(fact)));
        return [.. text.Split('\n').Where(line => line.Length > 0 && !line.StartsWith('#'))];
    }
}
