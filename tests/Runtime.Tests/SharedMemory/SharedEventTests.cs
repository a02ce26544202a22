using System.Runtime.Versioning;
using Contracts.Ipc.SharedMemory;

namespace Contracts.Ipc.Runtime.Tests.SharedMemory;

[SupportedOSPlatform("linux")]
public sealed class SharedEventTests : IDisposable
{
    private readonly string _name = SharedName.Next("event");

    public void Dispose() => _ = SharedEvent.Unlink(_name);

    [Fact]
    public void A_manual_event_lets_everybody_pass_until_it_is_reset()
    {
        using SharedEvent one = SharedEvent.Create(_name, SharedEventMode.ManualReset, isSet: true);
        using SharedEvent two = SharedEvent.Open(_name);
        Assert.True(two.Wait(TimeSpan.Zero));
        Assert.True(one.Wait(TimeSpan.Zero));
        one.Reset();
        Assert.False(two.IsSet);
        Assert.False(two.Wait(TimeSpan.FromMilliseconds(10)));
    }

    [Fact]
    public void An_automatic_event_lets_one_pass()
    {
        using SharedEvent one = SharedEvent.Create(_name, SharedEventMode.AutoReset);
        using SharedEvent two = SharedEvent.Open(_name);
        one.Set();
        one.Set();
        Assert.True(two.Wait(OnThreads.Patience));
        Assert.False(one.Wait(TimeSpan.FromMilliseconds(10)));
        Assert.Equal(SharedEventMode.AutoReset, two.Mode);
        _ = Assert.Throws<SharedMemoryException>(() => SharedEvent.OpenOrCreate(_name, SharedEventMode.ManualReset));
    }

    [Fact]
    public async Task Whoever_waits_when_a_manual_event_is_set_passes_even_if_it_is_reset_at_once()
    {
        using SharedEvent one = SharedEvent.Create(_name, SharedEventMode.ManualReset);
        using SharedEvent two = SharedEvent.Open(_name);
        Task<bool>[] waits = [.. Enumerable.Range(0, 300).Select(_ => two.WaitAsync(OnThreads.Patience).AsTask())];
        one.Set();
        one.Reset();
        Assert.All(await Task.WhenAll(waits).InTime(), Assert.True);
        Assert.False(two.IsSet);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Each_setting_of_an_automatic_event_lets_exactly_one_of_many_pass(bool isAsync)
    {
        const int Rounds = 500;
        string passedName = SharedName.Next("semaphore");
        using SharedEvent setter = SharedEvent.Create(_name, SharedEventMode.AutoReset);
        using SharedEvent other = SharedEvent.Open(_name);
        using SharedSemaphore passed = SharedSemaphore.CreateForSignals(passedName);
        using var stop = new CancellationTokenSource();
        try
        {
            Task[] waiters = [.. new[] { setter, setter, other, other }.Select(one => isAsync ? PassAsync(one) : OnThreads.Run(() => Pass(one)))];
            for (int i = 0; i < Rounds; i++)
            {
                setter.Set();
                Assert.True(await passed.WaitAsync(OnThreads.Patience));
                Assert.False(setter.IsSet);
            }

            Assert.Equal(0, passed.CurrentCount);
            await stop.CancelAsync();
            foreach (Task waiter in waiters)
            {
                _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiter.InTime());
            }
        }
        finally
        {
            _ = SharedSemaphore.Unlink(passedName);
        }

        void Pass(SharedEvent one)
        {
            while (true)
            {
                one.Wait(stop.Token);
                _ = passed.Release();
            }
        }

        async Task PassAsync(SharedEvent one)
        {
            while (true)
            {
                await one.WaitAsync(stop.Token);
                _ = passed.Release();
            }
        }
    }

    [Fact]
    public async Task Disposing_calls_waiters_away()
    {
        SharedEvent one = SharedEvent.Create(_name, SharedEventMode.ManualReset);
        Task<bool> blocked = OnThreads.Run(() => one.Wait(Timeout.InfiniteTimeSpan));
        Task<bool> pending = one.WaitAsync(Timeout.InfiniteTimeSpan).AsTask();
        one.Dispose();
        _ = await Assert.ThrowsAsync<ObjectDisposedException>(() => blocked.InTime());
        _ = await Assert.ThrowsAsync<ObjectDisposedException>(() => pending.InTime());
        _ = Assert.Throws<ObjectDisposedException>(one.Set);
    }

    [Fact]
    public void Nothing_is_allocated_while_nobody_waits()
    {
        using SharedEvent one = SharedEvent.Create(_name, SharedEventMode.AutoReset);
        Assert.Equal(0, OnThreads.AllocatedBy(() =>
        {
            one.Set();
            _ = one.Wait(OnThreads.Patience);
            one.Set();
            one.Reset();
        }));
    }
}
