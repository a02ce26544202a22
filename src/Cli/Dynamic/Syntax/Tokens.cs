using System.Globalization;
using System.Text;

namespace Contracts.Ipc.Cli.Dynamic.Syntax;

/// <summary>What kind of token it is.</summary>
internal enum TokenKind
{
    End,
    Name,
    Number,

    /// <summary>A string or a character.</summary>
    Text,
    Punctuation,
}

/// <summary>One token: where it stands, and of a string or character what it means.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int Start, int End);

/// <summary>Cuts a declaration into tokens: of C# only what generated declarations contain.</summary>
internal static class Tokens
{
    internal static List<Token> Of(string text)
    {
        var tokens = new List<Token>();
        int position = 0;
        while (position < text.Length)
        {
            char c = text[position];
            if (char.IsWhiteSpace(c))
            {
                position++;
                continue;
            }

            int start = position;
            Token token = c switch
            {
                '"' or '\'' => Quoted(text, start),
                '@' or '_' => Name(text, start),
                _ when char.IsLetter(c) => Name(text, start),
                _ when char.IsAsciiDigit(c) => Number(text, start),
                ':' when Follows(text, start, "::") => new Token(TokenKind.Punctuation, "::", start, start + 2),
                '=' when Follows(text, start, "=>") => new Token(TokenKind.Punctuation, "=>", start, start + 2),
                _ => new Token(TokenKind.Punctuation, c.ToString(), start, start + 1),
            };
            tokens.Add(token);
            position = token.End;
        }

        tokens.Add(new Token(TokenKind.End, "the end", text.Length, text.Length));
        return tokens;
    }

    private static bool Follows(string text, int start, string expected) => string.CompareOrdinal(text, start, expected, 0, expected.Length) == 0;

    private static Token Name(string text, int start)
    {
        int end = start + 1;
        while (end < text.Length && IsNamePart(text[end]))
        {
            end++;
        }

        return new Token(TokenKind.Name, text[start..end].TrimStart('@'), start, end);
    }

    private static bool IsNamePart(char c)
        => c == '_' || char.IsLetterOrDigit(c)
            || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.ConnectorPunctuation or UnicodeCategory.Format;

    private static Token Number(string text, int start)
    {
        int end = start + 1;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '.' || (text[end] is '+' or '-' && text[end - 1] is 'e' or 'E')))
        {
            end++;
        }

        return new Token(TokenKind.Number, text[start..end], start, end);
    }

    private static Token Quoted(string text, int start)
    {
        char quote = text[start];
        var value = new StringBuilder();
        for (int i = start + 1; i < text.Length; i++)
        {
            if (text[i] == quote)
            {
                return new Token(TokenKind.Text, value.ToString(), start, i + 1);
            }

            if (text[i] != '\\')
            {
                value.Append(text[i]);
                continue;
            }

            i++;
            value.Append(i < text.Length ? Escape(text, ref i) : "");
        }

        throw SchemaException.At(text, start, "a string that ends");
    }

    private static string Escape(string text, ref int position)
    {
        int digits = text[position] switch
        {
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        if (digits > 0)
        {
            if (position + digits >= text.Length || !int.TryParse(text.AsSpan(position + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code))
            {
                throw SchemaException.At(text, position, "a character's number");
            }

            position += digits;
            return digits == 4 ? ((char)code).ToString() : char.ConvertFromUtf32(code);
        }

        return text[position] switch
        {
            'n' => "\n",
            'r' => "\r",
            't' => "\t",
            '0' => "\0",
            'a' => "\a",
            'b' => "\b",
            'f' => "\f",
            'v' => "\v",
            'e' => "\e",
            char other => other.ToString(),
        };
    }
}
