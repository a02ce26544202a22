namespace Contracts.Ipc.Cli.Listing;

/// <summary>The endpoints of this user.</summary>
/// <param name="Endpoints">In the order of their names.</param>
internal sealed record EndpointListing(IReadOnlyList<EndpointEntry> Endpoints);

/// <summary>One endpoint.</summary>
/// <param name="Endpoint">As clients name it.</param>
/// <param name="Transport">Its scheme.</param>
/// <param name="State">Whether its owner lives.</param>
/// <param name="ProcessId">The process that listens, or did.</param>
/// <param name="Process">What that process runs; null if it is gone.</param>
/// <param name="UserId">Whose it is.</param>
/// <param name="Since">Since when it listens.</param>
/// <param name="Server">What the server calls itself; null if it did not answer.</param>
/// <param name="Contracts">What it offers; null if it did not answer.</param>
/// <param name="Connections">How many clients are connected to it, without this tool; null if it did not answer.</param>
/// <param name="AllowsMonitoring">Whether its calls can be watched; null if it did not answer.</param>
/// <param name="Reason">Why it was not asked, or did not answer; null if it did.</param>
internal sealed record EndpointEntry(
    string Endpoint,
    string Transport,
    EndpointState State,
    int ProcessId,
    string? Process,
    uint UserId,
    DateTimeOffset Since,
    string? Server,
    IReadOnlyList<string>? Contracts,
    int? Connections,
    bool? AllowsMonitoring,
    string? Reason);

/// <summary>Whether somebody is behind an endpoint.</summary>
internal enum EndpointState
{
    /// <summary>Its owner lives.</summary>
    Live,

    /// <summary>Its owner is dead.</summary>
    Stale,
}
