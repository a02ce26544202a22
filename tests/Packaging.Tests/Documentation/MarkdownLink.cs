using System.Text.RegularExpressions;

namespace Contracts.Ipc.Packaging.Tests.Documentation;

/// <summary>A link to another file of the repository, in a page of the repository.</summary>
internal sealed partial record MarkdownLink(string Page, string Target)
{
    private static readonly string[] Skipped = ["artifacts", "bin", "obj", ".git"];

    /// <summary>Every page of the repository.</summary>
    public static IEnumerable<string> Pages() => Directory
        .EnumerateFiles(Repository.Root, "*.md", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Repository.Root, path))
        .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(Skipped.Contains))
        .Order(StringComparer.Ordinal);

    /// <summary>The links of a page that name a file or a heading; addresses elsewhere are not looked up.</summary>
    public static IEnumerable<MarkdownLink> In(string page)
    {
        string text = CodeBlock().Replace(File.ReadAllText(Repository.PathOf(page)), "");
        return Link().Matches(text)
            .Select(match => match.Groups["target"].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal))
            .Select(target => new MarkdownLink(page, target));
    }

    /// <summary>Whether the file is there and has the heading.</summary>
    public bool Resolves()
    {
        string[] parts = Target.Split('#', 2);
        string file = parts[0].Length == 0
            ? Repository.PathOf(Page)
            : Path.Combine(Path.GetDirectoryName(Repository.PathOf(Page))!, parts[0]);
        return Directory.Exists(file) || (File.Exists(file) && (parts.Length == 1 || HasHeading(file, parts[1])));
    }

    private static bool HasHeading(string file, string anchor) => Heading()
        .Matches(CodeBlock().Replace(File.ReadAllText(file), ""))
        .Select(match => NotInAnchor().Replace(match.Groups["text"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'))
        .Contains(anchor);

    [GeneratedRegex(@"^ *(```|~~~).*?^ *\1", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"(?<!`)\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();
}
