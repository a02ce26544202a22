using System.Buffers;
using System.Text.Json;
using Contracts.Ipc.Cli.Dynamic.Syntax;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.Cli.Dynamic;

/// <summary>Sends the declared default of a parameter, which is a constant of C#.</summary>
internal static class DefaultArgument
{
    internal static void Write(ref MessagePackWriter writer, ParameterSchema parameter)
    {
        if (parameter.DefaultText is null or "default" or "null")
        {
            parameter.Type.WriteDefault(ref writer);
            return;
        }

        using var json = JsonDocument.Parse(ToJson(parameter.DefaultText));
        parameter.Type.Write(ref writer, json.RootElement, JsonPath.Root.Member(parameter.Name));
    }

    private static ReadOnlyMemory<byte> ToJson(string constant)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        List<Token> tokens = [.. Tokens.Of(constant).Where(static token => token.Kind != TokenKind.End)];
        Token last = tokens.Last(static token => token.Kind != TokenKind.Punctuation);
        bool isNegative = tokens.Exists(static token => token.Text == "-");
        switch (last)
        {
            case { Kind: TokenKind.Text }:
                json.WriteStringValue(last.Text);
                break;
            case { Kind: TokenKind.Number }:
                // The suffix of the type is not part of the number.
                json.WriteRawValue((isNegative ? "-" : "") + last.Text.TrimEnd('F', 'D', 'M', 'U', 'L'));
                break;
            case { Text: "true" or "false" }:
                json.WriteBooleanValue(last.Text == "true");
                break;
            case { Text: "PositiveInfinity" or "NegativeInfinity" }:
                json.WriteStringValue(last.Text == "PositiveInfinity" ? "Infinity" : "-Infinity");
                break;
            default:
                // The name of an enum's value, or NaN.
                json.WriteStringValue(last.Text);
                break;
        }

        json.Flush();
        return buffer.WrittenMemory;
    }
}
