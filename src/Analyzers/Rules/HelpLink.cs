namespace Contracts.Ipc.Analyzers.Rules;

/// <summary>Where the page of a rule is found. Relative to the repository, until the project has an address of its own.</summary>
internal static class HelpLink
{
    private const string Pages = "docs/analyzers/";

    internal static string To(string id) => Pages + id + ".md";
}
