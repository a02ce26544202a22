using Contracts.Ipc.Generators.Model;

namespace Contracts.Ipc.Generators.Emitting;

/// <summary>The expression that reads a value: the reader itself where it can, else the formatter.</summary>
internal static class ReadExpression
{
    internal static string Of(ValueModel value, string reader)
    {
        if (value.Inline == InlineKind.None || value.IsReadByFormatter)
        {
            return $"{value.Formatter}.Read(ref {reader})";
        }

        string cast = value.InlineEnum is { } type ? $"({type})" : "";
        return $"{cast}{reader}.Read{value.Inline}()";
    }
}
