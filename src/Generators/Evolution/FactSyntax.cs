using System.Globalization;
using System.Text;

namespace Contracts.Ipc.Generators.Evolution;

/// <summary>
/// How a line of a baseline is spelled: words between blanks, each of which may be in single quotes, and a word may be <c>name=value</c>.
/// </summary>
/// <remarks>
/// What a quoted word cannot hold is escaped with a percent sign, as in addresses. A line never has a backslash: on its way through MSBuild it would become
/// a slash.
/// </remarks>
internal static class FactSyntax
{
    /// <summary>A word, in quotes if it would not be read as one otherwise.</summary>
    internal static string Word(string text)
    {
        if (text.Length > 0 && text.All(IsPlain) && text[0] is not ('*' or '#'))
        {
            return text;
        }

        var quoted = new StringBuilder("'");
        foreach (char letter in text)
        {
            quoted.Append(letter switch
            {
                '\'' or '\\' or '%' => $"%{(int)letter:x2}",
                _ when char.IsControl(letter) || char.IsSurrogate(letter) || letter is '\u2028' or '\u2029' => $"%u{(int)letter:x4}",
                _ => letter.ToString(),
            });
        }

        return quoted.Append('\'').ToString();
    }

    /// <summary>The key of something that has a name: never the same as that of a number.</summary>
    internal static string NameKey(string name)
        => name.Length > 0 && (char.IsDigit(name[0]) || name[0] == '-') ? $"'{name}'" : Word(name);

    /// <summary>The words of a line; null if a quote does not end.</summary>
    internal static List<(string Name, string? Value, bool IsQuoted)>? Split(string line)
    {
        var words = new List<(string Name, string? Value, bool IsQuoted)>();
        int position = 0;
        while (true)
        {
            while (position < line.Length && line[position] == ' ')
            {
                position++;
            }

            if (position == line.Length)
            {
                return words;
            }

            bool isQuoted = line[position] == '\'';
            if (Read(line, ref position) is not { } name)
            {
                return null;
            }

            string? value = null;
            if (position < line.Length && line[position] == '=')
            {
                position++;
                value = Read(line, ref position);
                if (value is null)
                {
                    return null;
                }
            }

            if (position < line.Length && line[position] != ' ')
            {
                return null;
            }

            words.Add((name, value, isQuoted));
        }
    }

    /// <summary>The text of a word that was read as a key, with its quotes.</summary>
    internal static string Unquote(string key)
    {
        int position = 0;
        return Read(key, ref position) is { } text && position == key.Length ? text : key;
    }

    private static string? Read(string line, ref int position)
    {
        int start = position;
        if (position == line.Length || line[position] != '\'')
        {
            while (position < line.Length && IsPlain(line[position]))
            {
                position++;
            }

            return position == start ? null : line.Substring(start, position - start);
        }

        var text = new StringBuilder();
        for (position++; position < line.Length; position++)
        {
            switch (line[position])
            {
                case '\'':
                    position++;
                    return text.ToString();
                case '%':
                    if (ReadEscape(line, ref position) is not { } letter)
                    {
                        return null;
                    }

                    text.Append(letter);
                    break;
                default:
                    text.Append(line[position]);
                    break;
            }
        }

        return null;
    }

    /// <summary>The letter behind a percent sign: two digits, or four behind a <c>u</c>. The position ends at the last of them.</summary>
    private static char? ReadEscape(string line, ref int position)
    {
        bool isLong = position + 1 < line.Length && line[position + 1] == 'u';
        int digits = position + (isLong ? 2 : 1);
        int count = isLong ? 4 : 2;
        if (digits + count > line.Length
            || !ushort.TryParse(line.Substring(digits, count), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code))
        {
            return null;
        }

        position = digits + count - 1;
        return (char)code;
    }

    private static bool IsPlain(char letter) => char.IsLetterOrDigit(letter) || letter is '_' or '.' or '<' or '>' or ',' or '?' or '(' or ')' or '[' or ']' or '+' or '-' or ':' or '$' or '@' or '/' or '*' or '&' or '!' or ';';
}
