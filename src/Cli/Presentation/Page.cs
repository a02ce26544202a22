namespace Contracts.Ipc.Cli.Presentation;

/// <summary>What a piece of text means to the reader; colour, where there is colour, follows from it.</summary>
internal enum Tone
{
    Normal,
    Strong,
    Faint,
    Good,
    Warning,
    Bad,
}

/// <summary>
/// Where results are shown to people. Commands say what a text means, never how it looks, so that they need no console.
/// </summary>
/// <remarks>Much of what is shown comes from other processes. No page lets a control character of theirs through to the terminal.</remarks>
internal abstract class Page
{
    /// <summary>Writes a line.</summary>
    public abstract void Line(string text = "", Tone tone = Tone.Normal);

    /// <summary>Writes a table; nothing if it has no rows.</summary>
    public abstract void Table(Grid grid);

    /// <summary>The page of a host: styled on a terminal, otherwise plain and as wide as its contents.</summary>
    public static Page For(TextWriter writer, Host host, bool color) =>
        host.IsTerminal ? new StyledPage(writer, host.Width, color) : new PlainPage(writer);

    /// <summary>The text with every character that a terminal would obey, not show, replaced.</summary>
    public static string Printable(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\0', '\x1f') && !text.AsSpan().ContainsAnyInRange('\x7f', '\x9f'))
        {
            return text;
        }

        return string.Create(text.Length, text, static (span, source) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(source[i]) && source[i] != '\n' ? '\uFFFD' : source[i];
            }
        });
    }
}
