using System.Runtime.Versioning;
using Contracts.Ipc.SharedMemory;

namespace Contracts.Ipc.Runtime.Tests.SharedMemory;

[Collection(nameof(SharedWaits))]
[SupportedOSPlatform("linux")]
public sealed class SharedSemaphoreTests : IDisposable
{
    private readonly string _name = SharedName.Next("semaphore");

    public void Dispose() => _ = SharedSemaphore.Unlink(_name);

    [Fact]
    public void Permits_are_counted_across_objects()
    {
        using SharedSemaphore one = SharedSemaphore.Create(_name, permits: 3);
        using SharedSemaphore two = SharedSemaphore.Open(_name);
        Assert.True(one.TryWait());
        Assert.True(two.TryWait());
        Assert.True(two.TryWait());
        Assert.False(one.TryWait());
        Assert.Equal(0, two.Release(2));
        Assert.Equal(2, one.CurrentCount);
        Assert.Equal(3, two.MaximumCount);
    }

    [Fact]
    public void Only_who_holds_permits_can_give_them_back()
    {
        using SharedSemaphore one = SharedSemaphore.Create(_name, permits: 2);
        using SharedSemaphore two = SharedSemaphore.Open(_name);
        Assert.True(one.TryWait());
        _ = Assert.Throws<SemaphoreFullException>(() => two.Release());
        _ = Assert.Throws<SemaphoreFullException>(() => one.Release(2));
        _ = one.Release();
        Assert.Equal(2, two.CurrentCount);
    }

    [Fact]
    public void Disposing_gives_back_what_is_held()
    {
        using SharedSemaphore one = SharedSemaphore.Create(_name, permits: 2);
        using (SharedSemaphore two = SharedSemaphore.Open(_name))
        {
            Assert.True(two.TryWait());
            Assert.True(two.TryWait());
            Assert.False(one.TryWait());
        }

        Assert.Equal(2, one.CurrentCount);
    }

    [Fact]
    public void Signals_are_given_by_one_and_taken_by_another_up_to_the_maximum()
    {
        using SharedSemaphore one = SharedSemaphore.CreateForSignals(_name, initialCount: 0, maximumCount: 5000);
        using SharedSemaphore two = SharedSemaphore.OpenOrCreateForSignals(_name, maximumCount: 5000);
        Assert.Equal(0, one.Release(4999));
        _ = Assert.Throws<SemaphoreFullException>(() => one.Release(2));
        Assert.True(two.TryWait());
        Assert.Equal(4998, one.Release(2));
        Assert.Equal(SharedSemaphoreMode.Signals, two.Mode);
    }

    [Fact]
    public void Who_expects_other_numbers_is_refused()
    {
        using SharedSemaphore one = SharedSemaphore.Create(_name, permits: 3);
        SharedMemoryException error = Assert.Throws<SharedMemoryException>(() => SharedSemaphore.OpenOrCreate(_name, permits: 4));
        Assert.Equal(IpcErrorCode.Incompatible, error.Code);
        _ = Assert.Throws<SharedMemoryException>(() => SharedSemaphore.OpenOrCreateForSignals(_name));
    }

    [Fact]
    public async Task Hundreds_of_async_waits_need_one_thread_and_end_one_for_each_permit()
    {
        using SharedSemaphore semaphore = SharedSemaphore.CreateForSignals(_name);
        using SharedSemaphore other = SharedSemaphore.Open(_name);
        Task<bool>[] waits = [.. Enumerable.Range(0, 400).Select(_ => semaphore.WaitAsync(OnThreads.Patience).AsTask())];
        Assert.InRange(SharedWords.ThreadsNamed("Contracts.Ipc m"), 0, 1);

        _ = other.Release(150);
        Assert.True(SpinWait.SpinUntil(() => waits.Count(static wait => wait.IsCompleted) == 150, OnThreads.Patience));
        _ = other.Release(250);
        Assert.All(await Task.WhenAll(waits).InTime(), Assert.True);
        Assert.Equal(0, other.CurrentCount);
    }

    [Fact]
    public async Task Cancelled_and_disposed_async_waits_end_and_swallow_nothing()
    {
        using SharedSemaphore other = SharedSemaphore.CreateForSignals(_name);
        SharedSemaphore semaphore = SharedSemaphore.Open(_name);
        using var source = new CancellationTokenSource();
        Task<bool>[] cancelled = [.. Enumerable.Range(0, 100).Select(_ => semaphore.WaitAsync(Timeout.InfiniteTimeSpan, source.Token).AsTask())];
        Task<bool>[] disposed = [.. Enumerable.Range(0, 100).Select(_ => semaphore.WaitAsync(Timeout.InfiniteTimeSpan).AsTask())];
        Task<bool> blocked = OnThreads.Run(() => semaphore.Wait(Timeout.InfiniteTimeSpan));
        Task<bool> timedOut = semaphore.WaitAsync(TimeSpan.FromMilliseconds(50)).AsTask();

        Assert.False(await timedOut.InTime());
        await source.CancelAsync();
        foreach (Task<bool> wait in cancelled)
        {
            _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait.InTime());
        }

        Assert.DoesNotContain(disposed, static wait => wait.IsCompleted);
        semaphore.Dispose();
        foreach (Task<bool> wait in disposed.Append(blocked))
        {
            _ = await Assert.ThrowsAsync<ObjectDisposedException>(() => wait.InTime());
        }

        _ = other.Release(3);
        Assert.Equal(3, other.CurrentCount);
    }

    [Fact]
    public async Task Two_that_signal_each_other_never_sleep_over_a_signal()
    {
        const int Rounds = 10_000;
        string back = SharedName.Next("semaphore");
        using SharedSemaphore there = SharedSemaphore.CreateForSignals(_name);
        using SharedSemaphore here = SharedSemaphore.CreateForSignals(back);
        try
        {
            Task echo = OnThreads.Run(() =>
            {
                for (int i = 0; i < Rounds; i++)
                {
                    Assert.True(there.Wait(OnThreads.Patience));
                    _ = here.Release();
                }
            });
            Task calls = OnThreads.Run(() =>
            {
                for (int i = 0; i < Rounds; i++)
                {
                    _ = there.Release();
                    Assert.True(here.Wait(OnThreads.Patience));
                }
            });
            await Task.WhenAll(echo, calls).InTime();
        }
        finally
        {
            _ = SharedSemaphore.Unlink(back);
        }
    }

    [Fact]
    public async Task Threads_that_take_and_give_permits_never_exceed_them()
    {
        const int Permits = 2;
        using SharedSemaphore one = SharedSemaphore.Create(_name, Permits);
        using SharedSemaphore two = SharedSemaphore.Open(_name);
        int inside = 0;
        int most = 0;
        Task[] workers = [.. new[] { one, one, one, two, two, two }.Select(semaphore => OnThreads.Run(() =>
        {
            for (int i = 0; i < 2000; i++)
            {
                Assert.True(semaphore.Wait(OnThreads.Patience));
                int now = Interlocked.Increment(ref inside);
                InterlockedMax(ref most, now);
                _ = Interlocked.Decrement(ref inside);
                _ = semaphore.Release();
            }
        }))];
        await Task.WhenAll(workers).InTime();
        Assert.InRange(most, 1, Permits);
        Assert.Equal(Permits, one.CurrentCount);
    }

    [Fact]
    public void Nothing_is_allocated_while_permits_are_there()
    {
        using SharedSemaphore permits = SharedSemaphore.Create(_name, permits: 3);
        Assert.Equal(0, OnThreads.AllocatedBy(() =>
        {
            _ = permits.Wait(OnThreads.Patience);
            _ = OnThreads.Now(permits.WaitAsync(OnThreads.Patience));
            _ = permits.Release(2);
        }));
    }

    private static void InterlockedMax(ref int place, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref place)) < value && Interlocked.CompareExchange(ref place, value, seen) != seen)
        {
        }
    }
}
