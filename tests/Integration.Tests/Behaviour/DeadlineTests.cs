using System.Diagnostics;
using Contracts.Ipc.Integration.Tests.Contracts;
using Contracts.Ipc.Integration.Tests.Harness;

namespace Contracts.Ipc.Integration.Tests.Behaviour;

public sealed class DeadlineTests
{
    private static readonly IpcCallOptions Soon = new() { Timeout = TimeSpan.FromMilliseconds(100) };

    [Theory, EveryTransport]
    public async Task A_methods_deadline_ends_the_call_and_fires_the_handlers_token(string transport)
    {
        (Probe probe, Task fired) = Waiting();
        await using Pair pair = await Pair.OpenAsync(transport, probe);
        long start = Stopwatch.GetTimestamp();
        TimeoutException timeout = await Assert.ThrowsAsync<TimeoutException>(() => pair.Probe.RunBrieflyAsync(1).InTime());
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalMilliseconds, 140, 5000);
        Assert.Contains("tests.probe/RunBrieflyAsync", timeout.Message, StringComparison.Ordinal);
        Assert.Contains("150 ms", timeout.Message, StringComparison.Ordinal);
        await fired.InTime();
    }

    [Theory, EveryTransport]
    public async Task A_proxys_deadline_overrides_the_methods(string transport)
    {
        (Probe probe, Task fired) = Waiting();
        await using Pair pair = await Pair.OpenAsync(transport, probe);
        IProbe hurried = IpcCallOptions.With(pair.Probe, Soon);
        _ = await Assert.ThrowsAsync<TimeoutException>(() => hurried.RunAsync(1).InTime());
        await fired.InTime();

        IProbe patient = pair.Client.GetProxy<IProbe>(new IpcCallOptions { Timeout = Timeout.InfiniteTimeSpan });
        var gate = new TaskCompletionSource<int>();
        probe.OnRun = (_, _) => new(gate.Task);
        ValueTask<int> call = patient.RunBrieflyAsync(1);
        await Assert.ThrowsAsync<TimeoutException>(() => pair.Probe.RunBrieflyAsync(1).InTime());
        gate.SetResult(3);
        Assert.Equal(3, await call.InTime());
    }

    [Theory, EveryTransport]
    public async Task The_connections_default_deadline_holds_where_nothing_else_is_said(string transport)
    {
        (Probe probe, Task fired) = Waiting();
        await using Pair pair = await Pair.OpenAsync(
            transport, probe, clientOptions: new IpcConnectionOptions { DefaultTimeout = TimeSpan.FromMilliseconds(100) });
        _ = await Assert.ThrowsAsync<TimeoutException>(() => pair.Probe.RunAsync(1).InTime());
        await fired.InTime();
    }

    [Theory, EveryTransport]
    public async Task A_synchronous_call_ends_at_its_deadline(string transport)
    {
        var gate = new TaskCompletionSource<int>();
        await using Pair pair = await Pair.OpenAsync(transport, new Probe { OnRun = (_, _) => new(gate.Task) });
        IProbe hurried = IpcCallOptions.With(pair.Probe, Soon);
        _ = await Assert.ThrowsAsync<TimeoutException>(() => Within.OnThread(() => hurried.Run(1)).InTime());
        gate.SetResult(1);
        Assert.Equal(2, await IpcCallOptions.With(pair.Probe, new IpcCallOptions()).RunTaskAsync(1).InTime() + 1);
    }

    [Theory, EveryTransport]
    public async Task The_deadline_reaches_the_handler_of_a_cancellable_call_too(string transport)
    {
        (Probe probe, Task fired) = Waiting();
        await using Pair pair = await Pair.OpenAsync(transport, probe);
        using var source = new CancellationTokenSource();
        IProbe hurried = IpcCallOptions.With(pair.Probe, Soon);
        _ = await Assert.ThrowsAsync<TimeoutException>(() => hurried.RunAsync(1, source.Token).InTime());
        await fired.InTime();
    }

    [Theory, EveryTransport]
    public async Task A_deadline_does_not_fire_the_token_early(string transport)
    {
        double elapsed = 0;
        await using Pair pair = await Pair.OpenAsync(transport, new Probe
        {
            OnRun = async (value, token) =>
            {
                long start = Stopwatch.GetTimestamp();
                try
                {
                    await Task.Delay(Timeout.Infinite, token);
                }
                finally
                {
                    elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                }

                return value;
            },
        });
        IProbe hurried = IpcCallOptions.With(pair.Probe, new IpcCallOptions { Timeout = TimeSpan.FromMilliseconds(200) });
        _ = await Assert.ThrowsAsync<TimeoutException>(() => hurried.RunAsync(1).InTime());
        Assert.True(Within.Eventually(() => elapsed > 0));

        // Environment.TickCount64 moves in steps of up to 4 ms, on both sides.
        Assert.InRange(elapsed, 180, 5000);
    }

    [Theory, EveryTransport]
    public async Task A_late_answer_is_dropped_and_never_becomes_the_answer_of_another_call(string transport)
    {
        var gate = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var probe = new Probe { OnRun = (_, _) => new(gate.Task) };
        await using Pair pair = await Pair.OpenAsync(transport, probe);
        IProbe hurried = IpcCallOptions.With(pair.Probe, Soon);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Assert.ThrowsAsync<TimeoutException>(() => hurried.RunWithoutTokenAsync(i).InTime())));
        probe.OnRun = static (value, _) => new(value);
        Task<int>[] later = [.. Enumerable.Range(100, 50).Select(i => pair.Probe.RunAsync(i).AsTask())];
        gate.SetResult(-1);
        Assert.Equal(Enumerable.Range(100, 50), await Task.WhenAll(later).InTime());
        Assert.Equal(7, await pair.Probe.RunAsync(7).InTime());
    }

    /// <summary>A probe whose handler waits until its token fires.</summary>
    private static (Probe Probe, Task Fired) Waiting()
    {
        var fired = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var probe = new Probe
        {
            OnRun = async (value, token) =>
            {
                // Not disposed: callbacks run last in, first out, so the end of the delay would take this one away before it ran.
                _ = token.Register(() => fired.TrySetResult());
                await Task.Delay(Timeout.Infinite, token);
                return value;
            },
        };
        return (probe, fired.Task);
    }
}
