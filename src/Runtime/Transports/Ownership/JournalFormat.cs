using System.Globalization;
using System.Text;

namespace Contracts.Ipc.Transports.Ownership;

/// <summary>One object of a process.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Which one, as its kind names things.</param>
/// <param name="Since">When it was recorded, by the clock on the wall: for people.</param>
internal readonly record struct JournalEntry(OwnedKind Kind, string Name, DateTimeOffset Since);

/// <summary>
/// The text of a journal: <c>contracts-owner 1</c>, then one line for each object, <c>+ kind milliseconds name</c>. A line that begins with a minus
/// is free.
/// </summary>
/// <remarks>
/// The reader takes what it understands and passes over the rest: a torn line belongs to an object that was never made, since the line comes first.
/// </remarks>
internal static class JournalFormat
{
    public const string Header = "contracts-owner 1\n";
    public const byte Taken = (byte)'+';
    public const byte Free = (byte)'-';

    private const string Family = "contracts-owner ";

    /// <summary>The line of an object, free as yet: a single byte, written last, makes it count.</summary>
    public static byte[] FreeLine(JournalEntry entry) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"- {entry.Kind.InFile()} {entry.Since.ToUnixTimeMilliseconds()} {Escape(entry.Name)}\n"));

    /// <summary>Reads a journal.</summary>
    /// <returns>Null if it was written by a later version, whose objects are not ours to judge.</returns>
    public static List<JournalEntry>? Parse(ReadOnlySpan<byte> bytes)
    {
        string text = Encoding.UTF8.GetString(bytes);
        if (text.StartsWith(Family, StringComparison.Ordinal) && !text.StartsWith(Header, StringComparison.Ordinal) && text.Contains('\n', StringComparison.Ordinal))
        {
            return null;
        }

        var entries = new List<JournalEntry>();
        ReadOnlySpan<char> rest = text;
        for (int end = rest.IndexOf('\n'); end >= 0; end = rest.IndexOf('\n'))
        {
            if (ParseLine(rest[..end]) is { } entry)
            {
                entries.Add(entry);
            }

            rest = rest[(end + 1)..];
        }

        return entries;
    }

    private static JournalEntry? ParseLine(ReadOnlySpan<char> line)
    {
        Span<Range> parts = stackalloc Range[4];
        if (line.TrimEnd(' ').Split(parts, ' ') != 4
            || line[parts[0]] is not "+"
            || OwnedKinds.Parse(line[parts[1]]) is not { } kind
            || !long.TryParse(line[parts[2]], NumberStyles.None, CultureInfo.InvariantCulture, out long since)
            || since > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
        {
            return null;
        }

        string name = Uri.UnescapeDataString(line[parts[3]].TrimEnd(' '));
        return name.Contains('\0', StringComparison.Ordinal) ? null : new JournalEntry(kind, name, DateTimeOffset.FromUnixTimeMilliseconds(since));
    }

    // A path may contain anything but zero: what would end the line or vanish with its padding is written in hexadecimal digits.
    private static string Escape(string name) =>
        name.Replace("%", "%25", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal).Replace(" ", "%20", StringComparison.Ordinal);
}
