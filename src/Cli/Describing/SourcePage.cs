using Contracts.Ipc.Cli.Presentation;

namespace Contracts.Ipc.Cli.Describing;

/// <summary>Shows C#: a line of it has one tone, which is enough to find the members among what is said about them.</summary>
internal static class SourcePage
{
    public static void Show(string source, Page page)
    {
        foreach (ReadOnlySpan<char> line in source.AsSpan().TrimEnd().EnumerateLines())
        {
            page.Line(line.ToString(), ToneOf(line.TrimStart()));
        }
    }

    private static Tone ToneOf(ReadOnlySpan<char> code) =>
        code.StartsWith("//", StringComparison.Ordinal) || code.StartsWith("[", StringComparison.Ordinal) || code.StartsWith("using ", StringComparison.Ordinal)
            ? Tone.Faint
            : code.StartsWith("public ", StringComparison.Ordinal) ? Tone.Strong : Tone.Normal;
}
