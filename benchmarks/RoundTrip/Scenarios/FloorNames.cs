namespace Contracts.Ipc.Benchmarks.RoundTrip.Scenarios;

/// <summary>The kinds of floor.c that belong to this benchmark.</summary>
internal static class FloorNames
{
    /// <summary>Both sides poll a Unix socket and never sleep.</summary>
    public const string Polling = "udspoll";

    /// <summary>Both sides sleep in the kernel until a message comes.</summary>
    public const string Blocking = "uds";
}
