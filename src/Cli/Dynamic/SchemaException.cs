namespace Contracts.Ipc.Cli.Dynamic;

/// <summary>What a server says of a contract cannot be read.</summary>
/// <param name="message">What was expected, and what is there.</param>
internal sealed class SchemaException(string message) : FormatException(message)
{
    private const int Shown = 40;

    internal static SchemaException At(string text, int position, string expected)
    {
        int line = text.AsSpan(0, position).Count('\n') + 1;
        string found = position >= text.Length ? "the end" : $"'{text.Substring(position, Math.Min(Shown, text.Length - position)).Split('\n')[0]}'";
        return new SchemaException($"The server's declaration of the contract cannot be read: line {line} should have {expected}, and has {found}. Is the server newer than this tool?");
    }
}
