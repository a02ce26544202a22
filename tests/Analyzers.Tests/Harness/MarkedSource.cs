using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Text;

namespace Contracts.Ipc.Analyzers.Tests;

/// <summary>One place where a test expects a diagnostic.</summary>
internal readonly record struct Mark(string Id, TextSpan Span);

/// <summary>
/// Source text with the expected diagnostics written into it as <c>{|IPC1001:ICalculator|}</c>. Marks may nest; the same text may carry several.
/// </summary>
internal sealed partial class MarkedSource
{
    private MarkedSource(string text, ImmutableArray<Mark> marks)
    {
        Text = text;
        Marks = marks;
    }

    /// <summary>The source without marks.</summary>
    internal string Text { get; }

    internal ImmutableArray<Mark> Marks { get; }

    internal static MarkedSource Parse(string marked)
    {
        var text = new StringBuilder();
        var open = new Stack<(string Id, int Start)>();
        var marks = ImmutableArray.CreateBuilder<Mark>();
        int copied = 0;

        foreach (Match token in Token().Matches(marked))
        {
            text.Append(marked, copied, token.Index - copied);
            copied = token.Index + token.Length;
            if (token.Groups["id"] is { Success: true } id)
            {
                open.Push((id.Value, text.Length));
            }
            else
            {
                Assert.True(open.Count > 0, string.Create(CultureInfo.InvariantCulture, $"A mark ends at {token.Index} that never began."));
                (string closing, int start) = open.Pop();
                marks.Add(new Mark(closing, TextSpan.FromBounds(start, text.Length)));
            }
        }

        text.Append(marked, copied, marked.Length - copied);
        Assert.True(open.Count == 0, "A mark never ends.");
        return new MarkedSource(text.ToString(), marks.ToImmutable());
    }

    [GeneratedRegex(@"\{\|(?<id>[A-Z]+[0-9]{4}):|\|\}")]
    private static partial Regex Token();
}
