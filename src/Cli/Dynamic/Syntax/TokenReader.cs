namespace Contracts.Ipc.Cli.Dynamic.Syntax;

/// <summary>Goes through the tokens of a declaration.</summary>
internal sealed class TokenReader(string text)
{
    private readonly List<Token> _tokens = Tokens.Of(text);
    private int _position;

    internal Token Current => _tokens[_position];

    internal bool AtEnd => Current.Kind == TokenKind.End;

    internal Token Next() => _tokens[Math.Min(_position + 1, _tokens.Count - 1)];

    internal Token Take()
    {
        Token token = Current;
        if (token.Kind != TokenKind.End)
        {
            _position++;
        }

        return token;
    }

    internal bool Is(string punctuation) => Current.Kind == TokenKind.Punctuation && Current.Text == punctuation;

    /// <summary>Whether the word stands here as itself, and not as a name with an '@'.</summary>
    internal bool IsName(string name) => Current.Kind == TokenKind.Name && Current.Text == name && text[Current.Start] != '@';

    internal bool TryTake(string punctuation)
    {
        if (!Is(punctuation))
        {
            return false;
        }

        _position++;
        return true;
    }

    internal bool TryTakeName(string name)
    {
        if (!IsName(name))
        {
            return false;
        }

        _position++;
        return true;
    }

    internal void Expect(string punctuation)
    {
        if (!TryTake(punctuation))
        {
            throw Expected($"'{punctuation}'");
        }
    }

    internal string TakeName() => Current.Kind == TokenKind.Name ? Take().Text : throw Expected("a name");

    internal string Text(int start, int end) => text[start..end];

    /// <summary>The text up to one of the punctuations outside of all brackets, which is not taken.</summary>
    internal string TakeUntil(params ReadOnlySpan<string> punctuations)
    {
        int start = Current.Start;
        int end = start;
        for (int depth = 0; !AtEnd; end = Take().End)
        {
            if (Current.Kind != TokenKind.Punctuation)
            {
                continue;
            }

            if (depth == 0 && punctuations.Contains(Current.Text))
            {
                break;
            }

            depth += Current.Text is "(" or "[" or "{" ? 1 : Current.Text is ")" or "]" or "}" ? -1 : 0;
        }

        return text[start..end];
    }

    internal SchemaException Expected(string what) => SchemaException.At(text, Current.Start, what);
}
