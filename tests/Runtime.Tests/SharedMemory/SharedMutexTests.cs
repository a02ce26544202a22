using System.Runtime.Versioning;
using Contracts.Ipc.SharedMemory;

namespace Contracts.Ipc.Runtime.Tests.SharedMemory;

[SupportedOSPlatform("linux")]
public sealed class SharedMutexTests : IDisposable
{
    private readonly string _name = SharedName.Next("mutex");
    private readonly SharedMutex _mutex;

    public SharedMutexTests() => _mutex = SharedMutex.Create(_name);

    public void Dispose()
    {
        _mutex.Dispose();
        _ = SharedMutex.Unlink(_name);
    }

    [Fact]
    public async Task One_thread_at_a_time_is_inside_through_whatever_object()
    {
        using SharedMutex other = SharedMutex.Open(_name);
        int counter = 0;
        Task[] workers = [.. new[] { _mutex, _mutex, other, other }.Select(mutex => OnThreads.Run(() =>
        {
            for (int i = 0; i < 5000; i++)
            {
                using SharedMutexGuard guard = mutex.Lock(OnThreads.Patience);
                counter++;
            }
        }))];
        await Task.WhenAll(workers).InTime();
        Assert.Equal(20_000, counter);
    }

    [Fact]
    public void The_thread_that_holds_it_gets_an_error_instead_of_a_deadlock()
    {
        using SharedMutexGuard guard = _mutex.Lock(OnThreads.Patience);
        _ = Assert.Throws<LockRecursionException>(() => _mutex.Lock(OnThreads.Patience));
        _ = Assert.Throws<LockRecursionException>(() => _mutex.TryLock(out _));
    }

    [Fact]
    public void Waiting_for_it_ends_with_the_timeout()
    {
        using SharedMutexGuard guard = _mutex.Lock(OnThreads.Patience);
        Assert.False(OnThreads.Elsewhere(() => _mutex.TryLock(out _)));
        Assert.False(OnThreads.Elsewhere(() => _mutex.TryLock(TimeSpan.FromMilliseconds(30), out _)));
        _ = Assert.Throws<TimeoutException>(() => OnThreads.Elsewhere(() => _mutex.Lock(TimeSpan.FromMilliseconds(30)).WasAbandoned));
    }

    [Fact]
    public async Task What_a_thread_that_ended_held_is_reported_to_the_next_one_and_only_to_that_one()
    {
        var thread = new Thread(() => _ = _mutex.Lock(OnThreads.Patience));
        thread.Start();
        Assert.True(thread.Join(OnThreads.Patience));

        Assert.True(await OnThreads.Run(WasAbandoned).InTime());
        Assert.False(await OnThreads.Run(WasAbandoned).InTime());

        bool WasAbandoned()
        {
            using SharedMutexGuard guard = _mutex.Lock(OnThreads.Patience);
            return guard.WasAbandoned;
        }
    }

    [Fact]
    public async Task Disposing_calls_waiters_away_and_leaves_the_guard_that_is_held_valid()
    {
        using SharedMutex other = SharedMutex.Open(_name);
        SharedMutexGuard guard = _mutex.Lock(OnThreads.Patience);
        Task waiter = OnThreads.Run(() => _mutex.Lock(Timeout.InfiniteTimeSpan).Dispose());
        _mutex.Dispose();
        guard.Dispose();

        // It was called away, or had the mutex for a moment.
        try
        {
            await waiter.InTime();
        }
        catch (ObjectDisposedException)
        {
        }

        other.Lock(OnThreads.Patience).Dispose();
        _ = Assert.Throws<ObjectDisposedException>(() => _mutex.TryLock(out _));
    }

    [Fact]
    public void A_token_ends_the_wait()
    {
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(30));
        using SharedMutexGuard guard = _mutex.Lock(OnThreads.Patience);
        _ = Assert.Throws<OperationCanceledException>(() => OnThreads.Elsewhere(() => _mutex.Lock(Timeout.InfiniteTimeSpan, source.Token).WasAbandoned));
    }

    [Fact]
    public void A_copy_of_a_guard_cannot_give_back_a_later_turn()
    {
        SharedMutexGuard first = _mutex.Lock(OnThreads.Patience);
        SharedMutexGuard copy = first;
        first.Dispose();
        using SharedMutexGuard second = _mutex.Lock(OnThreads.Patience);
        copy.Dispose();
        _ = Assert.Throws<LockRecursionException>(() => _mutex.TryLock(out _));
    }

    [Fact]
    public void Nothing_is_allocated_while_nobody_else_wants_it()
        => Assert.Equal(0, OnThreads.AllocatedBy(() => _mutex.Lock(OnThreads.Patience).Dispose()));
}
