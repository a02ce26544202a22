using System.Text.Json.Nodes;

namespace Contracts.Ipc.Cli.Outcomes;

/// <summary>The document that <c>--json</c> prints in place of a result.</summary>
/// <param name="Error">What went wrong.</param>
internal sealed record ErrorReport(ErrorBody Error)
{
    public static ErrorReport Of(ToolException error) =>
        new(new ErrorBody(error.Code, (int)error.Code, error.Message, error.Hint, error.FaultType, error.FaultDetail));
}

/// <summary>One error.</summary>
/// <param name="Code">Its name.</param>
/// <param name="ExitCode">Its number, with which the process ends.</param>
/// <param name="Message">What happened.</param>
/// <param name="Hint">What to do.</param>
/// <param name="Type">The type of a fault.</param>
/// <param name="Detail">The detail of a fault.</param>
internal sealed record ErrorBody(ExitCode Code, int ExitCode, string Message, string? Hint, string? Type, JsonNode? Detail);
