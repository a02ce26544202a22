using Contracts.Ipc.Integration.Tests.Contracts;
using Contracts.Ipc.Integration.Tests.Harness;
using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.Signals;

namespace Contracts.Ipc.Integration.Tests.Signals;

/// <summary>Calls as signals, both sides in this process.</summary>
public sealed class SignalTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_call_arrives_at_its_method_as_often_as_it_was_made()
    {
        IpcEndpoint endpoint = TestTransports.NewEndpoint("signal");
        var alarm = new Alarm();
        await using IpcServer server = new IpcServer().AddService<IAlarm>(alarm);
        _ = await server.ListenAsync(endpoint, Stop);
        await using IpcConnection connection = await IpcConnection.ConnectAsync(endpoint, cancellationToken: Stop);
        IAlarm proxy = connection.GetProxy<IAlarm>();
        for (int i = 0; i < 1000; i++)
        {
            proxy.Ring();
            await proxy.StopAsync();
            if (i % 2 == 0)
            {
                await proxy.SnoozeAsync(Stop);
            }
        }

        Assert.True(Within.Eventually(() => alarm.Counts == (1000, 500, 1000)), alarm.Counts.ToString());
        Assert.Equal(Environment.ProcessId, connection.Peer.ProcessId);
        _ = await connection.PingAsync(Stop);
        await connection.CloseAsync(Stop).InTime();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Kernels_that_cannot_send_to_a_descriptor_or_have_none_are_served_as_well(bool haveDescriptors)
    {
        IpcEndpoint endpoint = TestTransports.NewEndpoint("signal");
        var alarm = new Alarm();
        await using IpcServer server = new IpcServer().AddService<IAlarm>(alarm);
        _ = await server.ListenAsync(endpoint, Stop);
        (bool descriptors, bool sending) = (ProcessDescriptor.IsSupported, RealTimeSignals.CanSendToDescriptors);
        try
        {
            ProcessDescriptor.IsSupported = haveDescriptors;
            RealTimeSignals.CanSendToDescriptors = false;
            await using IpcConnection connection = await IpcConnection.ConnectAsync(endpoint, cancellationToken: Stop);
            connection.GetProxy<IAlarm>().Ring();
            Assert.True(Within.Eventually(() => alarm.Counts.Rings == 1));
        }
        finally
        {
            (ProcessDescriptor.IsSupported, RealTimeSignals.CanSendToDescriptors) = (descriptors, sending);
        }
    }

    [Fact]
    public async Task Inherited_contracts_have_signals_of_their_own()
    {
        IpcEndpoint endpoint = TestTransports.NewEndpoint("signal");
        var tower = new Tower();
        await using IpcServer server = new IpcServer().AddService<ITower>(tower);
        _ = await server.ListenAsync(endpoint, Stop);
        await using IpcConnection connection = await IpcConnection.ConnectAsync(endpoint, cancellationToken: Stop);
        connection.GetProxy<IBell>().Toll();
        connection.GetProxy<ITower>().Toll();
        connection.GetProxy<ITower>().Strike();
        Assert.True(Within.Eventually(() => tower.Counts == (2, 1)), tower.Counts.ToString());
    }

    [Fact]
    public async Task A_server_offers_only_what_fits_into_signals_and_says_which_method_does_not()
    {
        await RefusedAsync(static server => server.AddService<IProbe>(new Probe()), "tests.probe/", "not marked [OneWay]");
        await RefusedAsync(static server => server.AddService<ILaden>(new Tower()), "tests.laden/Ring", "has parameters");
        await RefusedAsync(static server => server.AddService<IUnmarked>(new Tower()), "tests.unmarked", "Signals = true");
        await RefusedAsync(static server => server.AddService<IAlarm>("kitchen", new Alarm()), "tests.alarm", "'kitchen'");
        await RefusedAsync(static server => server, "no service", "AddService");
        await RefusedAsync(static server => server.AddService<IAlarm>(static _ => throw new InvalidOperationException("The bell is broken.")), "signal:", "The bell is broken.");

        static async Task RefusedAsync(Func<IpcServer, IpcServer> offer, string who, string why)
        {
            await using IpcServer server = offer(new IpcServer());
            IpcEndpointException refused = await Assert.ThrowsAsync<IpcEndpointException>(
                () => server.ListenAsync(TestTransports.NewEndpoint("signal"), Stop).InTime());
            Assert.Contains(who, refused.Message, StringComparison.Ordinal);
            Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_client_calls_and_offers_only_what_fits_into_signals()
    {
        IpcEndpoint endpoint = TestTransports.NewEndpoint("signal");
        await using IpcServer server = new IpcServer().AddService<IAlarm>(new Alarm());
        _ = await server.ListenAsync(endpoint, Stop);
        await using IpcConnection connection = await IpcConnection.ConnectAsync(endpoint, cancellationToken: Stop);

        IpcUnimplementedException answers = Assert.Throws<IpcUnimplementedException>(() => connection.GetProxy<IProbe>());
        Assert.Contains("not marked [OneWay]", answers.Message, StringComparison.Ordinal);
        IpcUnimplementedException laden = Assert.Throws<IpcUnimplementedException>(() => connection.GetProxy<ILaden>());
        Assert.Contains("tests.laden/Ring has parameters", laden.Message, StringComparison.Ordinal);

        // Marked, but not offered by this server.
        Assert.Contains("offers no signal", Assert.Throws<IpcUnimplementedException>(() => connection.GetProxy<IBell>().Toll()).Message, StringComparison.Ordinal);

        var options = new IpcConnectionOptions();
        _ = options.AddService<IAlarm>(new Alarm());
        IpcEndpointException offers = await Assert.ThrowsAsync<IpcEndpointException>(() => IpcConnection.ConnectAsync(endpoint, options, Stop).InTime());
        Assert.Contains("tests.alarm", offers.Message, StringComparison.Ordinal);
        Assert.True(connection.IsOpen);
    }

    [Fact]
    public async Task The_record_is_private_names_every_signal_and_goes_with_the_server()
    {
        IpcEndpoint endpoint = TestTransports.NewEndpoint("signal");
        string path = SignalRecordFile.PathOf(endpoint.Address);
        await using (IpcServer server = new IpcServer().AddService<IAlarm>(new Alarm()))
        {
            _ = await server.ListenAsync(endpoint, Stop);
            Assert.Equal(0x180 /* 0600 */, Files.Status(path)?.Permissions);
            SignalRecord record = SignalRecord.Read(await File.ReadAllBytesAsync(path, Stop));
            Assert.Equal((uint)Environment.ProcessId, record.Process.Id);
            Assert.Equal(["tests.alarm/Ring", "tests.alarm/SnoozeAsync", "tests.alarm/StopAsync"], record.Signals.Select(static entry => entry.Method.FullName).Order());
            Assert.Equal(3, record.Signals.Select(static entry => entry.Signal).Distinct().Count());
        }

        Assert.False(File.Exists(path));
        _ = await Assert.ThrowsAsync<IpcConnectionException>(() => IpcConnection.ConnectAsync(endpoint, cancellationToken: Stop).InTime());
    }

    [Fact]
    public async Task Servers_of_one_process_have_signals_of_their_own_until_there_are_no_more()
    {
        IpcEndpoint endpoint = TestTransports.NewEndpoint("signal");
        await using IpcServer first = new IpcServer().AddService<IPanel>(new Panel());
        _ = await first.ListenAsync(endpoint, Stop);
        await using (IpcServer same = new IpcServer().AddService<IAlarm>(new Alarm()))
        {
            IpcEndpointException taken = await Assert.ThrowsAsync<IpcEndpointException>(() => same.ListenAsync(endpoint, Stop).InTime());
            Assert.Contains($"in use by process {Environment.ProcessId}", taken.Message, StringComparison.Ordinal);

            IpcEndpoint other = TestTransports.NewEndpoint("signal");
            _ = await same.ListenAsync(other, Stop);
            Assert.Empty(Signals(endpoint).Intersect(Signals(other)));
        }

        await using IpcServer second = new IpcServer().AddService<IPanel>(new Panel());
        IpcEndpointException refused = await Assert.ThrowsAsync<IpcEndpointException>(
            () => second.ListenAsync(TestTransports.NewEndpoint("signal"), Stop).InTime());
        Assert.Contains("need 20 signal numbers", refused.Message, StringComparison.Ordinal);

        await first.DrainAsync(Stop);
        _ = await second.ListenAsync(TestTransports.NewEndpoint("signal"), Stop);

        static IEnumerable<int> Signals(IpcEndpoint endpoint)
            => SignalRecord.Read(File.ReadAllBytes(SignalRecordFile.PathOf(endpoint.Address))).Signals.Select(static entry => entry.Signal);
    }

    [Fact]
    public async Task Clients_of_a_listener_that_stopped_go_on_until_the_server_ends()
    {
        IpcEndpoint endpoint = TestTransports.NewEndpoint("signal");
        var alarm = new Alarm();
        await using IpcServer server = new IpcServer().AddService<IAlarm>(alarm);
        IpcListener listener = await server.ListenAsync(endpoint, Stop);
        await using IpcConnection connection = await IpcConnection.ConnectAsync(endpoint, cancellationToken: Stop);
        IAlarm proxy = connection.GetProxy<IAlarm>();

        await listener.DisposeAsync();
        _ = await Assert.ThrowsAsync<IpcConnectionException>(() => IpcConnection.ConnectAsync(endpoint, cancellationToken: Stop).InTime());
        proxy.Ring();
        Assert.True(Within.Eventually(() => alarm.Counts.Rings == 1));

        await server.DrainAsync(Stop);
        IpcConnectionException over = Assert.Throws<IpcConnectionException>(proxy.Ring);
        Assert.Equal(IpcDelivery.NotSent, over.Delivery);
        Assert.Equal(IpcCloseKind.Remote, (await connection.Closed.InTime()).Kind);
    }

    [Fact]
    public async Task A_server_that_closes_the_connection_of_all_clients_takes_new_ones()
    {
        IpcEndpoint endpoint = TestTransports.NewEndpoint("signal");
        var alarm = new Alarm();
        await using IpcServer server = new IpcServer().AddService<IAlarm>(alarm);
        _ = await server.ListenAsync(endpoint, Stop);
        await using IpcConnection before = await IpcConnection.ConnectAsync(endpoint, cancellationToken: Stop);
        IpcConnection all = Assert.Single(server.Connections);
        await all.CloseAsync(Stop).InTime();
        _ = Assert.Throws<IpcConnectionException>(before.GetProxy<IAlarm>().Ring);

        Assert.True(Within.Eventually(() => File.Exists(SignalRecordFile.PathOf(endpoint.Address))));
        await using IpcConnection after = await IpcConnection.ConnectAsync(endpoint, cancellationToken: Stop);
        after.GetProxy<IAlarm>().Ring();
        Assert.True(Within.Eventually(() => alarm.Counts.Rings == 1));
    }
}
