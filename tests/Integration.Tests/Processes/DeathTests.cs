using System.Diagnostics;
using Contracts.Ipc.Integration.Tests.Contracts;
using Contracts.Ipc.Integration.Tests.Harness;

namespace Contracts.Ipc.Integration.Tests.Processes;

/// <summary>Processes die at every point of a call. Each call ends once, soon, and says whether it may have been executed.</summary>
public sealed class DeathTests(ITestOutputHelper output)
{
    [Theory, EveryTransport(Need.OtherProcess)]
    public async Task Calls_in_flight_when_the_server_is_killed_fail_with_MaybeExecuted_within_100_ms(string transport)
    {
        double best = double.MaxValue;
        for (int attempt = 0; attempt < 3 && best > 100; attempt++)
        {
            await using PeerProcess server = await PeerProcess.ServeAsync(transport);
            await using IpcConnection client = await IpcConnection.ConnectAsync(server.Endpoint).InTime();
            IPeer peer = client.GetProxy<IPeer>();
            using var source = new CancellationTokenSource();
            Task[] calls =
            [
                .. Enumerable.Range(0, 20).Select(_ => peer.HangAsync().AsTask()),
                peer.HangAsync(source.Token).AsTask(),
                Within.OnThread(() => peer.Block(1)),
                Within.OnThread(() => peer.Block(2)),
            ];
            await UntilAsync(async () => await peer.BlockedAsync() == 2);
            long died = 0;
            Task<long>[] ended = [.. calls.Select(call => call.ContinueWith(static _ => Stopwatch.GetTimestamp(), TaskContinuationOptions.ExecuteSynchronously))];
            died = server.Kill();
            long last = (await Task.WhenAll(ended).InTime()).Max();
            best = Math.Min(best, Stopwatch.GetElapsedTime(died, Math.Max(died, last)).TotalMilliseconds);
            foreach (Task call in calls)
            {
                IpcConnectionException lost = await Assert.ThrowsAsync<IpcConnectionException>(() => call);
                Assert.Equal(IpcDelivery.MaybeExecuted, lost.Delivery);
            }

            Assert.Equal(IpcCloseKind.Lost, (await client.Closed.InTime()).Kind);
            IpcConnectionException refused = await Assert.ThrowsAsync<IpcConnectionException>(() => peer.EchoAsync(1).InTime());
            Assert.Equal(IpcDelivery.NotSent, refused.Delivery);
        }

        output.WriteLine($"The last of 23 calls over {transport} ended {best:0.0} ms after the process.");
        Assert.InRange(best, 0, 100);
    }

    [Theory, EveryTransport(Need.OtherProcess)]
    public async Task A_server_killed_before_it_accepts_fails_the_connect(string transport)
    {
        await using PeerProcess server = await PeerProcess.ServeAsync(transport);
        server.SendStop();
        Task<IpcConnection> connecting = IpcConnection.ConnectAsync(server.Endpoint).AsTask();
        Assert.False(connecting.IsCompleted);
        _ = server.Kill();
        IpcConnectionException lost = await Assert.ThrowsAsync<IpcConnectionException>(() => connecting.InTime());
        Assert.Equal(IpcDelivery.NotSent, lost.Delivery);
    }

    [Theory, EveryTransport(Need.OtherProcess)]
    public async Task A_server_killed_after_accept_and_before_it_reads_may_have_executed_what_left(string transport)
    {
        await using PeerProcess server = await PeerProcess.ServeAsync(transport);
        await using IpcConnection client = await IpcConnection.ConnectAsync(server.Endpoint).InTime();
        IPeer peer = client.GetProxy<IPeer>();
        Assert.Equal(1, await peer.EchoAsync(1).InTime());

        // The continuation may run on the thread that receives, whose frames go out together when it is done: leave it.
        await Task.Yield();
        server.SendStop();
        Task<int> call = peer.EchoAsync(2).AsTask();
        _ = server.Kill();
        IpcConnectionException lost = await Assert.ThrowsAsync<IpcConnectionException>(() => call.InTime());
        Assert.Equal(IpcDelivery.MaybeExecuted, lost.Delivery);
    }

    [Fact]
    public async Task What_never_left_this_process_is_NotSent()
    {
        await using PeerProcess server = await PeerProcess.ServeAsync("unix");
        await using IpcConnection client = await IpcConnection.ConnectAsync(server.Endpoint).InTime();
        IPeer peer = client.GetProxy<IPeer>();
        server.SendStop();

        // The socket takes a few hundred KiB, the outbox 4 MiB; the rest of the callers waits for room.
        Task<int>[] calls = [.. Enumerable.Range(0, 200).Select(_ => peer.TakeAsync(new byte[50_000]).AsTask())];
        Task<int>[] large = [.. Enumerable.Range(0, 2).Select(_ => peer.TakeAsync(new byte[1 << 20]).AsTask())];
        _ = server.Kill();
        IpcDelivery[] deliveries = await Task.WhenAll(calls.Concat(large).Select(async call => (await Assert.ThrowsAsync<IpcConnectionException>(() => call.InTime())).Delivery));
        Assert.Equal(IpcDelivery.MaybeExecuted, deliveries[0]);
        Assert.Equal(IpcDelivery.NotSent, deliveries[199]);
        Assert.Equal(IpcDelivery.NotSent, deliveries[200]);
        Assert.Equal(IpcDelivery.NotSent, deliveries[201]);
        int sent = deliveries.Count(static delivery => delivery == IpcDelivery.MaybeExecuted);
        Assert.InRange(sent, 1, 100);
        Assert.All(deliveries[..sent], static delivery => Assert.Equal(IpcDelivery.MaybeExecuted, delivery));
    }

    [Theory, EveryTransport(Need.OtherProcess)]
    public async Task A_server_killed_in_the_middle_of_a_reply_ends_the_call(string transport)
    {
        for (int attempt = 0; attempt < 5; attempt++)
        {
            await using PeerProcess server = await PeerProcess.ServeAsync(transport);
            await using IpcConnection client = await IpcConnection.ConnectAsync(server.Endpoint).InTime();
            IPeer peer = client.GetProxy<IPeer>();
            Task<byte[]> call = peer.LargeAsync((16 << 20) - 100).AsTask();

            // Small answers overtake: after this one the large reply is on its way, or about to be.
            _ = await peer.EchoAsync(attempt).InTime();
            Thread.SpinWait(attempt * 20_000);
            _ = server.Kill();
            try
            {
                Assert.Equal((16 << 20) - 100, (await call.InTime()).Length);
            }
            catch (IpcConnectionException lost)
            {
                Assert.Equal(IpcDelivery.MaybeExecuted, lost.Delivery);
            }
        }
    }

    [Theory, EveryTransport(Need.OtherProcess)]
    public async Task A_client_killed_during_a_handler_cancels_it_and_its_services_are_disposed(string transport)
    {
        await using var server = new IpcServer();
        var services = new Owned();
#pragma warning disable IPC4025 // One client comes, and the test looks at what it had.
        server.AddService<IPeer>(_ => services);
#pragma warning restore IPC4025
        using Meeting meeting = TestTransports.NewMeeting(transport);
        _ = await server.ListenAsync(meeting.Server).InTime();
        await using PeerProcess client = await PeerProcess.CallAsync(meeting.Client);
        IpcConnection connection = Assert.Single(server.Connections);
        Assert.True(connection.Peer.ProcessId is null || connection.Peer.ProcessId == client.Id);
        Assert.Equal(1, connection.Session.Incoming.Count);
        long died = client.Kill();
        await services.Cancelled.Task.InTime();
        output.WriteLine($"The handler's token fired {Stopwatch.GetElapsedTime(died).TotalMilliseconds:0.0} ms after the process.");
        await services.Disposed.Task.InTime();
        Assert.Equal(IpcCloseKind.Lost, (await connection.Closed.InTime()).Kind);
        Assert.True(Within.Eventually(() => server.Connections.Count == 0 && connection.Session.Incoming.Count == 0));
    }

    [Theory, EveryTransport(Need.OtherProcess)]
    public async Task A_stopped_server_costs_a_deadline_and_works_again_when_it_continues(string transport)
    {
        await using PeerProcess server = await PeerProcess.ServeAsync(transport);
        await using IpcConnection client = await IpcConnection.ConnectAsync(server.Endpoint).InTime();
        IPeer peer = client.GetProxy<IPeer>();
        IPeer hurried = IpcCallOptions.With(peer, new IpcCallOptions { Timeout = TimeSpan.FromMilliseconds(150) });
        server.SendStop();
        Task<TimeoutException>[] late = [.. Enumerable.Range(0, 10).Select(i => Assert.ThrowsAsync<TimeoutException>(() => hurried.EchoAsync(-i).InTime()))];
        Task<TimeoutException> blocked = Assert.ThrowsAsync<TimeoutException>(() => Within.OnThread(() => hurried.Block(0)).InTime());
        _ = await Task.WhenAll(late).InTime();
        _ = await blocked.InTime();
        Assert.True(client.IsOpen);
        server.SendContinue();
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(i, await peer.EchoAsync(i).InTime());
        }

        peer.Release();
    }

    [Theory, EveryTransport(Need.OtherProcess)]
    public async Task SIGTERM_drains_a_server_that_runs(string transport)
    {
        await using PeerProcess server = await PeerProcess.ServeAsync(transport);
        await using IpcConnection client = await IpcConnection.ConnectAsync(server.Endpoint).InTime();
        IPeer peer = client.GetProxy<IPeer>();
        Task<int> underWay = peer.SleepAsync(300).AsTask();
        _ = await peer.EchoAsync(1).InTime();
        server.SendTerminate();
        Assert.True(Within.Eventually(() => !client.IsOpen));
        IpcConnectionException refused = await Assert.ThrowsAsync<IpcConnectionException>(() => peer.EchoAsync(2).InTime());
        Assert.Equal(IpcDelivery.NotSent, refused.Delivery);
        Assert.Equal(300, await underWay.InTime());
        Assert.Equal("drained", await server.ReadLineAsync());
        Assert.Equal(0, await server.ExitAsync());
        Assert.Equal(IpcCloseKind.Remote, (await client.Closed.InTime()).Kind);
        Assert.DoesNotContain(
            Directory.EnumerateFiles(Path.Combine(Belongings.RuntimeDirectory, "contracts"), "*", SearchOption.AllDirectories),
            file => file.Contains(server.Endpoint.Address, StringComparison.Ordinal));
    }

    /// <summary>Over unix, whose frames need no thread of the pool. The streams of named pipes complete on it, and wait when it is full.</summary>
    [Fact]
    public async Task A_thousand_blocking_handlers_leave_pings_and_cancels_answered()
    {
        await using PeerProcess server = await PeerProcess.ServeAsync("unix");
        await using IpcConnection client = await IpcConnection.ConnectAsync(server.Endpoint).InTime();
        IBlocking peer = client.GetProxy<IBlocking>();
        using var source = new CancellationTokenSource();
        Task<int> cancellable = client.GetProxy<IPeer>().HangAndReleaseAsync(source.Token).AsTask();
        _ = await client.PingAsync().InTime();
        Task<int>[] blocking = [.. Enumerable.Range(0, 1000).Select(i => peer.Block(i).AsTask())];
        for (int i = 0; i < 50; i++)
        {
            Assert.InRange(await client.PingAsync().InTime(), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        }

        // The cancel reaches its handler although every thread of the pool over there is blocked: its last act unblocks them all.
        Assert.DoesNotContain(blocking, static call => call.IsCompleted);
        await source.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancellable.InTime());
        Assert.Equal(Enumerable.Range(0, 1000), await Task.WhenAll(blocking).InTime());
    }

    /// <summary>Not over pipe: its streams belong to .NET, and allocate for themselves.</summary>
    [Theory]
    [InlineData("unix")]
    [InlineData("mq")]
    public async Task Two_processes_allocate_nothing_for_a_steady_call(string transport)
    {
        await using PeerProcess server = await PeerProcess.ServeAsync(transport);
        await using IpcConnection client = await IpcConnection.ConnectAsync(server.Endpoint).InTime();
        ILean lean = client.GetProxy<ILean>();
        const int Calls = 5000;
        double here = double.MaxValue;
        double there = double.MaxValue;
        for (int round = 0; round < 4; round++)
        {
            long thereBefore = lean.AllocatedBytes();
            long hereBefore = GC.GetTotalAllocatedBytes(precise: true);
            for (int i = 0; i < Calls; i++)
            {
                _ = await lean.AddAsync(i, 1);
            }

            here = Math.Min(here, (GC.GetTotalAllocatedBytes(precise: true) - hereBefore) / (double)Calls);
            there = Math.Min(there, (lean.AllocatedBytes() - thereBefore) / (double)Calls);
        }

        output.WriteLine($"{here:0.00} bytes per call at the client, {there:0.00} at the server.");
        Assert.InRange(here, 0, 2);
        Assert.InRange(there, 0, 2);
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        long start = Stopwatch.GetTimestamp();
        while (!await condition().InTime())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Within.Patience, "Not in time.");
        }
    }

    private sealed class Owned : IPeer, IAsyncDisposable
    {
        public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Disposed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ValueTask<int> EchoAsync(int value) => new(value);

        public async ValueTask<int> HangAsync(CancellationToken cancellationToken = default)
        {
            using CancellationTokenRegistration registration = cancellationToken.Register(Cancelled.SetResult);
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }

        public ValueTask<int> HangAndReleaseAsync(CancellationToken cancellationToken = default) => HangAsync(cancellationToken);

        public int Block(int value) => value;

        public void Release()
        {
        }

        public ValueTask<int> BlockedAsync() => new(0);

        public ValueTask<int> CancelledAsync() => new(0);

        public ValueTask<int> EchoedAsync() => new(0);

        public ValueTask<byte[]> LargeAsync(int length) => new(new byte[length]);

        public ValueTask<int> TakeAsync(byte[] bytes) => new(bytes.Length);

        public ValueTask<int> SleepAsync(int milliseconds) => new(milliseconds);

        public ValueTask DisposeAsync()
        {
            Disposed.SetResult();
            return default;
        }
    }
}
