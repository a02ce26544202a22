using Contracts.Ipc.Integration.Tests.Contracts;
using Contracts.Ipc.Integration.Tests.Harness;
using Contracts.Ipc.Introspection;

namespace Contracts.Ipc.Integration.Tests.Introspection;

public sealed class ServerTests
{
    [Theory, EveryTransport]
    public async Task A_server_tells_who_it_is_and_what_it_has_done(string transport)
    {
        DateTime before = DateTime.UtcNow;
        await using Pair pair = await Pair.OpenAsync(
            transport, new Probe(), new IpcServerOptions { Name = "told", Limits = new IpcLimits { MaximumConnections = 77 } });
        _ = await pair.Probe.RunAsync(1).InTime();
        _ = await pair.Probe.RunAsync(2).InTime();
        ServerReport report = await Ask(pair).GetServerAsync().InTime();
        Assert.Equal("told", report.Name);
        Assert.Equal(Environment.ProcessId, report.ProcessId);
        Assert.Equal(pair.Client.PeerInstanceId, report.InstanceId);
        Assert.InRange(report.StartedAt, before.AddSeconds(-1), DateTime.UtcNow);
        Assert.Equal([pair.Meeting.Server.ToString()], report.Endpoints);
        Assert.Equal(1, report.Connections);
        Assert.Equal(1, report.CallsInFlight);
        Assert.Equal(2, report.CallsDone);
        Assert.False(report.AllowsMonitoring);
        Assert.Equal(77, report.Limits.MaximumConnections);
        Assert.Equal(30_000, report.Limits.DefaultTimeoutMilliseconds);
        Assert.NotEqual("unknown", report.LibraryVersion);
    }

    [Theory, EveryTransport(Need.SeveralClients | Need.PeerIdentity)]
    public async Task A_server_tells_who_is_connected(string transport)
    {
        await using Pair pair = await Pair.OpenAsync(transport, new Probe());
        await using IpcConnection second = await pair.ConnectAsync(new IpcConnectionOptions { Name = "second" });
        _ = await second.GetProxy<IProbe>().RunAsync(1).InTime();
        IReadOnlyList<ConnectionReport> connections = await Ask(pair).GetConnectionsAsync().InTime();
        Assert.Equal([1UL, 2UL], connections.Select(static connection => connection.Id));
        Assert.All(connections, connection =>
        {
            Assert.Equal(pair.Endpoint.ToString(), connection.Endpoint);
            Assert.Equal(pair.Accepted.Peer.UserId, connection.UserId);
            Assert.Equal(Environment.ProcessId, connection.ProcessId);
            Assert.InRange(connection.Since, DateTime.UtcNow.AddMinutes(-1), DateTime.UtcNow);
        });
        Assert.Equal(("second", 0, 1L), (connections[1].Name, connections[1].CallsInFlight, connections[1].CallsDone));
        Assert.Equal((1, 0L), (connections[0].CallsInFlight, connections[0].CallsDone));
    }

    [Theory, EveryTransport]
    public async Task A_server_tells_what_it_offers_inherited_contracts_and_instances_included(string transport)
    {
        await using Pair pair = await Pair.OpenAsync(transport, server => server
            .AddService<IFamily>(new Family("f"))
            .AddService<INamed>("left", new Named("l"))
            .AddService<INamed>(new Named("n")));
        IReadOnlyList<ContractReport> contracts = await Ask(pair).GetContractsAsync().InTime();
        Assert.Equal(["tests.counting", "tests.family", "tests.named"], contracts.Select(static contract => contract.Name));
        Assert.Equal(["", "left"], contracts[2].Instances);
        Assert.Equal(IpcContract.Of<IFamily>().Fingerprint, contracts[1].Fingerprint);
        Assert.Equal(IpcContract.Of<IFamily>().Description, contracts[1].Description);
        Assert.Equal(IpcContract.Of<IFamily>().Declaration, contracts[1].Declaration);
        ContractReport one = Assert.Single(await Ask(pair).GetContractsAsync("tests.named").InTime());
        Assert.Equal(contracts[2].Fingerprint, one.Fingerprint);
        Assert.Empty(await Ask(pair).GetContractsAsync("tests.unknown").InTime());
    }

    [Theory, EveryTransport]
    public async Task Switched_off_it_tells_nothing_and_says_which_option(string transport)
    {
        await using Pair pair = await Pair.OpenAsync(transport, new Probe(), new IpcServerOptions { Introspection = IpcIntrospection.Off });
        IpcPermissionException refused = await Assert.ThrowsAsync<IpcPermissionException>(() => Ask(pair).GetServerAsync().InTime());
        Assert.Contains("IpcServerOptions.Introspection", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await pair.Probe.RunAsync(1).InTime());
    }

    [Fact]
    public async Task What_introspection_offers_is_not_in_the_greeting()
    {
        await using Pair pair = await Pair.OpenAsync("unix", new Probe());
        _ = await Ask(pair).GetServerAsync().InTime();
        Assert.Equal(["tests.probe"], pair.Client.Session.Remote.Services.Select(static service => service.Contract));
    }

    [Fact]
    public async Task A_client_offers_no_introspection()
    {
        await using Pair pair = await Pair.OpenAsync("unix", new Probe(), clientOptions: new IpcConnectionOptions().AddService<INamed>(new Named("n")));
        _ = await Assert.ThrowsAsync<IpcUnimplementedException>(() => pair.Accepted.GetProxy<IServerIntrospection>().GetServerAsync().InTime());
    }

    [Fact]
    public void Reserved_names_cannot_be_offered()
    {
        var server = new IpcServer();
        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => server.AddService<IUsurper>(new Usurper()));
        Assert.Contains("'$'", refused.Message, StringComparison.Ordinal);
    }

    private static IServerIntrospection Ask(Pair pair) => pair.Client.GetProxy<IServerIntrospection>();
}

[IpcService(Name = "$server")]
public partial interface IUsurper
{
    ValueTask<int> GetServerAsync();
}

public sealed class Usurper : IUsurper
{
    public ValueTask<int> GetServerAsync() => new(1);
}
