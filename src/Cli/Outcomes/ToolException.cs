using System.Text.Json.Nodes;

namespace Contracts.Ipc.Cli.Outcomes;

/// <summary>Ends a command with a sentence for people and a code for scripts. The only exception that commands throw themselves.</summary>
/// <param name="code">What the process ends with.</param>
/// <param name="message">What happened, and what was expected.</param>
/// <param name="hint">What to do next, or null.</param>
/// <param name="inner">The cause.</param>
internal sealed class ToolException(ExitCode code, string message, string? hint = null, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>What the process ends with.</summary>
    public ExitCode Code { get; } = code;

    /// <summary>What to do next, or null.</summary>
    public string? Hint { get; } = hint;

    /// <summary>The type of a fault or of a remote exception, or null.</summary>
    public string? FaultType { get; init; }

    /// <summary>The detail of a typed fault, or null.</summary>
    public JsonNode? FaultDetail { get; init; }
}
