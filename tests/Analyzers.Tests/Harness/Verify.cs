using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Contracts.Ipc.Analyzers.Tests;

/// <summary>The sentences of the tests: what a source reports, and what a fix makes of it.</summary>
internal static class Verify
{
    /// <summary>
    /// Every mark of the source is reported, and nothing else; the source has no compiler error but <paramref name="compilerErrors"/>.
    /// </summary>
    internal static async Task<ImmutableArray<Diagnostic>> ReportsAsync(
        string marked, LanguageVersion version = LanguageVersion.Preview, string[]? compilerErrors = null)
    {
        MarkedSource source = MarkedSource.Parse(marked);
        return await ReportsAsync(source, TestProject.Compile(source.Text, version), compilerErrors ?? []);
    }

    /// <summary>As <see cref="ReportsAsync(string, LanguageVersion, string[])"/>, with what the generator makes of the contracts: calls of them compile.</summary>
    internal static async Task<ImmutableArray<Diagnostic>> ReportsGeneratedAsync(string marked, IReadOnlyDictionary<string, string>? properties = null)
    {
        MarkedSource source = MarkedSource.Parse(marked);
        return await ReportsAsync(source, Generator.Run(TestProject.Compile(source.Text)), [], properties);
    }

    /// <summary>Nothing is reported, and the source has no compiler error.</summary>
    internal static Task AcceptsAsync(string source) => ReportsAsync(source);

    internal static void AssertSame(MarkedSource source, ImmutableArray<Diagnostic> reported)
    {
        string[] expected = [.. source.Marks.Select(mark => Describe(source, mark.Id, mark.Span)).Order(StringComparer.Ordinal)];
        string[] actual = [.. reported.Select(d => Describe(source, d.Id, d.Location.SourceSpan)).Order(StringComparer.Ordinal)];
        Assert.True(
            expected.SequenceEqual(actual, StringComparer.Ordinal),
            $"Expected:\n  {string.Join("\n  ", expected)}\nReported:\n  {string.Join("\n  ", actual)}\n\nAll:\n  {string.Join("\n  ", reported)}");
    }

    private static async Task<ImmutableArray<Diagnostic>> ReportsAsync(
        MarkedSource source, Compilation compilation, string[] compilerErrors, IReadOnlyDictionary<string, string>? properties = null)
    {
        AssertOnlyKnownErrors(compilation, compilerErrors);
        ImmutableArray<Diagnostic> reported = await TestProject.AnalyzeAsync(compilation, properties);
        AssertSame(source, reported);
        return reported;
    }

    private static string Describe(MarkedSource source, string id, TextSpan span)
        => FormattableString.Invariant($"{id} at {span.Start}: {source.Text[span.Start..span.End]}");

    private static void AssertOnlyKnownErrors(Compilation compilation, string[] known)
    {
        Diagnostic[] unexpected = [.. TestProject.ErrorsOf(compilation).Where(error => !known.Contains(error.Id, StringComparer.Ordinal))];
        Assert.True(unexpected.Length == 0, "The source of the test does not compile:\n  " + string.Join("\n  ", (object[])unexpected));
    }
}
