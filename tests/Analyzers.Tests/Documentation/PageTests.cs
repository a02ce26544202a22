using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Contracts.Ipc.Analyzers.Tests.Documentation;

/// <summary>Every rule has a page, and what the pages say is true.</summary>
public sealed class PageTests
{
    public static TheoryData<string> Ids => [.. TestProject.Rules.Select(rule => rule.Id)];

    [Theory, MemberData(nameof(Ids))]
    public void The_head_of_a_page_agrees_with_its_rule(string id)
    {
        DiagnosticDescriptor rule = TestProject.Rules.Single(rule => rule.Id == id);
        RulePage page = RulePage.Read(id);
        Assert.Equal($"{id}: {rule.Title.ToString(CultureInfo.InvariantCulture)}", page.Heading);
        Assert.Equal(rule.Category, page.Category);
        Assert.Equal(rule.DefaultSeverity.ToString(), page.Severity);
        Assert.Equal(FixProject.Providers.Any(provider => provider.FixableDiagnosticIds.Contains(id)), page.CodeFix.StartsWith("Yes: ", StringComparison.Ordinal));
        Assert.Equal($"docs/analyzers/{id}.md", rule.HelpLinkUri);
    }

    [Theory, MemberData(nameof(Ids))]
    public async Task The_wrong_sample_raises_this_rule_and_no_other(string id)
    {
        // With what is generated, as in a build: calls of a contract that is right have to compile.
        Sample sample = RulePage.Read(id).Wrong;
        Compilation compilation = Generator.Run(Compile(sample));
        Assert.Equal([id], (await AnalyzeAsync(compilation, sample)).Select(diagnostic => diagnostic.Id).Distinct());

        // How the compiler puts what IPC4001, IPC4002 and IPC3030 explain; and what it says of shared structs for which nothing is generated here.
        Assert.DoesNotContain(
            TestProject.ErrorsOf(compilation),
            error => !((error.Id == "CS0311" && id.StartsWith("IPC4", StringComparison.Ordinal)) || (error.Id == "CS0315" && (id == "IPC3030" || id.StartsWith("IPC41", StringComparison.Ordinal)))));
    }

    [Theory, MemberData(nameof(Ids))]
    public async Task The_right_sample_is_accepted_by_compiler_generator_and_analyzers(string id)
    {
        Sample sample = RulePage.Read(id).Right;
        CSharpCompilation compilation = Compile(sample);
        Assert.Empty(await AnalyzeAsync(compilation, sample));
        Compilation generated = Generator.Run(compilation);
        Assert.Empty(TestProject.ErrorsOf(generated));
        Assert.Empty(await AnalyzeAsync(generated, sample));
    }

    [Theory, MemberData(nameof(Ids))]
    public async Task A_pragma_silences_the_rule(string id)
    {
        Sample wrong = RulePage.Read(id).Wrong;
        CSharpCompilation compilation = Compile(wrong with { Text = $"#pragma warning disable {id}\n{wrong.Text}" }, $"#pragma warning disable {id}\n");
        ImmutableArray<Diagnostic> diagnostics = await AnalyzeAsync(Generator.Run(compilation), wrong);
        Assert.All(diagnostics, diagnostic => Assert.True(diagnostic.IsSuppressed || !diagnostic.Location.IsInSource, diagnostic.ToString()));
    }

    /// <summary>A sample may show the baseline of its project.</summary>
    private static Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Compilation compilation, Sample sample)
    {
        var baseline = BaselineSample.Of(sample.Text);
        return TestProject.AnalyzeAsync(compilation, baseline.Properties, baseline.Texts);
    }

    /// <summary>A sample in XML is a piece of a project file: the language version or the platform of an otherwise good project.</summary>
    private static CSharpCompilation Compile(Sample sample, string head = "")
    {
        if (sample.Language == "csharp")
        {
            return TestProject.Compile(sample.Text).AddSyntaxTrees(MessagePackAttributes.Tree);
        }

        var properties = System.Xml.Linq.XElement.Parse(sample.Text[head.Length..]);
        if (properties.Element("PlatformTarget") is { } platform)
        {
            CSharpCompilation shared = TestProject.Compile(head + "[SharedLayout] public partial struct Sample { public long Count; }");
            return shared.WithOptions(shared.Options.WithPlatform(Enum.Parse<Platform>(platform.Value, ignoreCase: true)));
        }

        string version = properties.Element("LangVersion")!.Value;
        Assert.True(LanguageVersionFacts.TryParse(version, out LanguageVersion parsed) || version == "14");
        return TestProject.Compile(
            head + "[IpcService] public partial interface IClock { long Now(); }",
            version == "14" ? LanguageVersion.Preview : parsed);
    }
}
