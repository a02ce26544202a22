using Contracts.Ipc.Integration.Tests.Contracts;
using Contracts.Ipc.Integration.Tests.Harness;

namespace Contracts.Ipc.Integration.Tests.Behaviour;

public sealed class CancellationTests
{
    [Theory, EveryTransport]
    public async Task The_callers_token_cancels_the_call_and_the_handlers_token(string transport)
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Pair pair = await Pair.OpenAsync(transport, new Probe
        {
            OnRun = async (value, token) =>
            {
                using CancellationTokenRegistration registration = token.Register(cancelled.SetResult);
                entered.SetResult();
                await Task.Delay(Timeout.Infinite, token);
                return value;
            },
        });
        using var source = new CancellationTokenSource();
        Task<int> call = pair.Probe.RunAsync(1, source.Token).AsTask();
        await entered.Task.InTime();
        await source.CancelAsync();
        OperationCanceledException thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.InTime());
        Assert.Equal(source.Token, thrown.CancellationToken);
        Assert.True(call.IsCanceled);
        await cancelled.Task.InTime();
        Assert.True(Within.Eventually(() => pair.Accepted.Session.Incoming.Count == 0));
    }

    [Theory, EveryTransport]
    public async Task A_token_that_has_fired_already_sends_nothing(string transport)
    {
        int calls = 0;
        await using Pair pair = await Pair.OpenAsync(transport, new Probe { OnRun = (value, _) => new(Interlocked.Increment(ref calls)) });
        var fired = new CancellationToken(canceled: true);
        Task<int> call = pair.Probe.RunAsync(1, fired).AsTask();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.InTime());
        Assert.True(call.IsCanceled);
        _ = await pair.Client.PingAsync().InTime();
        Assert.Equal(0, calls);
    }

    [Theory, EveryTransport]
    public async Task Cancelling_one_call_leaves_the_others_alone(string transport)
    {
        var gate = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Pair pair = await Pair.OpenAsync(transport, new Probe { OnRun = async (value, token) => await gate.Task.WaitAsync(token) + value });
        IProbe proxy = pair.Probe;
        using var source = new CancellationTokenSource();
        using var other = new CancellationTokenSource();
        Task<int> first = proxy.RunAsync(1, source.Token).AsTask();
        Task<int> second = proxy.RunAsync(2, other.Token).AsTask();
        Task<int> third = proxy.RunAsync(3).AsTask();
        await source.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.InTime());
        gate.SetResult(10);
        Assert.Equal(12, await second.InTime());
        Assert.Equal(13, await third.InTime());
    }

    [Theory, EveryTransport]
    public async Task A_handlers_own_OperationCanceledException_is_a_fault_like_any_other(string transport)
    {
        await using Pair pair = await Pair.OpenAsync(transport, new Probe { OnRun = (_, _) => throw new OperationCanceledException("mine") });
        using var source = new CancellationTokenSource();
        _ = await Assert.ThrowsAsync<IpcRemoteException>(() => pair.Probe.RunAsync(1, source.Token).InTime());
        _ = await Assert.ThrowsAsync<IpcRemoteException>(() => pair.Probe.RunAsync(1).InTime());
    }

    [Theory, EveryTransport]
    public async Task A_synchronous_call_that_blocks_ends_with_its_connection(string transport)
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
        Task<int> call = Within.OnThread(() => pair.Probe.Run(1));
        await entered.Task.InTime();
        await pair.Client.DisposeAsync();
        IpcConnectionException lost = await Assert.ThrowsAsync<IpcConnectionException>(() => call.InTime());
        Assert.Equal(IpcDelivery.MaybeExecuted, lost.Delivery);
        gate.SetResult(0);
    }

    [Theory, EveryTransport]
    public async Task The_token_of_a_handler_fires_when_the_client_goes(string transport)
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var withToken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Pair pair = await Pair.OpenAsync(transport, new Probe
        {
            OnRun = async (value, token) =>
            {
                using CancellationTokenRegistration registration = token.Register(withToken.SetResult);
                entered.SetResult();
                await Task.Delay(Timeout.Infinite, token);
                return value;
            },
        });
        Task<int> call = pair.Probe.RunAsync(1).AsTask();
        await entered.Task.InTime();
        await pair.Client.DisposeAsync();
        _ = await Assert.ThrowsAsync<IpcConnectionException>(() => call.InTime());
        await withToken.Task.InTime();
    }

    [Theory, EveryTransport]
    public async Task Result_and_cancellation_race_and_each_call_ends_once(string transport)
    {
        await using Pair pair = await Pair.OpenAsync(transport, new Probe());
        IProbe proxy = pair.Probe;
        int results = 0;
        int cancellations = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
        {
            for (int i = 0; i < 1000; i++)
            {
                using var source = new CancellationTokenSource();
                ValueTask<int> call = proxy.RunAsync(i, source.Token);
                source.Cancel();
                try
                {
                    Assert.Equal(i, await call);
                    _ = Interlocked.Increment(ref results);
                }
                catch (OperationCanceledException)
                {
                    _ = Interlocked.Increment(ref cancellations);
                }
            }
        }))).InTime();
        Assert.Equal(8000, results + cancellations);
        Assert.Equal(5, await proxy.RunAsync(5).InTime());
        Assert.True(Within.Eventually(() => pair.Accepted.Session.Incoming.Count == 0));
    }

    [Theory, EveryTransport]
    public async Task A_long_call_that_is_cancelled_while_it_is_sent_does_not_run_on_uncancelled(string transport)
    {
        // The handler either never sees the call, or sees a token that fires: Cancel is a small frame and overtakes a long message.
        int entered = 0;
        int left = 0;
        await using Pair pair = await Pair.OpenAsync(transport, new Probe
        {
            OnBytes = async (bytes, token) =>
            {
                _ = Interlocked.Increment(ref entered);
                try
                {
                    await Task.Delay(Timeout.Infinite, token);
                }
                finally
                {
                    _ = Interlocked.Increment(ref left);
                }

                return bytes;
            },
        });
        IProbe proxy = pair.Probe;
        for (int i = 0; i < 20; i++)
        {
            using var source = new CancellationTokenSource();
            Task<byte[]> call = proxy.RunBytesAsync(new byte[3 << 20], source.Token).AsTask();
            source.Cancel();
            _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.InTime());
        }

        Assert.Equal(1, await proxy.RunAsync(1).InTime());
        Assert.True(Within.Eventually(() => pair.Accepted.Session.Incoming.Count == 0), $"{entered} handlers began, {left} ended.");
        Assert.Equal(entered, left);
    }
}
