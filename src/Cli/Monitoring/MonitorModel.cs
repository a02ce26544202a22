namespace Contracts.Ipc.Cli.Monitoring;

/// <summary>One call as it is shown.</summary>
/// <param name="At">When the handler began.</param>
/// <param name="Connection">The number of the client's connection.</param>
/// <param name="ProcessId">The client's process, if the transport knows it.</param>
/// <param name="Method">Contract and method.</param>
/// <param name="Microseconds">How long the handler took.</param>
/// <param name="ArgumentBytes">The length of the arguments.</param>
/// <param name="ResultBytes">The length of the answer.</param>
/// <param name="Error">What the caller was told; null if all went well.</param>
/// <param name="ErrorType">The type of the exception or fault; null if all went well or it is not known.</param>
internal sealed record CallLine(
    DateTime At, ulong Connection, int? ProcessId, string Method, double Microseconds, int ArgumentBytes, int ResultBytes, string? Error, string? ErrorType);

/// <summary>A line of the output with <c>--json</c>: exactly one of its members is there.</summary>
/// <param name="Call">A call.</param>
/// <param name="Lost">How many calls the server had forgotten before they were fetched.</param>
/// <param name="Summary">The last line.</param>
internal sealed record MonitorLine(CallLine? Call = null, ulong? Lost = null, MonitorSummary? Summary = null);

/// <summary>What was seen in all.</summary>
/// <param name="Endpoint">Where.</param>
/// <param name="Seconds">How long.</param>
/// <param name="Calls">How many calls.</param>
/// <param name="Errors">How many of them failed.</param>
/// <param name="Lost">How many came too fast to be fetched.</param>
/// <param name="Methods">Each method, the most called first.</param>
internal sealed record MonitorSummary(string Endpoint, double Seconds, long Calls, long Errors, ulong Lost, IReadOnlyList<MethodSummary> Methods);

/// <summary>One method. Times are those of the handler, in microseconds.</summary>
/// <param name="Method">Contract and method.</param>
/// <param name="Calls">How many calls.</param>
/// <param name="Errors">How many of them failed.</param>
/// <param name="P50">The median.</param>
/// <param name="P99">Within which 99 % ended.</param>
/// <param name="Max">The longest.</param>
internal sealed record MethodSummary(string Method, long Calls, long Errors, double P50, double P99, double Max);
