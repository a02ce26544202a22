using Contracts.Ipc.Integration.Tests.Contracts;
using Contracts.Ipc.Integration.Tests.Harness;

namespace Contracts.Ipc.Integration.Tests.Behaviour;

public sealed class ServiceTests
{
    [Theory, EveryTransport]
    public async Task Named_instances_of_one_contract_are_told_apart(string transport)
    {
        await using Pair pair = await Pair.OpenAsync(transport, server => server
            .AddService<INamed>(new Named("default"))
            .AddService<INamed>("left", new Named("L"))
            .AddService<INamed>("right", new Named("R")));
        Assert.Equal("default", await pair.Client.GetProxy<INamed>().NameAsync().InTime());
        Assert.Equal("L", await pair.Client.GetProxy<INamed>("left").NameAsync().InTime());
        Assert.Equal("R", await pair.Client.GetProxy<INamed>("right").NameAsync().InTime());
    }

    [Theory, EveryTransport]
    public async Task An_instance_that_is_not_offered_is_refused_with_those_that_are(string transport)
    {
        await using Pair pair = await Pair.OpenAsync(transport, server => server.AddService<INamed>("left", new Named("L")));
        IpcUnimplementedException missing = Assert.Throws<IpcUnimplementedException>(() => pair.Client.GetProxy<INamed>("middle"));
        Assert.Contains("'middle'", missing.Message, StringComparison.Ordinal);
        Assert.Contains("'left'", missing.Message, StringComparison.Ordinal);
        _ = await Assert.ThrowsAsync<IpcUnimplementedException>(() => pair.Client.GetProxy<INamed>().NameAsync().InTime());
    }

    [Fact]
    public void A_contract_is_offered_once()
    {
        var server = new IpcServer();
        server.AddService<INamed>(new Named("a"));
        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => server.AddService<INamed>(new Named("b")));
        Assert.Contains("tests.named", refused.Message, StringComparison.Ordinal);
    }

    [Theory, EveryTransport]
    public async Task Whoever_offers_a_derived_contract_offers_what_it_inherits(string transport)
    {
        await using Pair pair = await Pair.OpenAsync(transport, server => server.AddService<IFamily>(new Family("F")));
        IFamily family = pair.Client.GetProxy<IFamily>();
        Assert.Equal(1, await family.NextAsync().InTime());
        Assert.Equal("F", await family.NameAsync().InTime());
        Assert.Equal("F 1", await family.BothAsync().InTime());
        Assert.Equal("F", await pair.Client.GetProxy<INamed>().NameAsync().InTime());
        Assert.Equal(2, await pair.Client.GetProxy<ICounting>().NextAsync().InTime());
        INamed upcast = family;
        Assert.Equal("F", await upcast.NameAsync().InTime());
    }

    [Theory, EveryTransport]
    public async Task An_inherited_contract_that_is_offered_by_itself_wins(string transport)
    {
        await using Pair pair = await Pair.OpenAsync(transport, server => server
            .AddService<IFamily>(new Family("derived"))
            .AddService<INamed>(new Named("own")));
        Assert.Equal("own", await pair.Client.GetProxy<INamed>().NameAsync().InTime());
        Assert.Equal("derived", await pair.Client.GetProxy<IFamily>().NameAsync().InTime());
    }

    [Theory, EveryTransport(Need.SeveralClients)]
    public async Task A_factory_makes_a_service_for_each_connection_which_is_disposed_with_it(string transport)
    {
        var made = new List<Family>();
        await using Pair pair = await Pair.OpenAsync(transport, server => server.AddService<IFamily>(connection =>
        {
            Assert.False(connection.Closed.IsCompleted);
            var family = new Family($"of {connection.PeerName}");
            lock (made)
            {
                made.Add(family);
            }

            return family;
        }));
        IpcConnection second = await pair.ConnectAsync(new IpcConnectionOptions { Name = "second" });
        Assert.Equal(1, await pair.Client.GetProxy<IFamily>().NextAsync().InTime());
        Assert.Equal(1, await second.GetProxy<IFamily>().NextAsync().InTime());
        Assert.Equal("of second", await second.GetProxy<INamed>().NameAsync().InTime());
        Assert.Equal(2, made.Count);
        await second.DisposeAsync();
        await made[1].Disposed.Task.InTime();
        Assert.False(made[0].Disposed.Task.IsCompleted);
        Assert.Equal(2, await pair.Client.GetProxy<IFamily>().NextAsync().InTime());
    }

    [Theory, EveryTransport(Need.SeveralClients)]
    public async Task A_factory_that_throws_costs_that_client_alone_and_its_words_stay_here(string transport)
    {
        await using var server = new IpcServer();
        int connections = 0;
        server.AddService<INamed>(_ => ++connections == 1 ? throw new FormatException("secret") : new Named("ok"));
        using Meeting meeting = TestTransports.NewMeeting(transport);
        _ = await server.ListenAsync(meeting.Server).InTime();
        Exception refused = await Assert.ThrowsAnyAsync<IpcException>(() => IpcConnection.ConnectAsync(meeting.Client).InTime());
        Assert.DoesNotContain("secret", refused.ToString(), StringComparison.Ordinal);
        await using IpcConnection client = await IpcConnection.ConnectAsync(meeting.Client).InTime();
        Assert.Equal("ok", await client.GetProxy<INamed>().NameAsync().InTime());
    }

    [Theory, EveryTransport]
    public async Task A_client_offers_services_to_the_server(string transport)
    {
        await using Pair pair = await Pair.OpenAsync(
            transport,
            new Probe(),
            clientOptions: new IpcConnectionOptions { Name = "caller" }.AddService<INamed>(new Named("client")).AddService<INamed>("spare", new Named("S")));
        Assert.Equal("client", await pair.Accepted.GetProxy<INamed>().NameAsync().InTime());
        Assert.Equal("S", await pair.Accepted.GetProxy<INamed>("spare").NameAsync().InTime());
        Assert.Equal("caller", pair.Accepted.PeerName);
    }

    [Theory, EveryTransport]
    public async Task A_handler_calls_back_through_its_own_connection(string transport)
    {
        await using Pair pair = await Pair.OpenAsync(
            transport,
            server => server.AddService<IProbe>(connection => new Probe
            {
                OnRun = async (value, token) => (await connection.GetProxy<INamed>().NameAsync()).Length + value,
            }),
            clientOptions: new IpcConnectionOptions().AddService<INamed>(new Named("four")));
        Assert.Equal(10, await pair.Probe.RunAsync(6).InTime());
    }

    [Theory, EveryTransport(Need.PeerIdentity)]
    public async Task A_connection_knows_the_user_at_the_other_end(string transport)
    {
        await using Pair pair = await Pair.OpenAsync(transport, new Probe());
        Assert.Equal(pair.Client.Peer.UserId, pair.Accepted.Peer.UserId);
        Assert.Equal(Environment.ProcessId, pair.Accepted.Peer.ProcessId);
        Assert.NotEqual(0UL, pair.Client.PeerInstanceId);
    }
}
