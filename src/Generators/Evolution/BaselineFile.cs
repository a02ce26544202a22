using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Contracts.Ipc.Generators.Parsing;
using Microsoft.CodeAnalysis.Text;

namespace Contracts.Ipc.Generators.Evolution;

/// <summary>What a line of a baseline is.</summary>
internal enum BaselineLineKind
{
    /// <summary>Something that holds.</summary>
    Fact,

    /// <summary>Something shipped that does not hold any more, and that somebody has agreed to give up.</summary>
    Removed,

    /// <summary>Neither.</summary>
    Invalid,
}

/// <summary>One line of a baseline that says something.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Fact">The fact; null if the line is invalid.</param>
/// <param name="Text">The line as it stands there.</param>
/// <param name="Span">Where it stands.</param>
internal sealed record BaselineLine(BaselineLineKind Kind, ContractFact? Fact, string Text, TextSpan Span);

/// <summary>
/// <c>IpcContracts.Shipped.txt</c> or <c>IpcContracts.Unshipped.txt</c>: what a project has promised to the processes of earlier releases, and what will be
/// promised with the next one.
/// </summary>
/// <remarks>
/// The first line names the version of the format. In the shipped file the second holds a hash of all others: what was shipped is never edited, because whoever
/// has it has it.
/// </remarks>
internal sealed class BaselineFile
{
    internal const string Shipped = "IpcContracts.Shipped.txt";
    internal const string Unshipped = "IpcContracts.Unshipped.txt";

    /// <summary>The first line.</summary>
    internal const string Header = "#contracts 1";

    /// <summary>Marks what somebody has agreed to give up.</summary>
    internal const string RemovedMark = "*REMOVED* ";

    private const string HashMark = "#shipped ";

    private BaselineFile(ImmutableArray<BaselineLine> lines, string? version, string? hash, ImmutableArray<string> comments)
    {
        Lines = lines;
        Version = version;
        Hash = hash;
        Comments = comments;
    }

    /// <summary>The lines that say something, in their order.</summary>
    internal ImmutableArray<BaselineLine> Lines { get; }

    /// <summary>The line that names the format; null if the file does not begin with one.</summary>
    internal string? Version { get; }

    /// <summary>The hash that the file says it has.</summary>
    internal string? Hash { get; }

    /// <summary>What people wrote for people.</summary>
    internal ImmutableArray<string> Comments { get; }

    internal IEnumerable<ContractFact> Facts => Of(BaselineLineKind.Fact);

    internal IEnumerable<ContractFact> Removed => Of(BaselineLineKind.Removed);

    /// <summary>Whether the shipped facts are those that were shipped.</summary>
    internal bool IsAsShipped => Lines.IsEmpty ? Hash is null || Hash == HashOf([]) : Hash == HashOf(Facts);

    internal static BaselineFile Empty { get; } = new([], Header, null, []);

    internal static BaselineFile Parse(SourceText text)
    {
        var lines = ImmutableArray.CreateBuilder<BaselineLine>();
        var comments = ImmutableArray.CreateBuilder<string>();
        string? version = null;
        string? hash = null;
        foreach (TextLine textLine in text.Lines)
        {
            string line = textLine.ToString().Trim();
            if (line.StartsWith("#contracts", StringComparison.Ordinal))
            {
                version ??= line;
            }
            else if (line.StartsWith(HashMark, StringComparison.Ordinal))
            {
                hash ??= line.Substring(HashMark.Length).Trim();
            }
            else if (line.StartsWith("#", StringComparison.Ordinal))
            {
                comments.Add(line);
            }
            else if (line.Length > 0)
            {
                lines.Add(ParseLine(line, textLine.Span));
            }
        }

        return new BaselineFile(lines.ToImmutable(), version, hash, comments.ToImmutable());
    }

    /// <summary>The text of a shipped baseline.</summary>
    internal static string ToShipped(IEnumerable<ContractFact> facts, IEnumerable<string>? comments = null)
    {
        var set = new ContractFactSet(facts);
        var text = new StringBuilder(Header).Append('\n').Append(HashMark).Append(HashOf(set.Facts)).Append('\n');
        AppendComments(text, comments);
        return text.Append(set.ToText()).ToString();
    }

    /// <summary>The text of a baseline of what is not shipped yet.</summary>
    internal static string ToUnshipped(IEnumerable<ContractFact> facts, IEnumerable<ContractFact> removed, IEnumerable<string>? comments = null)
    {
        var text = new StringBuilder(Header).Append('\n');
        AppendComments(text, comments);
        foreach (ContractFact fact in removed.Distinct().OrderBy(fact => fact, ContractFactSet.Order.Instance))
        {
            text.Append(RemovedMark).Append(fact.Line).Append('\n');
        }

        foreach (ContractFact fact in facts.Distinct().OrderBy(fact => fact, ContractFactSet.Order.Instance))
        {
            text.Append(fact.Line).Append('\n');
        }

        return text.ToString();
    }

    private static void AppendComments(StringBuilder text, IEnumerable<string>? comments)
    {
        foreach (string comment in comments ?? [])
        {
            text.Append(comment).Append('\n');
        }
    }

    private static string HashOf(IEnumerable<ContractFact> facts)
        => Fnv1a.Hash(string.Join("\n", facts.OrderBy(fact => fact, ContractFactSet.Order.Instance).Select(fact => fact.Line))).ToString("x16", CultureInfo.InvariantCulture);

    private static BaselineLine ParseLine(string line, TextSpan span)
    {
        bool removed = line.StartsWith(RemovedMark, StringComparison.Ordinal);
        ContractFact? fact = ContractFact.Parse(removed ? line.Substring(RemovedMark.Length) : line);
        return new BaselineLine(fact is null ? BaselineLineKind.Invalid : removed ? BaselineLineKind.Removed : BaselineLineKind.Fact, fact, line, span);
    }

    private IEnumerable<ContractFact> Of(BaselineLineKind kind) => Lines.Where(line => line.Kind == kind).Select(line => line.Fact!);
}
