using Contracts.Ipc.Integration.Tests.Contracts;
using Contracts.Ipc.Integration.Tests.Harness;

namespace Contracts.Ipc.Integration.Tests.Behaviour;

public sealed class CallTests
{
    [Theory, EveryTransport]
    public async Task A_synchronous_call_returns_the_result(string transport)
    {
        await using Pair pair = await Pair.OpenAsync(transport, new Probe { OnRun = (value, _) => new(value + 1) });
        Assert.Equal(42, await Within.OnThread(() => pair.Probe.Run(41)).InTime());
    }

    [Theory, EveryTransport]
    public async Task A_synchronous_call_without_result_returns_after_the_handler(string transport)
    {
        int seen = 0;
        await using Pair pair = await Pair.OpenAsync(transport, new Probe { OnSend = value => seen = value });
        await Within.OnThread(() => pair.Probe.RunVoid(7)).InTime();
        Assert.Equal(7, seen);
    }

    [Theory, EveryTransport]
    public async Task Task_and_ValueTask_calls_return_the_result(string transport)
    {
        await using Pair pair = await Pair.OpenAsync(transport, new Probe { OnRun = (value, _) => new(value * 2) });
        Assert.Equal(2, await pair.Probe.RunTaskAsync(1).InTime());
        Assert.Equal(4, await pair.Probe.RunAsync(2).InTime());
        Assert.Equal(6, await pair.Probe.RunWithoutTokenAsync(3).InTime());
    }

    [Theory, EveryTransport]
    public async Task Task_and_ValueTask_calls_without_result_end_after_the_handler(string transport)
    {
        int seen = 0;
        await using Pair pair = await Pair.OpenAsync(transport, new Probe { OnSend = value => seen += value });
        await pair.Probe.RunPlainTaskAsync(1).InTime();
        Assert.Equal(1, seen);
        await pair.Probe.RunPlainAsync(2).InTime();
        Assert.Equal(3, seen);
    }

    [Theory, EveryTransport]
    public async Task A_handler_that_completes_later_is_awaited(string transport)
    {
        var gate = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Pair pair = await Pair.OpenAsync(transport, new Probe { OnRun = (_, _) => new(gate.Task) });
        ValueTask<int> call = pair.Probe.RunAsync(0);
        Task<int> synchronous = Within.OnThread(() => pair.Probe.Run(0));
        Assert.False(call.IsCompleted);
        gate.SetResult(5);
        Assert.Equal(5, await call.InTime());
        Assert.Equal(5, await synchronous.InTime());
    }

    [Theory, EveryTransport]
    public async Task One_way_calls_arrive_in_order_and_are_not_answered(string transport)
    {
        const int Count = 200;
        var seen = new List<int>();
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var probe = new Probe
        {
            OnSend = value =>
            {
                seen.Add(value);
                if (value == Count - 1)
                {
                    all.SetResult();
                }
            },
        };
        await using Pair pair = await Pair.OpenAsync(transport, probe, new IpcServerOptions { Dispatch = IpcDispatch.Ordered });
        IProbe proxy = pair.Probe;
        for (int i = 0; i < Count; i += 2)
        {
            proxy.Send(i);
            await proxy.SendAsync(i + 1).InTime();
        }

        await all.Task.InTime();
        Assert.Equal(Enumerable.Range(0, Count), seen);
        Assert.Equal(0, pair.Client.Session.Calls.Count);
    }

    [Theory, EveryTransport]
    public async Task A_one_way_call_whose_handler_throws_leaves_the_connection_alone(string transport)
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Pair pair = await Pair.OpenAsync(transport, new Probe
        {
            OnSend = _ =>
            {
                entered.SetResult();
                throw new InvalidOperationException("Nobody hears this.");
            },
        });
        pair.Probe.Send(1);
        await entered.Task.InTime();
        Assert.Equal(9, await pair.Probe.RunAsync(9).InTime());
        Assert.Equal(0, pair.Accepted.Session.Incoming.Count);
    }

    [Theory, EveryTransport]
    public async Task Sixty_four_callers_at_once_get_their_own_answers(string transport)
    {
        await using Pair pair = await Pair.OpenAsync(transport, new Probe
        {
            OnRun = async (value, _) =>
            {
                if (value % 7 == 0)
                {
                    await Task.Yield();
                }

                return -value;
            },
        });
        IProbe proxy = pair.Probe;
        await Task.WhenAll(Enumerable.Range(0, 64).Select(caller => Task.Run(async () =>
        {
            for (int i = 0; i < 500; i++)
            {
                int value = (caller * 1000) + i;
                Assert.Equal(-value, await proxy.RunAsync(value));
            }
        }))).InTime();
    }

    [Theory, EveryTransport]
    public async Task Synchronous_and_asynchronous_callers_share_a_connection(string transport)
    {
        await using Pair pair = await Pair.OpenAsync(transport, new Probe());
        IProbe proxy = pair.Probe;
        IEnumerable<Task> blocking = Enumerable.Range(0, 6).Select(caller => Within.OnThread(() =>
        {
            for (int i = 0; i < 300; i++)
            {
                Assert.Equal((caller * 1000) + i, proxy.Run((caller * 1000) + i));
            }
        }));
        IEnumerable<Task> awaiting = Enumerable.Range(6, 6).Select(caller => Task.Run(async () =>
        {
            for (int i = 0; i < 300; i++)
            {
                Assert.Equal((caller * 1000) + i, await proxy.RunAsync((caller * 1000) + i));
            }
        }));
        await Task.WhenAll(blocking.Concat(awaiting)).InTime();
    }

    [Theory, EveryTransport]
    public async Task A_ping_is_answered_without_a_handler(string transport)
    {
        await using Pair pair = await Pair.OpenAsync(transport, new Probe());
        Assert.InRange(await pair.Client.PingAsync().InTime(), TimeSpan.Zero, Within.Patience);
        Assert.InRange(await pair.Accepted.PingAsync().InTime(), TimeSpan.Zero, Within.Patience);
    }

    [Theory, EveryTransport]
    public async Task Dispatch_modes_all_answer(string transport)
    {
        foreach (IpcDispatch dispatch in Enum.GetValues<IpcDispatch>())
        {
            await using Pair pair = await Pair.OpenAsync(transport, new Probe(), new IpcServerOptions { Dispatch = dispatch });
            IProbe proxy = pair.Probe;
            int[] answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => proxy.RunAsync(i).AsTask())).InTime();
            Assert.Equal(Enumerable.Range(0, 50), answers);
        }
    }

    [Theory, EveryTransport]
    public async Task Ordered_dispatch_never_overlaps_handlers(string transport)
    {
        int inside = 0;
        int most = 0;
        await using Pair pair = await Pair.OpenAsync(
            transport,
            new Probe
            {
                OnSend = _ =>
                {
                    most = Math.Max(most, Interlocked.Increment(ref inside));
                    Thread.SpinWait(500);
                    _ = Interlocked.Decrement(ref inside);
                },
            },
            new IpcServerOptions { Dispatch = IpcDispatch.Ordered });
        IProbe proxy = pair.Probe;
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => proxy.RunPlainAsync(i).AsTask())).InTime();
        Assert.Equal(1, most);
    }
}
