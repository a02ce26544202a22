namespace Contracts.Ipc.Introspection;

/// <summary>A server, as it describes itself.</summary>
/// <param name="Name">What it calls itself.</param>
/// <param name="ProcessId">Its process, in its own pid namespace.</param>
/// <param name="UserId">Its effective user; null where the platform has no such number.</param>
/// <param name="ProcessName">The file that runs.</param>
/// <param name="LibraryVersion">Of this library.</param>
/// <param name="Runtime">.NET and its version.</param>
/// <param name="InstanceId">Differs between runs.</param>
/// <param name="StartedAt">When it was made, UTC.</param>
/// <param name="Endpoints">Where it listens.</param>
/// <param name="Connections">How many are open.</param>
/// <param name="CallsInFlight">How many calls it executes.</param>
/// <param name="CallsDone">How many it has answered, of connections that are gone too.</param>
/// <param name="AllowsMonitoring">Whether calls can be watched.</param>
/// <param name="Limits">What one peer may make it hold.</param>
internal sealed record ServerReport(
    string Name,
    int ProcessId,
    uint? UserId,
    string? ProcessName,
    string LibraryVersion,
    string Runtime,
    ulong InstanceId,
    DateTime StartedAt,
    IReadOnlyList<string> Endpoints,
    int Connections,
    int CallsInFlight,
    long CallsDone,
    bool AllowsMonitoring,
    LimitsReport Limits);

/// <summary>What <see cref="IpcLimits"/> and the default timeout are.</summary>
internal sealed record LimitsReport(
    int MaximumMessageLength,
    int MaximumQueuedBytes,
    int MaximumCallsPerConnection,
    int MaximumFragmentBytes,
    int MaximumConnections,
    int MaximumHandshakes,
    int DefaultTimeoutMilliseconds);

/// <summary>One connection of a server.</summary>
/// <param name="Id">Counts the connections of the server.</param>
/// <param name="Endpoint">Where it was made.</param>
/// <param name="Name">What the client calls itself; anybody can claim any name.</param>
/// <param name="ProcessId">The client's process, as the kernel tells it.</param>
/// <param name="UserId">The client's user, as the kernel tells it.</param>
/// <param name="UserName">The same where users have names only.</param>
/// <param name="Since">When it was made, UTC.</param>
/// <param name="CallsInFlight">Calls of the client that are being executed.</param>
/// <param name="CallsDone">Calls of the client that were answered.</param>
internal sealed record ConnectionReport(
    ulong Id,
    string Endpoint,
    string Name,
    int? ProcessId,
    uint? UserId,
    string? UserName,
    DateTime Since,
    int CallsInFlight,
    long CallsDone);

/// <summary>One contract that a server offers.</summary>
/// <param name="Name">On the wire.</param>
/// <param name="Fingerprint">Of the description.</param>
/// <param name="Instances">Their names; the default instance has an empty one.</param>
/// <param name="Description">What travels: <see cref="IpcContract.Description"/>.</param>
/// <param name="Declaration">The same as C#: <see cref="IpcContract.Declaration"/>.</param>
internal sealed record ContractReport(
    string Name,
    ulong Fingerprint,
    IReadOnlyList<string> Instances,
    string Description,
    string Declaration);

/// <summary>Calls that ended, in the order in which they did.</summary>
/// <param name="Next">The cursor of the next batch.</param>
/// <param name="Lost">How many were forgotten before this batch was asked for.</param>
/// <param name="Calls">The calls.</param>
internal sealed record CallBatch(ulong Next, ulong Lost, IReadOnlyList<CallReport> Calls);

/// <summary>One call that ended.</summary>
/// <param name="Sequence">Counts what was seen.</param>
/// <param name="Contract">The contract's name on the wire.</param>
/// <param name="Method">The method's name on the wire.</param>
/// <param name="Connection">See <see cref="ConnectionReport.Id"/>.</param>
/// <param name="ProcessId">The caller, as the kernel tells it.</param>
/// <param name="StartedAt">When the handler began, UTC.</param>
/// <param name="Duration">Until its answer was ready.</param>
/// <param name="Outcome">What the caller was told; none if all went well.</param>
/// <param name="Error">The type of the exception or of the fault's detail.</param>
/// <param name="ArgumentBytes">Length of the arguments.</param>
/// <param name="ResultBytes">Length of the answer.</param>
internal sealed record CallReport(
    ulong Sequence,
    string Contract,
    string Method,
    ulong Connection,
    int? ProcessId,
    DateTime StartedAt,
    TimeSpan Duration,
    IpcErrorCode Outcome,
    string? Error,
    int ArgumentBytes,
    int ResultBytes);
