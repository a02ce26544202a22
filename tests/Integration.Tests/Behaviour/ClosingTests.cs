using Contracts.Ipc.Integration.Tests.Contracts;
using Contracts.Ipc.Integration.Tests.Harness;

namespace Contracts.Ipc.Integration.Tests.Behaviour;

public sealed class ClosingTests
{
    [Theory, EveryTransport]
    public async Task Draining_lets_calls_under_way_finish_and_new_ones_are_not_sent(string transport)
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Pair pair = await Pair.OpenAsync(transport, new Probe
        {
            OnRun = (_, _) =>
            {
                entered.SetResult();
                return new(gate.Task);
            },
        });
        Task<int> underWay = pair.Probe.RunAsync(1).AsTask();
        await entered.Task.InTime();
        Task drained = pair.Server.DrainAsync();

        // The GoAway overtakes nothing: a ping behind it tells that it has come.
        Assert.True(Within.Eventually(() => !pair.Client.IsOpen));
        IpcConnectionException refused = await Assert.ThrowsAsync<IpcConnectionException>(() => pair.Probe.RunAsync(2).InTime());
        Assert.Equal(IpcDelivery.NotSent, refused.Delivery);
        Assert.False(drained.IsCompleted);
        gate.SetResult(11);
        Assert.Equal(11, await underWay.InTime());
        await drained.InTime();
        IpcCloseReason reason = await pair.Client.Closed.InTime();
        Assert.Equal(IpcCloseKind.Remote, reason.Kind);
        Assert.Equal(IpcCloseKind.Local, (await pair.Accepted.Closed.InTime()).Kind);
        Assert.True(Within.Eventually(() => pair.Server.Connections.Count == 0));
    }

    [Theory, EveryTransport]
    public async Task Draining_with_a_bound_cancels_what_is_still_under_way(string transport)
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var fired = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Pair pair = await Pair.OpenAsync(transport, new Probe
        {
            OnRun = async (value, token) =>
            {
                using CancellationTokenRegistration registration = token.Register(fired.SetResult);
                entered.SetResult();
                await Task.Delay(Timeout.Infinite, token);
                return value;
            },
        });
        Task<int> underWay = pair.Probe.RunAsync(1).AsTask();
        await entered.Task.InTime();
        using var bound = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await pair.Server.DrainAsync(bound.Token).InTime();
        IpcConnectionException lost = await Assert.ThrowsAsync<IpcConnectionException>(() => underWay.InTime());
        Assert.Equal(IpcDelivery.MaybeExecuted, lost.Delivery);
        await fired.Task.InTime();
    }

    [Theory, EveryTransport]
    public async Task RunAsync_drains_when_its_token_fires(string transport)
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new IpcServer();
        server.AddService<IProbe>(new Probe
        {
            OnRun = (_, _) =>
            {
                entered.SetResult();
                return new(gate.Task);
            },
        });
        using Meeting meeting = TestTransports.NewMeeting(transport);
        using var stop = new CancellationTokenSource();
        Task running = server.RunAsync(meeting.Server, stop.Token);
        await using IpcConnection client = await ConnectWhenListeningAsync(meeting.Client);
        Task<int> underWay = client.GetProxy<IProbe>().RunAsync(1).AsTask();
        await entered.Task.InTime();
        await stop.CancelAsync();
        Assert.True(Within.Eventually(() => !client.IsOpen));
        _ = await Assert.ThrowsAsync<IpcConnectionException>(() => IpcConnection.ConnectAsync(meeting.Client).InTime());
        gate.SetResult(6);
        Assert.Equal(6, await underWay.InTime());
        await running.InTime();
    }

    [Theory, EveryTransport]
    public async Task Closing_a_client_in_good_order_waits_for_its_answers(string transport)
    {
        var gate = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Pair pair = await Pair.OpenAsync(transport, new Probe { OnRun = (_, _) => new(gate.Task) });
        Task<int> underWay = pair.Probe.RunAsync(1).AsTask();
        Task closing = pair.Client.CloseAsync();
        IpcConnectionException refused = await Assert.ThrowsAsync<IpcConnectionException>(() => pair.Probe.RunAsync(2).InTime());
        Assert.Equal(IpcDelivery.NotSent, refused.Delivery);
        gate.SetResult(8);
        Assert.Equal(8, await underWay.InTime());
        await closing.InTime();
        Assert.Equal(IpcCloseKind.Local, (await pair.Client.Closed.InTime()).Kind);
        Assert.Equal(IpcCloseKind.Remote, (await pair.Accepted.Closed.InTime()).Kind);
    }

    [Theory, EveryTransport]
    public async Task Disposing_ends_calls_at_once_and_again_is_harmless(string transport)
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Pair pair = await Pair.OpenAsync(transport, new Probe
        {
            OnRun = (_, _) =>
            {
                entered.SetResult();
                return new(gate.Task);
            },
        });
        Task<int> underWay = pair.Probe.RunAsync(1).AsTask();
        await entered.Task.InTime();
        await pair.Client.DisposeAsync();
        await pair.Client.DisposeAsync();
        await pair.Client.CloseAsync().InTime();
        IpcConnectionException lost = await Assert.ThrowsAsync<IpcConnectionException>(() => underWay.InTime());
        Assert.Equal(IpcDelivery.MaybeExecuted, lost.Delivery);
        IpcConnectionException refused = await Assert.ThrowsAsync<IpcConnectionException>(() => pair.Probe.RunAsync(1).InTime());
        Assert.Equal(IpcDelivery.NotSent, refused.Delivery);
        Assert.False(pair.Client.IsOpen);
        Assert.Equal(IpcCloseKind.Remote, (await pair.Accepted.Closed.InTime()).Kind);
        gate.SetResult(1);
    }

    [Theory, EveryTransport]
    public async Task Disposing_the_server_ends_its_clients_and_frees_the_endpoint(string transport)
    {
        await using Pair pair = await Pair.OpenAsync(transport, new Probe());
        await pair.Server.DisposeAsync();
        _ = await pair.Client.Closed.InTime();
        IpcConnectionException refused = await Assert.ThrowsAsync<IpcConnectionException>(() => IpcConnection.ConnectAsync(pair.Endpoint).InTime());
        Assert.Equal(IpcDelivery.NotSent, refused.Delivery);
        _ = await Assert.ThrowsAsync<ObjectDisposedException>(() => pair.Server.ListenAsync(pair.Meeting.Server).InTime());

        await using var again = new IpcServer();
        again.AddService<IProbe>(new Probe());
        await using IpcListener listener = await again.ListenAsync(pair.Meeting.Server).InTime();
        await using IpcConnection client = await IpcConnection.ConnectAsync(pair.Endpoint).InTime();
        Assert.Equal(3, await client.GetProxy<IProbe>().RunAsync(3).InTime());
        Assert.NotEqual(pair.Client.PeerInstanceId, client.PeerInstanceId);
    }

    [Theory, EveryTransport]
    public async Task An_endpoint_in_use_is_refused_with_a_sentence(string transport)
    {
        await using Pair pair = await Pair.OpenAsync(transport, new Probe());
        await using var second = new IpcServer();
        IpcEndpointException refused = await Assert.ThrowsAsync<IpcEndpointException>(() => second.ListenAsync(pair.Meeting.Server).InTime());
        Assert.Contains("in use", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await pair.Probe.RunAsync(1).InTime());
    }

    [Theory, EveryTransport(Need.SeveralClients)]
    public async Task Connections_come_and_go_without_a_trace(string transport)
    {
        await using Pair pair = await Pair.OpenAsync(transport, new Probe());
        for (int i = 0; i < 200; i++)
        {
            await using IpcConnection client = await pair.ConnectAsync();
            Assert.Equal(i, await client.GetProxy<IProbe>().RunAsync(i).InTime());
        }

        Assert.True(Within.Eventually(() => pair.Server.Connections.Count == 1));
    }

    private static async Task<IpcConnection> ConnectWhenListeningAsync(IpcEndpoint endpoint)
    {
        while (true)
        {
            try
            {
                return await IpcConnection.ConnectAsync(endpoint).InTime();
            }
            catch (IpcConnectionException)
            {
                await Task.Yield();
            }
        }
    }
}
