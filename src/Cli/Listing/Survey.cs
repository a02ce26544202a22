using Contracts.Ipc.Cli.Connecting;
using Contracts.Ipc.Cli.Outcomes;
using Contracts.Ipc.Introspection;
using Contracts.Ipc.Native;
using Contracts.Ipc.Transports;

namespace Contracts.Ipc.Cli.Listing;

/// <summary>Asks every server what it is, all at once, and waits for none of them long: what does not answer is listed with the reason.</summary>
/// <param name="timeout">How long one server may take.</param>
internal sealed class Survey(TimeSpan timeout)
{
    // A line has two ends: whoever asks there takes the place of the client.
    private const string Line = "device";

    /// <summary>Asks all.</summary>
    public async Task<EndpointListing> AskAsync(IReadOnlyList<KnownEndpoint> known, CancellationToken cancellationToken) =>
        new(await Task.WhenAll(known.Select(one => Task.Run(() => AskAsync(one, cancellationToken), cancellationToken))));

    private async Task<EndpointEntry> AskAsync(KnownEndpoint known, CancellationToken cancellationToken)
    {
        var entry = new EndpointEntry(
            known.Endpoint,
            known.Endpoint.Split(':')[0],
            known.IsLive ? EndpointState.Live : EndpointState.Stale,
            known.ProcessId,
            known.IsLive ? ProcessName.Of(known.ProcessId) : null,
            Files.EffectiveUserId,
            known.Since,
            null,
            null,
            null,
            null,
            null);
        if (!known.IsLive)
        {
            return entry with { Reason = "its process has ended without closing it; 'ipc clean' removes what is left" };
        }

        if (entry.Transport == Line)
        {
            return entry with { Reason = "a device has one client; it was not asked, so as not to be that one" };
        }

        if (TransportRegistry.Find(entry.Transport) is { CarriesOnlySignals: true })
        {
            return entry with { Reason = "signals carry no answers, so it cannot be asked" };
        }

        try
        {
            return await AskAsync(entry, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return entry with { Reason = Failures.Of(exception).Message };
        }
    }

    private async Task<EndpointEntry> AskAsync(EndpointEntry entry, CancellationToken cancellationToken)
    {
        await using Server server = await Server.ConnectAsync(IpcEndpoint.Parse(entry.Endpoint), timeout, cancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            ServerReport report = await server.Introspection.GetServerAsync(limit.Token);
            IReadOnlyList<ContractReport> contracts = await server.Introspection.GetContractsAsync(null, limit.Token);
            IReadOnlyList<ConnectionReport> connections = await server.Introspection.GetConnectionsAsync(limit.Token);
            return entry with
            {
                Server = report.Name,
                UserId = report.UserId ?? entry.UserId,
                Contracts = [.. contracts.SelectMany(NamesOf)],
                Connections = connections.Count(connection => connection.Endpoint == entry.Endpoint && !IsSurvey(connection)),
                AllowsMonitoring = report.AllowsMonitoring,
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return entry with { Reason = FormattableString.Invariant($"connected, but no answer within {timeout.TotalSeconds:0.###} s") };
        }
    }

    // A transport that does not know the peer's process lets its name speak.
    private static bool IsSurvey(ConnectionReport connection) =>
        connection.Name == Server.ClientName && (connection.ProcessId ?? Environment.ProcessId) == Environment.ProcessId;

    private static IEnumerable<string> NamesOf(ContractReport contract) =>
        contract.Instances.Select(instance => instance.Length == 0 ? contract.Name : $"{contract.Name}[{instance}]");
}
