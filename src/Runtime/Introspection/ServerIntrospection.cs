using System.Reflection;
using System.Runtime.InteropServices;
using Contracts.Ipc.Native;
using Contracts.Ipc.Rpc;

namespace Contracts.Ipc.Introspection;

/// <summary>Answers for a server.</summary>
internal sealed class ServerIntrospection(IpcServer server, IpcServerOptions options, CallMonitor? monitor) : IServerIntrospection
{
    private readonly DateTime _startedAt = DateTime.UtcNow;

    public ValueTask PingAsync(CancellationToken cancellationToken) => default;

    public ValueTask<ServerReport> GetServerAsync(CancellationToken cancellationToken)
    {
        IReadOnlyCollection<IpcConnection> connections = server.Connections;
        return new(new ServerReport(
            options.Name ?? Environment.ProcessPath ?? "unknown",
            Environment.ProcessId,
            OperatingSystem.IsWindows() ? null : Files.EffectiveUserId,
            Environment.ProcessPath,
            typeof(IpcServer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown",
            RuntimeInformation.FrameworkDescription,
            server.InstanceId,
            _startedAt,
            [.. server.Endpoints.Select(static endpoint => endpoint.ToString())],
            connections.Count,
            connections.Sum(static connection => connection.Session.Incoming.Count),
            server.CallsOfEndedConnections + connections.Sum(static connection => connection.Session.Incoming.Answered),
            monitor is not null,
            Describe(options)));
    }

    public ValueTask<IReadOnlyList<ConnectionReport>> GetConnectionsAsync(CancellationToken cancellationToken)
        => new([.. server.Connections.Where(static connection => connection.Session.IsReady).Select(Describe).OrderBy(static report => report.Id)]);

    public ValueTask<IReadOnlyList<ContractReport>> GetContractsAsync(string? name, CancellationToken cancellationToken)
    {
        IEnumerable<IGrouping<IpcContract, string>> offered = options.Services.Snapshot()
            .SelectMany(static registration => registration.Contracts, static (registration, contract) => (contract, registration.Instance))
            .Where(service => name is null || service.contract.Name == name)
            .Distinct()
            .GroupBy(static service => service.contract, static service => service.Instance);
        return new([.. offered.Select(Describe).OrderBy(static report => report.Name, StringComparer.Ordinal)]);
    }

    public ValueTask<CallBatch> GetCallsAsync(ulong cursor, int maximum, TimeSpan wait, CancellationToken cancellationToken)
        => monitor is null ? throw IntrospectionError.NotMonitored() : monitor.FetchAsync(cursor, maximum, wait, cancellationToken);

    private static ContractReport Describe(IGrouping<IpcContract, string> offered)
        => new(offered.Key.Name, offered.Key.Fingerprint, [.. offered.Order(StringComparer.Ordinal)], offered.Key.Description, offered.Key.Declaration);

    private static ConnectionReport Describe(IpcConnection connection)
    {
        Session session = connection.Session;
        return new ConnectionReport(
            session.Number,
            session.EndpointText,
            session.Remote.Name,
            connection.Peer.ProcessId,
            connection.Peer.UserId,
            connection.Peer.UserName,
            session.StartedAt,
            session.Incoming.Count,
            session.Incoming.Answered);
    }

    private static LimitsReport Describe(IpcServerOptions options) => new(
        options.Limits.MaximumMessageLength,
        options.Limits.MaximumQueuedBytes,
        options.Limits.MaximumCallsPerConnection,
        options.Limits.MaximumFragmentBytes,
        options.Limits.MaximumConnections,
        options.Limits.MaximumHandshakes,
        CallTimeout.ToMilliseconds(options.DefaultTimeout));
}
