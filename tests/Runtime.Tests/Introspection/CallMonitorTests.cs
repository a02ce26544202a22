using Contracts.Ipc.CompilerServices;
using Contracts.Ipc.Introspection;

namespace Contracts.Ipc.Runtime.Tests.Introspection;

/// <summary>The bounds of the ring that watchers fetch from.</summary>
public sealed class CallMonitorTests
{
    private static readonly RawMethod Method = new("c", "m", new IpcMethodOptions());

    [Fact]
    public async Task Whoever_comes_too_late_is_told_how_much_it_missed()
    {
        var monitor = new CallMonitor();
        ulong cursor = (await monitor.FetchAsync(0, 1, TimeSpan.Zero, CancellationToken.None)).Next;
        const int Missed = 10;
        Add(monitor, CallMonitor.Capacity + Missed);
        CallBatch batch = await monitor.FetchAsync(cursor, int.MaxValue, TimeSpan.Zero, CancellationToken.None);
        Assert.Equal((ulong)Missed, batch.Lost);
        Assert.Equal(CallMonitor.MaximumBatch, batch.Calls.Count);
        Assert.Equal(cursor + Missed, batch.Calls[0].Sequence);
        Assert.Equal(Enumerable.Range(Missed, CallMonitor.MaximumBatch), batch.Calls.Select(static call => call.ArgumentBytes));
    }

    [Fact]
    public async Task What_one_batch_leaves_the_next_one_brings()
    {
        var monitor = new CallMonitor();
        ulong cursor = (await monitor.FetchAsync(0, 1, TimeSpan.Zero, CancellationToken.None)).Next;
        Add(monitor, 7);
        var seen = new List<int>();
        for (int i = 0; i < 4; i++)
        {
            CallBatch batch = await monitor.FetchAsync(cursor, 2, TimeSpan.Zero, CancellationToken.None);
            Assert.Equal(0UL, batch.Lost);
            seen.AddRange(batch.Calls.Select(static call => call.ArgumentBytes));
            cursor = batch.Next;
        }

        Assert.Equal(Enumerable.Range(0, 7), seen);
    }

    [Fact]
    public async Task A_cursor_of_another_run_begins_now()
    {
        var monitor = new CallMonitor();
        Assert.Equal(1UL, (await monitor.FetchAsync(ulong.MaxValue, 1, TimeSpan.Zero, CancellationToken.None)).Next);
    }

    [Fact]
    public async Task Nothing_is_remembered_before_anybody_watches_and_after_the_last_one_has_gone()
    {
        var monitor = new CallMonitor(patience: TimeSpan.FromMilliseconds(20));
        Add(monitor, 3);
        Assert.False(monitor.IsWatched);
        CallBatch first = await monitor.FetchAsync(0, 10, TimeSpan.Zero, CancellationToken.None);
        Assert.Equal((1UL, 0), (first.Next, first.Calls.Count));
        Assert.True(SpinWait.SpinUntil(() => !monitor.IsWatched, TimeSpan.FromSeconds(20)));
        Add(monitor, 3);
        Assert.Empty((await monitor.FetchAsync(1, 10, TimeSpan.Zero, CancellationToken.None)).Calls);
    }

    [Fact]
    public async Task A_token_ends_the_wait()
    {
        var monitor = new CallMonitor();
        using var source = new CancellationTokenSource();
        Task<CallBatch> waiting = monitor.FetchAsync(0, 1, TimeSpan.FromSeconds(15), source.Token).AsTask();
        await source.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private static void Add(CallMonitor monitor, int count)
    {
        for (int i = 0; i < count; i++)
        {
            monitor.Add(new CallRecord(Method, 1, null, DateTime.UtcNow, TimeSpan.Zero, IpcErrorCode.None, null, i, 0));
        }
    }
}
