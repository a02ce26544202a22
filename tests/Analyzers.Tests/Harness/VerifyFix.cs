using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.Analyzers.Tests;

/// <summary>
/// The sentences of the code-fix tests. After every fix the text is as written in the test, the rule is silent and the code compiles.
/// </summary>
internal static class VerifyFix
{
    /// <summary>Fixes the first diagnostic of the rule by the offer with this title.</summary>
    internal static async Task OneAsync(string id, string title, string before, string after, string rest = "")
    {
        using FixProject project = await FixProject.OpenAsync(before, rest);
        (_, CodeAction action) = await FindAsync(project, id, title);
        await project.ApplyAsync(action);
        await AssertFixedAsync(project, id, after);
    }

    /// <summary>Takes the offer with this title and applies it wherever it is offered.</summary>
    internal static async Task AllAsync(string id, string title, string before, string after, string rest = "")
    {
        using FixProject project = await FixProject.OpenAsync(before, rest);
        (CodeFixProvider provider, CodeAction action) = await FindAsync(project, id, title);
        await project.ApplyToAllAsync(id, provider, action);
        await AssertFixedAsync(project, id, after);
    }

    /// <summary>The titles that are offered for the first diagnostic of the rule.</summary>
    internal static async Task<string[]> TitlesAsync(string id, string before, string rest = "")
    {
        using FixProject project = await FixProject.OpenAsync(before, rest);
        return [.. (await project.OfferAsync(id)).Select(offer => offer.Action.Title)];
    }

    private static async Task<(CodeFixProvider Provider, CodeAction Action)> FindAsync(FixProject project, string id, string title)
    {
        var offers = await project.OfferAsync(id);
        Assert.Contains(title, offers.Select(offer => offer.Action.Title));
        return offers.First(offer => offer.Action.Title == title);
    }

    private static async Task AssertFixedAsync(FixProject project, string id, string after)
    {
        Assert.Equal(after, await project.TextAsync());
        Compilation compilation = await project.CompileAsync();
        Assert.DoesNotContain(await project.AnalyzeAsync(), diagnostic => diagnostic.Id == id);
        Assert.Empty(TestProject.ErrorsOf(compilation));
    }
}
