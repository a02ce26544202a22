using System.Collections.Immutable;
using Contracts.Ipc.Generators.Evolution;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Tests.Evolution;

/// <summary>What is said about the files of a baseline themselves.</summary>
public sealed class BaselineFileTests
{
    private const string Source = "[IpcService] public partial interface IShop { int A(); }";

    private static IEnumerable<ContractFact> Facts => BaselineProject.FactsOf(Source).Facts;

    [Theory]
    [InlineData("contract", "IPC5004")]
    [InlineData("something IShop", "IPC5004")]
    [InlineData("method IShop A name='B", "IPC5004")]
    [InlineData("method IShop A name='%zz'", "IPC5004")]
    [InlineData("method IShop A name=\"B\"", "IPC5004")]
    [InlineData("<<<<<<< HEAD", "IPC5004")]
    [InlineData("*REMOVED*", "IPC5004")]
    [InlineData("contract IShop", "IPC5005")]
    [InlineData("*REMOVED* contract IStock", "IPC5009")]
    [Rejects("IPC5004")]
    [Rejects("IPC5005")]
    [Rejects("IPC5009")]
    public async Task A_line_that_says_nothing_or_says_it_twice_is_told_at_the_line(string line, string id)
    {
        Diagnostic told = Assert.Single(await BaselineProject.AnalyzeAsync(Source, Facts, line));
        Assert.Equal(id, told.Id);
        Assert.Equal("IpcContracts.Unshipped.txt", told.Location.GetLineSpan().Path);
        Assert.Equal(1, told.Location.GetLineSpan().StartLinePosition.Line);
    }

    [Fact]
    [Accepts("IPC5004")]
    [Accepts("IPC5005")]
    [Accepts("IPC5006")]
    [Accepts("IPC5009")]
    public async Task A_baseline_as_the_package_writes_it_is_silent()
    {
        Assert.Empty(await BaselineProject.AnalyzeAsync(Source, Facts, "# a comment for people"));
        Assert.Empty(await BaselineProject.AnalyzeAsync(Source, [], [.. Facts.Select(fact => fact.Line)]));
    }

    [Fact, Rejects("IPC5004")]
    public async Task A_file_of_another_version_is_not_understood()
    {
        var sample = BaselineSample.Of("// IpcContracts.Shipped.txt:\n//   #contracts 2\n");
        Assert.Contains((await TestProject.AnalyzeAsync(TestProject.Compile(Source), files: sample.Texts)).Select(diagnostic => diagnostic.Id), id => id == "IPC5004");
    }

    [Fact, Rejects("IPC5006")]
    public async Task An_edit_of_what_was_shipped_is_noticed_although_the_source_fits()
    {
        string shipped = BaselineFile.ToShipped(BaselineProject.FactsOf("[IpcService] public partial interface IShop { long A(); }").Facts);
        string edited = shipped.Replace("long", "int", StringComparison.Ordinal);
        var sample = BaselineSample.Of($"// IpcContracts.Shipped.txt:\n{string.Concat(edited.TrimEnd().Split('\n').Select(line => $"//   {line}\n"))}");
        ImmutableArray<Diagnostic> told = await TestProject.AnalyzeAsync(TestProject.Compile(Source), files: sample.Texts);
        Assert.Contains("IPC5006", told.Select(diagnostic => diagnostic.Id));
    }

    [Fact, Rejects("IPC5007"), Accepts("IPC5007")]
    public async Task A_release_has_nothing_unshipped()
    {
        string head = BaselineProject.Head(Facts, "contract IStock");
        Assert.Equal("IPC5003", Assert.Single(await AnalyzeAsync(head)).Id);
        Assert.Equal(["IPC5003", "IPC5007"], (await AnalyzeAsync("// IpcContractsFrozen = true\n" + head)).Select(diagnostic => diagnostic.Id).Order(StringComparer.Ordinal));
        Assert.Empty(await AnalyzeAsync("// IpcContractsFrozen = true\n" + BaselineProject.Head(Facts)));
        Assert.DoesNotContain("IPC5007", (await AnalyzeAsync("// IpcContractsFrozen = true\n// IpcBaselineAction = Ship\n" + head)).Select(diagnostic => diagnostic.Id));
    }

    [Fact, Rejects("IPC5008"), Accepts("IPC5008")]
    public async Task Who_asks_for_a_baseline_and_has_none_is_told_and_nobody_else()
    {
        Assert.Equal("IPC5008", Assert.Single(await AnalyzeAsync("// IpcContractsFrozen = true\n")).Id);
        Assert.Equal("IPC5008", Assert.Single(await AnalyzeAsync("// IpcContracts.Unshipped.txt:\n")).Id);
        Assert.Empty(await AnalyzeAsync(""));
        Assert.Empty(await AnalyzeAsync("// IpcContractsFrozen = true\n// IpcBaselineAction = Create\n"));
        Assert.Empty(await TestProject.AnalyzeAsync(TestProject.Compile("public class None;"), new Dictionary<string, string> { ["build_property.IpcContractsFrozen"] = "true" }));
    }

    [Fact]
    public void Shipping_moves_what_is_unshipped_and_takes_out_what_is_removed()
    {
        ContractFact[] facts = [.. Facts];
        var shipped = BaselineFile.Parse(Microsoft.CodeAnalysis.Text.SourceText.From(BaselineFile.ToShipped(facts)));
        var unshipped = BaselineFile.Parse(Microsoft.CodeAnalysis.Text.SourceText.From($"{BaselineFile.Header}\n*REMOVED* {facts[^1].Line}\ncontract IStock\n"));
        var result = BaselineFile.Parse(Microsoft.CodeAnalysis.Text.SourceText.From(BaselineEdit.Ship(shipped, unshipped)));
        Assert.True(result.IsAsShipped);
        Assert.Equal([.. facts[..^1].Select(fact => fact.Line), "contract IStock"], result.Facts.Select(fact => fact.Line));
    }

    private static Task<ImmutableArray<Diagnostic>> AnalyzeAsync(string head)
    {
        var sample = BaselineSample.Of(head);
        return TestProject.AnalyzeAsync(TestProject.Compile(Source), sample.Properties, sample.Texts);
    }
}
