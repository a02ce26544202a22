using System.Collections.Concurrent;
using Contracts.Ipc.Integration.Tests.Contracts;
using Contracts.Ipc.Integration.Tests.Harness;
using Contracts.Ipc.Transports;
using Microsoft.Extensions.Logging.Abstractions;

namespace Contracts.Ipc.Integration.Tests.Threads;

public sealed class ThreadTests
{
    [Theory, EveryTransport]
    public async Task Both_directions_full_while_both_sides_send_is_no_deadlock(string transport)
    {
        // Far less may be queued than each side sends at once, and each answer is as large as its call.
        var narrow = new IpcLimits { MaximumQueuedBytes = 64 * 1024 };
        await using Pair pair = await Pair.OpenAsync(
            transport,
            new Probe(),
            new IpcServerOptions { Limits = narrow },
            new IpcConnectionOptions { Limits = narrow }.AddService<IProbe>(new Probe()));
        IProbe there = pair.Probe;
        IProbe here = pair.Accepted.GetProxy<IProbe>();
        await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(async () =>
        {
            IProbe proxy = i % 2 == 0 ? there : here;
            for (int round = 0; round < 5; round++)
            {
                int length = 40_000 + (round * 20_000);
                Assert.Equal(length, (await proxy.RunBytesAsync(new byte[length])).Length);
            }
        }))).InTime();
    }

    [Theory, EveryTransport]
    public async Task Both_directions_full_with_callers_that_block_is_no_deadlock(string transport)
    {
        var narrow = new IpcLimits { MaximumQueuedBytes = 4 * 1024 };
        await using Pair pair = await Pair.OpenAsync(
            transport,
            new Probe(),
            new IpcServerOptions { Limits = narrow },
            new IpcConnectionOptions { Limits = narrow }.AddService<IProbe>(new Probe()));
        IProbe there = pair.Probe;
        IProbe here = pair.Accepted.GetProxy<IProbe>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Within.OnThread(() =>
        {
            IProbe proxy = i % 2 == 0 ? there : here;
            for (int value = 0; value < 200; value++)
            {
                Assert.Equal(value, proxy.Run(value));
                proxy.Send(value);
            }
        }))).InTime();
    }

    [Theory, EveryTransport(Need.SeveralClients)]
    public async Task A_handler_that_returns_late_after_hand_off_touches_nothing(string transport)
    {
        using var released = new ManualResetEventSlim();
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Pair pair = await Pair.OpenAsync(transport, new Probe
        {
            OnRun = (value, _) =>
            {
                if (value < 0)
                {
                    entered.SetResult();
                    released.Wait(CancellationToken.None);
                }

                return new(value);
            },
        });
        await using IpcConnection other = await pair.ConnectAsync();
        IProbe elsewhere = other.GetProxy<IProbe>();
        ValueTask<int> late = pair.Probe.RunAsync(-1);
        await entered.Task.InTime();

        // Others, on this connection and on another one, go on while the handler keeps the thread that received it …
        for (int i = 0; i < 50; i++)
        {
            Assert.Equal(i, await pair.Probe.RunAsync(i).InTime());
            Assert.Equal(i, await elsewhere.RunAsync(i).InTime());
        }

        // … and while it returns under load; its answer arrives.
        Task busy = Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
        {
            for (int i = 0; i < 200; i++)
            {
                Assert.Equal((caller * 1000) + i, await (caller % 2 == 0 ? pair.Probe : elsewhere).RunAsync((caller * 1000) + i));
            }
        })));
        released.Set();
        Assert.Equal(-1, await late.InTime());
        await busy.InTime();
        Assert.True(Within.Eventually(() => pair.Accepted.Session.Incoming.Count == 0));
    }

    [Fact]
    public async Task WhenAll_of_64_calls_coalesces_and_is_not_serialised()
    {
        const int Calls = 64;
        int inside = 0;
        var allInside = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new IpcServer();
        server.AddService<IProbe>(new Probe
        {
            OnRun = async (value, _) =>
            {
                if (Interlocked.Increment(ref inside) == Calls)
                {
                    allInside.SetResult();
                }

                // No handler returns before all have begun: a serialised client would hang.
                await allInside.Task;
                return value;
            },
        });
        IpcEndpoint endpoint = TestTransports.NewEndpoint("inproc");
        _ = await server.ListenAsync(endpoint).InTime();
        FrameChannel channel = await TransportRegistry.Get(endpoint).ConnectAsync(endpoint, new TransportOptions(), CancellationToken.None).InTime();
        var counting = new CountingChannel(channel);
        await using IpcConnection client = await IpcConnection.OpenAsync(
            counting, endpoint, new IpcConnectionOptions(), NullLogger.Instance, CancellationToken.None).InTime();
        IProbe proxy = client.GetProxy<IProbe>();
        int before = counting.Sends;
        int[] answers = await Task.WhenAll(Enumerable.Range(0, Calls).Select(i => proxy.RunWithoutTokenAsync(i).AsTask())).InTime();
        Assert.Equal(Enumerable.Range(0, Calls), answers);
        Assert.InRange(counting.Sends - before, 1, Calls / 2);
    }

    [Theory, EveryTransport]
    public async Task A_synchronous_caller_never_runs_another_callers_continuation_or_an_incoming_call(string transport)
    {
        var users = new ConcurrentDictionary<int, string>();
        await using Pair pair = await Pair.OpenAsync(
            transport,
            new Probe(),
            clientOptions: new IpcConnectionOptions().AddService<IProbe>(new Probe
            {
                OnRun = (value, _) =>
                {
                    users[Environment.CurrentManagedThreadId] = "incoming call";
                    return new(value);
                },
            }));
        IProbe proxy = pair.Probe;
        IProbe back = pair.Accepted.GetProxy<IProbe>();
        using var stop = new CancellationTokenSource();
        Task continuations = Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                _ = await proxy.RunAsync(1).ConfigureAwait(false);
                users[Environment.CurrentManagedThreadId] = "continuation";
            }
        })));
        Task incoming = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                _ = await back.RunAsync(1).ConfigureAwait(false);
            }
        });
        int[] blocking = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Within.OnThread(() =>
        {
            for (int i = 0; i < 2000; i++)
            {
                Assert.Equal(i, proxy.Run(i));
            }

            return Environment.CurrentManagedThreadId;
        }))).InTime();
        await stop.CancelAsync();
        await continuations.InTime();
        await incoming.InTime();
        Assert.NotEmpty(users);
        Assert.All(blocking, thread => Assert.False(users.ContainsKey(thread), $"A blocking caller's thread ran a {users.GetValueOrDefault(thread)}."));
    }

    [Theory, EveryTransport]
    public async Task Calls_from_a_thread_with_a_SynchronizationContext_return_to_it_and_may_block_it(string transport)
    {
        await using Pair pair = await Pair.OpenAsync(transport, new Probe
        {
            OnRun = async (value, _) =>
            {
                await Task.Yield();
                return value;
            },
        });
        IProbe proxy = pair.Probe;
        using var context = new SingleThreadContext();
        await context.RunAsync(async () =>
        {
            for (int i = 0; i < 200; i++)
            {
                Assert.Equal(i, await proxy.RunAsync(i));
                Assert.Equal(context.ThreadId, Environment.CurrentManagedThreadId);
                Assert.Equal(i, proxy.Run(i));
            }

            ValueTask<int> underWay = proxy.RunAsync(1);
            Assert.Equal(2, proxy.Run(2));
            Assert.Equal(1, await underWay);
            Assert.Equal(context.ThreadId, Environment.CurrentManagedThreadId);
            int[] many = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => proxy.RunAsync(i).AsTask()));
            Assert.Equal(Enumerable.Range(0, 20), many);
        }).InTime();
    }

    [Theory, EveryTransport]
    public async Task A_calls_B_calls_A_sixteen_deep(string transport)
    {
        var options = new IpcConnectionOptions();
        IpcConnection? client = null;
        IpcConnection? accepted = null;
        options.AddService<IProbe>(new Probe { OnRun = (value, token) => Descend(() => client!, value, token) });
        await using Pair pair = await Pair.OpenAsync(
            transport, new Probe { OnRun = (value, token) => Descend(() => accepted!, value, token) }, clientOptions: options);
        (client, accepted) = (pair.Client, pair.Accepted);
        Assert.Equal(16, await pair.Probe.RunAsync(16).InTime());
        int[] depths = [16, 15, 14];
        Assert.Equal(depths, await Task.WhenAll(depths.Select(depth => pair.Probe.RunAsync(depth).AsTask())).InTime());

        static async ValueTask<int> Descend(Func<IpcConnection> connection, int depth, CancellationToken token)
            => depth == 0 ? 0 : 1 + await connection().GetProxy<IProbe>().RunAsync(depth - 1, token);
    }

    [Theory, EveryTransport]
    public async Task A_calls_B_calls_A_sixteen_deep_with_every_caller_blocking(string transport)
    {
        var options = new IpcConnectionOptions();
        IpcConnection? client = null;
        IpcConnection? accepted = null;
        options.AddService<IProbe>(new Probe { OnRun = (value, _) => Descend(() => client!, value) });
        await using Pair pair = await Pair.OpenAsync(
            transport, new Probe { OnRun = (value, _) => Descend(() => accepted!, value) }, clientOptions: options);
        (client, accepted) = (pair.Client, pair.Accepted);
        Assert.Equal(16, await Within.OnThread(() => pair.Probe.Run(16)).InTime());

        static ValueTask<int> Descend(Func<IpcConnection> connection, int depth)
            => new(depth == 0 ? 0 : 1 + connection().GetProxy<IProbe>().Run(depth - 1));
    }

    [Theory, EveryTransport]
    public async Task A_token_kept_by_a_handler_after_its_return_never_shows_a_later_calls_cancel(string transport)
    {
        CancellationToken keptCancellable = default;
        CancellationToken keptShared = default;
        var hang = new TaskCompletionSource<int>();
        await using Pair pair = await Pair.OpenAsync(transport, new Probe
        {
            OnRun = async (value, token) =>
            {
                switch (value)
                {
                    case 1:
                        keptCancellable = token;
                        return 1;
                    case 2:
                        keptShared = token;
                        return 2;
                    default:
                        return await hang.Task.WaitAsync(token);
                }
            },
        });
        IProbe proxy = pair.Probe;
        using var first = new CancellationTokenSource();
        Assert.Equal(1, await proxy.RunAsync(1, first.Token).InTime());
        Assert.Equal(2, await proxy.RunAsync(2).InTime());
        for (int i = 0; i < 50; i++)
        {
            using var later = new CancellationTokenSource();
            Task<int> call = proxy.RunAsync(3, later.Token).AsTask();
            _ = await pair.Client.PingAsync().InTime();
            await later.CancelAsync();
            _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.InTime());
        }

        IProbe hurried = IpcCallOptions.With(proxy, new IpcCallOptions { Timeout = TimeSpan.FromMilliseconds(50) });
        _ = await Assert.ThrowsAsync<TimeoutException>(() => hurried.RunAsync(3).InTime());
        await first.CancelAsync();
        _ = await pair.Client.PingAsync().InTime();
        Assert.True(keptCancellable.CanBeCanceled && keptShared.CanBeCanceled);
        Assert.False(keptCancellable.IsCancellationRequested);
        Assert.False(keptShared.IsCancellationRequested);

        // A token that is shared by calls ends with the connection, as its call would have.
        await pair.Client.DisposeAsync();
        Assert.True(Within.Eventually(() => keptShared.IsCancellationRequested));
    }

    [Theory, EveryTransport]
    public async Task What_a_handler_does_to_its_thread_does_not_leak_into_the_next_handler(string transport)
    {
        var local = new AsyncLocal<int>();
        var seen = new ConcurrentBag<(int Local, bool HasContext)>();
        await using Pair pair = await Pair.OpenAsync(transport, new Probe
        {
            OnRun = (value, _) =>
            {
                seen.Add((local.Value, SynchronizationContext.Current is not null));
                local.Value = value;
                SynchronizationContext.SetSynchronizationContext(new SynchronizationContext());
                return new(value);
            },
        });
        for (int i = 1; i < 50; i++)
        {
            Assert.Equal(i, await pair.Probe.RunAsync(i).InTime());
        }

        Assert.All(seen, static one => Assert.Equal((0, false), one));
    }
}
