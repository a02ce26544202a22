using Contracts.Ipc.Transports.Ownership;

namespace Contracts.Ipc.Cli.Listing;

/// <summary>The endpoints that the journals of this user's processes name.</summary>
internal static class KnownEndpoints
{
    /// <summary>All of them, of the living and of the dead.</summary>
    public static IReadOnlyList<KnownEndpoint> All() =>
    [
        .. OwnerRecords.Read()
            .SelectMany(record => record.Objects
                .Where(entry => entry.Kind == OwnedKind.Endpoint)
                .Select(entry => new KnownEndpoint(entry.Name, (int)record.Process.Id, record.IsAlive, entry.Since)))
            .OrderBy(known => known.Endpoint, StringComparer.Ordinal)
            .ThenByDescending(known => known.Since),
    ];

    /// <summary>Those where somebody listens, for completion and for guesses. Whatever goes wrong, there are none.</summary>
    public static IReadOnlyList<string> Live()
    {
        try
        {
            return [.. All().Where(known => known.IsLive).Select(known => known.Endpoint).Distinct(StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is IpcException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}

/// <summary>An endpoint in a journal.</summary>
/// <param name="Endpoint">As clients name it.</param>
/// <param name="ProcessId">Whose journal it is.</param>
/// <param name="IsLive">Whether that process lives.</param>
/// <param name="Since">When the line was written.</param>
internal sealed record KnownEndpoint(string Endpoint, int ProcessId, bool IsLive, DateTimeOffset Since);
