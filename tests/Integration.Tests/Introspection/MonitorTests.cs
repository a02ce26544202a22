using Contracts.Ipc.Integration.Tests.Contracts;
using Contracts.Ipc.Integration.Tests.Harness;
using Contracts.Ipc.Introspection;

namespace Contracts.Ipc.Integration.Tests.Introspection;

public sealed class MonitorTests
{
    private static readonly TimeSpan LongWait = TimeSpan.FromSeconds(15);

    [Theory, EveryTransport]
    public async Task Calls_are_told_with_caller_duration_outcome_and_size(string transport)
    {
        await using Pair pair = await Pair.OpenAsync(
            transport,
            server => server.AddService<IProbe>(new Probe()).AddService<IShop>(new Shop(static () => new IpcFaultException<OutOfStock>(new OutOfStock("pen", 2)))),
            new IpcServerOptions { AllowMonitoring = true });
        ulong cursor = await BeginAsync(pair);
        DateTime before = DateTime.UtcNow;
        _ = await pair.Probe.RunBytesAsync(new byte[1000]).InTime();
        await pair.Probe.SendAsync(1).InTime();
        _ = await Assert.ThrowsAsync<IpcFaultException<OutOfStock>>(() => pair.Client.GetProxy<IShop>().BuyAsync("pen").InTime());
        List<CallReport> calls = await CollectAsync(pair, cursor, 3);

        Assert.Equal(["tests.probe/RunBytesAsync", "tests.probe/SendAsync", "tests.shop/BuyAsync"], calls.Select(static call => $"{call.Contract}/{call.Method}"));
        Assert.Equal([IpcErrorCode.None, IpcErrorCode.None, IpcErrorCode.Fault], calls.Select(static call => call.Outcome));
        Assert.Equal([null, null, typeof(OutOfStock).FullName], calls.Select(static call => call.Error));
        Assert.Equal([1UL, 2UL, 3UL], calls.Select(static call => call.Sequence));
        Assert.All(calls, call =>
        {
            Assert.Equal((1UL, pair.Accepted.Peer.ProcessId), (call.Connection, call.ProcessId));
            Assert.InRange(call.StartedAt, before.AddSeconds(-1), DateTime.UtcNow);
            Assert.InRange(call.Duration, TimeSpan.Zero, Within.Patience);
        });

        // An array of one bin: three bytes of header and one.
        Assert.Equal((1004, 1003), (calls[0].ArgumentBytes, calls[0].ResultBytes));
        Assert.Equal((2, 0), (calls[1].ArgumentBytes, calls[1].ResultBytes));
    }

    [Fact]
    public async Task A_fetch_waits_for_a_call_and_then_for_those_that_come_with_it()
    {
        await using Pair pair = await OpenAsync();
        ulong cursor = await BeginAsync(pair);
        await using IpcConnection watcher = await pair.ConnectAsync();
        Task<CallBatch> waiting = watcher.GetProxy<IServerIntrospection>().GetCallsAsync(cursor, 10, LongWait).InTime();
        Assert.False(waiting.IsCompleted);
        _ = await pair.Probe.RunAsync(1).InTime();
        CallBatch batch = await waiting;
        Assert.NotEmpty(batch.Calls);
        Assert.Equal((cursor + (ulong)batch.Calls.Count, 0UL), (batch.Next, batch.Lost));
    }

    [Fact]
    public async Task A_fetch_that_waits_in_vain_comes_back_empty_and_one_that_does_not_wait_at_once()
    {
        await using Pair pair = await OpenAsync();
        ulong cursor = await BeginAsync(pair);
        foreach (TimeSpan wait in (TimeSpan[])[TimeSpan.Zero, TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(-1)])
        {
            CallBatch batch = await Ask(pair).GetCallsAsync(cursor, 10, wait).InTime();
            Assert.Empty(batch.Calls);
            Assert.Equal(cursor, batch.Next);
        }
    }

    [Fact]
    public async Task Watching_is_not_watched()
    {
        await using Pair pair = await OpenAsync();
        ulong cursor = await BeginAsync(pair);
        _ = await Ask(pair).GetServerAsync().InTime();
        Assert.Equal(cursor, (await Ask(pair).GetCallsAsync(cursor, 10, TimeSpan.Zero).InTime()).Next);
    }

    [Fact]
    public async Task Without_the_option_nobody_can_watch()
    {
        await using Pair pair = await Pair.OpenAsync("unix", new Probe());
        IpcPermissionException refused = await Assert.ThrowsAsync<IpcPermissionException>(() => Ask(pair).GetCallsAsync(0, 10, TimeSpan.Zero).InTime());
        Assert.Contains("IpcServerOptions.AllowMonitoring", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_watcher_that_is_gone_leaves_the_server_as_it_was()
    {
        await using Pair pair = await OpenAsync();
        IpcConnection watcher = await pair.ConnectAsync();
        Task<CallBatch> waiting = watcher.GetProxy<IServerIntrospection>().GetCallsAsync(0, 10, LongWait).AsTask();
        await watcher.DisposeAsync();
        _ = await Assert.ThrowsAsync<IpcConnectionException>(() => waiting.InTime());
        Assert.True(Within.Eventually(() => pair.Server.Connections.Count == 1));
        Assert.Equal(1, await pair.Probe.RunAsync(1).InTime());
    }

    private static Task<Pair> OpenAsync() => Pair.OpenAsync("unix", new Probe(), new IpcServerOptions { AllowMonitoring = true });

    private static IServerIntrospection Ask(Pair pair) => pair.Client.GetProxy<IServerIntrospection>();

    private static async Task<ulong> BeginAsync(Pair pair) => (await Ask(pair).GetCallsAsync(0, 1, TimeSpan.Zero).InTime()).Next;

    private static async Task<List<CallReport>> CollectAsync(Pair pair, ulong cursor, int count)
    {
        var calls = new List<CallReport>();
        while (calls.Count < count)
        {
            CallBatch batch = await Ask(pair).GetCallsAsync(cursor, 100, LongWait).InTime();
            Assert.Equal(0UL, batch.Lost);
            calls.AddRange(batch.Calls);
            cursor = batch.Next;
        }

        return calls;
    }
}
