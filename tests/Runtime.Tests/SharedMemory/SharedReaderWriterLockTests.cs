using System.Runtime.Versioning;
using Contracts.Ipc.SharedMemory;

namespace Contracts.Ipc.Runtime.Tests.SharedMemory;

[SupportedOSPlatform("linux")]
public sealed class SharedReaderWriterLockTests : IDisposable
{
    private readonly string _name = SharedName.Next("rwlock");
    private readonly SharedReaderWriterLock _one;
    private readonly SharedReaderWriterLock _two;

    public SharedReaderWriterLockTests()
    {
        _one = SharedReaderWriterLock.Create(_name);
        _two = SharedReaderWriterLock.Open(_name);
    }

    public void Dispose()
    {
        _one.Dispose();
        _two.Dispose();
        _ = SharedReaderWriterLock.Unlink(_name);
    }

    [Fact]
    public async Task Readers_are_inside_together_and_a_writer_waits_for_the_last_one()
    {
        using var inside = new Barrier(3);
        using var leave = new ManualResetEventSlim();
        Task[] readers = [.. new[] { _one, _one, _two }.Select(one => OnThreads.Run(() =>
        {
            using SharedReadGuard guard = one.LockRead(OnThreads.Patience);
            Assert.True(inside.SignalAndWait(OnThreads.Patience));
            Assert.True(leave.Wait(OnThreads.Patience));
        }))];
        Assert.False(await OnThreads.Run(() => _two.TryLockWrite(TimeSpan.FromMilliseconds(50), out _)).InTime());
        Task writer = OnThreads.Run(() => _two.LockWrite(OnThreads.Patience).Dispose());
        leave.Set();
        await Task.WhenAll([.. readers, writer]).InTime();
    }

    [Fact]
    public async Task A_writer_that_waits_keeps_further_readers_out_and_one_that_gave_up_does_not()
    {
        using var isIn = new ManualResetEventSlim();
        using var leave = new ManualResetEventSlim();
        Task reader = OnThreads.Run(() =>
        {
            using SharedReadGuard guard = _one.LockRead(OnThreads.Patience);
            isIn.Set();
            Assert.True(leave.Wait(OnThreads.Patience));
        });
        Assert.True(isIn.Wait(OnThreads.Patience));
        using var stop = new CancellationTokenSource();
        Task<bool> writer = OnThreads.Run(() => _two.TryLockWrite(OnThreads.Patience, out _, stop.Token));

        // Until the writer waits, readers get in.
        Assert.True(SpinWait.SpinUntil(() => !TryRead(_two, TimeSpan.Zero), OnThreads.Patience));
        Assert.False(await OnThreads.Run(() => TryRead(_one, TimeSpan.FromMilliseconds(30))).InTime());
        await stop.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writer.InTime());
        Assert.True(await OnThreads.Run(() => TryRead(_one, OnThreads.Patience)).InTime());
        leave.Set();
        await reader.InTime();
    }

    [Fact]
    public async Task Readers_never_see_what_a_writer_is_in_the_middle_of()
    {
        long left = 0;
        long right = 0;
        Task[] writers = [.. new[] { _one, _two }.Select(one => OnThreads.Run(() =>
        {
            for (int i = 0; i < 1000; i++)
            {
                using SharedWriteGuard guard = one.LockWrite(OnThreads.Patience);
                left++;
                Thread.SpinWait(20);
                right++;
            }
        }))];
        Task[] readers = [.. new[] { _one, _two, _two }.Select(one => OnThreads.Run(() =>
        {
            for (int i = 0; i < 3000; i++)
            {
                using SharedReadGuard guard = one.LockRead(OnThreads.Patience);
                Assert.Equal(left, right);
            }
        }))];
        await Task.WhenAll([.. writers, .. readers]).InTime();
        Assert.Equal(2000, right);
    }

    [Fact]
    public void A_thread_that_is_inside_gets_an_error_instead_of_waiting_for_itself()
    {
        using (SharedReadGuard reading = _one.LockRead(OnThreads.Patience))
        {
            _ = Assert.Throws<LockRecursionException>(() => _one.LockWrite(OnThreads.Patience));
            _ = Assert.Throws<LockRecursionException>(() => _one.LockRead(OnThreads.Patience));
        }

        using SharedWriteGuard writing = _one.LockWrite(OnThreads.Patience);
        _ = Assert.Throws<LockRecursionException>(() => _one.LockRead(OnThreads.Patience));
        _ = Assert.Throws<LockRecursionException>(() => _two.LockWrite(OnThreads.Patience));
    }

    [Fact]
    public async Task A_writer_that_ended_inside_is_reported_to_the_next_one_who_gets_in()
    {
        var thread = new Thread(() => _ = _one.LockWrite(OnThreads.Patience));
        thread.Start();
        Assert.True(thread.Join(OnThreads.Patience));
        Assert.True(await OnThreads.Run(WasAbandoned).InTime());
        Assert.False(await OnThreads.Run(WasAbandoned).InTime());

        bool WasAbandoned()
        {
            using SharedReadGuard guard = _two.LockRead(OnThreads.Patience);
            return guard.WasAbandoned;
        }
    }

    [Fact]
    public void Disposing_calls_a_writer_away_that_waits_for_readers()
    {
        using (_one.LockRead(OnThreads.Patience))
        {
            var disposer = new Thread(() =>
            {
                // Once the writer waits, nobody gets in to read.
                Assert.True(SpinWait.SpinUntil(() => !TryRead(_one, TimeSpan.Zero), OnThreads.Patience));
                _two.Dispose();
            });
            disposer.Start();
            _ = Assert.Throws<ObjectDisposedException>(() => OnThreads.Elsewhere(() => _two.LockWrite(Timeout.InfiniteTimeSpan).WasAbandoned));
            Assert.True(disposer.Join(OnThreads.Patience));
        }

        _one.LockWrite(OnThreads.Patience).Dispose();
    }

    [Fact]
    public void Nothing_is_allocated_while_nobody_is_in_the_way()
        => Assert.Equal(0, OnThreads.AllocatedBy(() =>
        {
            _one.LockRead(OnThreads.Patience).Dispose();
            _one.LockWrite(OnThreads.Patience).Dispose();
        }));

    private static bool TryRead(SharedReaderWriterLock one, TimeSpan timeout)
    {
        bool isIn = one.TryLockRead(timeout, out SharedReadGuard guard);
        guard.Dispose();
        return isIn;
    }
}
