using System.Text.Json.Nodes;

namespace Contracts.Ipc.Cli.Calling;

/// <summary>A call that went well.</summary>
/// <param name="Endpoint">Where.</param>
/// <param name="Method">The contract's and the method's name on the wire.</param>
/// <param name="HasResult">False for a method that returns nothing, or that nobody answers.</param>
/// <param name="Result">What it returned.</param>
/// <param name="Microseconds">How long it took, from sending to the answer.</param>
internal sealed record CallOutcome(string Endpoint, string Method, bool HasResult, JsonNode? Result, double Microseconds);
