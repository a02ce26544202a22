using System.Text.RegularExpressions;

namespace Contracts.Ipc.Analyzers.Tests.Documentation;

/// <summary>The page of one rule, taken apart.</summary>
internal sealed partial record RulePage(string Heading, string Category, string Severity, string CodeFix, Sample Wrong, Sample Right)
{
    internal static string PathOf(string id) => Repository.PathOf("docs", "analyzers", id + ".md");

    internal static RulePage Read(string id)
    {
        string text = File.ReadAllText(PathOf(id)).ReplaceLineEndings("\n");
        Match match = Layout().Match(text);
        Assert.True(match.Success, $"{id}.md does not follow the layout of the other pages.");
        return new RulePage(
            match.Groups["heading"].Value,
            match.Groups["category"].Value,
            match.Groups["severity"].Value,
            match.Groups["fix"].Value,
            new Sample(match.Groups["wrongLanguage"].Value, match.Groups["wrong"].Value),
            new Sample(match.Groups["rightLanguage"].Value, match.Groups["right"].Value));
    }

    [GeneratedRegex("""
        \A\#\ (?<heading>[^\n]+)\n\n
        \|\ Category\ \|\ Severity\ \|\ Code\ fix\ \|\n[^\n]+\n\|\ (?<category>[^|]+)\ \|\ (?<severity>[^|]+)\ \|\ (?<fix>[^\n]+)\ \|\n\n
        .+?\n\n
        \#\#\ Wrong\n\n```(?<wrongLanguage>\w+)\n(?<wrong>.+?)\n```\n\n
        \#\#\ Right\n\n```(?<rightLanguage>\w+)\n(?<right>.+?)\n```\n\n
        \#\#\ How\ to\ fix\n\n
        """, RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Layout();
}

/// <summary>One block of code of a page.</summary>
internal sealed record Sample(string Language, string Text);
