using System.Text.Json;
using Contracts.Ipc.Cli.Outcomes;

namespace Contracts.Ipc.Cli.Calling;

/// <summary>Reads the arguments of a call.</summary>
internal static class CallArguments
{
    private const string FromInput = "-";

    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Reads them.</summary>
    /// <param name="text">JSON; a hyphen for standard input; null for none.</param>
    /// <param name="input">Standard input.</param>
    /// <param name="template">An example, for the error.</param>
    /// <exception cref="ToolException">It is no JSON, or neither an object nor an array.</exception>
    public static JsonElement Read(string? text, TextReader input, Func<string> template)
    {
        string? json = text == FromInput ? input.ReadToEnd() : text;
        if (string.IsNullOrWhiteSpace(json))
        {
            return default;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Lenient);
            return document.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Array
                ? document.RootElement.Clone()
                : throw new ToolException(ExitCode.Usage, "Arguments are a JSON object by the names of the parameters, or an array in their order.", $"For example {template()}");
        }
        catch (JsonException exception)
        {
            throw new ToolException(ExitCode.Usage, $"The arguments are not JSON: {exception.Message}", $"For example {template()}", exception);
        }
    }
}
