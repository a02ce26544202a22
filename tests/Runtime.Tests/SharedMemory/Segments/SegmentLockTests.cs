using System.Runtime.Versioning;
using Contracts.Ipc.SharedMemory;

#pragma warning disable IPC4105 // Threads that end without giving the lock back are what several of these tests are about.

namespace Contracts.Ipc.Runtime.Tests.SharedMemory.Segments;

[SupportedOSPlatform("linux")]
public sealed class SegmentLockTests : SharedMemoryTest
{
    [Fact]
    public void Nothing_of_a_change_is_seen_before_the_guard_is_disposed_and_then_all_of_it()
    {
        using SharedSegment<Sample> segment = New();
        using (SharedSegmentGuard<Sample> guard = segment.Lock())
        {
            guard.Value.Number = 4;
            Assert.Equal(default, segment.Read());
            Assert.Equal(default, guard.Published);
            guard.Value = Sample.Of(4);
            Assert.Equal(0, segment.Version);
        }

        Assert.Equal(Sample.Of(4), segment.Read());
        Assert.Equal(1, segment.Version);
    }

    [Fact]
    public void Who_only_looks_publishes_nothing()
    {
        using SharedSegment<Sample> segment = New();
        segment.Write(Sample.Of(1));
        using (SharedSegmentGuard<Sample> guard = segment.Lock())
        {
            Assert.Equal(Sample.Of(1), guard.Published);
        }

        Assert.Equal(1, segment.Version);
    }

    [Fact]
    public void A_change_can_be_discarded_and_begun_anew()
    {
        using SharedSegment<Sample> segment = New();
        segment.Write(Sample.Of(1));
        using (SharedSegmentGuard<Sample> guard = segment.Lock())
        {
            guard.Value.Number = 99;
            guard.Discard();
        }

        Assert.Equal(Sample.Of(1), segment.Read(out long version));
        Assert.Equal(1, version);
        using (SharedSegmentGuard<Sample> guard = segment.Lock())
        {
            guard.Value.Number = 99;
            guard.Discard();
            Assert.Equal(Sample.Of(1), guard.Value);
            guard.Value = Sample.Of(2);
        }

        Assert.Equal(Sample.Of(2), segment.Read());
    }

    [Fact]
    public void An_update_that_throws_changes_nothing()
    {
        using SharedSegment<Sample> segment = New();
        segment.Write(Sample.Of(1));
        _ = Assert.Throws<FormatException>(() => segment.Update(static (ref Sample sample) =>
        {
            sample.Number = 99;
            throw new FormatException();
        }));
        Assert.Equal(Sample.Of(1), segment.Read());
        segment.Update(5, static (ref Sample sample, int number) => sample = Sample.Of(number));
        Assert.Equal(Sample.Of(5), segment.Read());
    }

    [Fact]
    public void A_lock_that_is_held_makes_others_wait_only_as_long_as_they_want()
    {
        using SharedSegment<Sample> segment = New();
        using SharedSegmentGuard<Sample> guard = segment.Lock();
        OnAnotherThread(() =>
        {
            Assert.False(segment.TryLock(out _));
            Assert.False(segment.TryLock(TimeSpan.FromMilliseconds(150), out _));
            TimeoutException error = Assert.Throws<TimeoutException>(() => segment.Lock(TimeSpan.FromMilliseconds(1)).Dispose());
            Assert.Contains(segment.Name, error.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_same_thread_cannot_take_the_lock_twice()
    {
        using SharedSegment<Sample> segment = New();
        using SharedSegmentGuard<Sample> guard = segment.Lock();
        _ = Assert.Throws<LockRecursionException>(() => segment.Lock().Dispose());
        _ = Assert.Throws<LockRecursionException>(() => segment.Write(default));
    }

    [Fact]
    public void A_guard_is_worth_nothing_once_it_is_disposed()
    {
        using SharedSegment<Sample> segment = New();
        SharedSegmentGuard<Sample> guard = segment.Lock();
        guard.Dispose();
        using SharedSegmentGuard<Sample> next = segment.Lock();
        guard.Dispose();
        OnAnotherThread(() => Assert.False(segment.TryLock(out _), "The second dispose of the first guard gave back the lock of the second."));

        bool refused = false;
        try
        {
#pragma warning disable IPC4108 // That it is refused is what this shows.
            guard.Value.Number = 1;
#pragma warning restore IPC4108
        }
        catch (ObjectDisposedException)
        {
            refused = true;
        }

        Assert.True(refused);
    }

    [Fact]
    public void What_a_failed_attempt_returns_is_no_guard()
    {
        using SharedSegment<Sample> segment = New();
        using SharedSegmentGuard<Sample> guard = segment.Lock();
        OnAnotherThread(() =>
        {
            Assert.False(segment.TryLock(out SharedSegmentGuard<Sample> none));
            none.Dispose();
            Assert.False(none.WasAbandoned);
            bool refused = false;
            try
            {
                none.Discard();
            }
            catch (InvalidOperationException)
            {
                refused = true;
            }

            Assert.True(refused);
        });
    }

    [Fact]
    public void A_segment_opened_for_reading_cannot_be_locked()
    {
        using SharedSegment<Sample> segment = New();
        using var reader = SharedSegment<Sample>.OpenReadOnly(segment.Name);
        _ = Assert.Throws<InvalidOperationException>(() => reader.Lock().Dispose());
        _ = Assert.Throws<InvalidOperationException>(() => reader.Write(default));
    }

    // It is the thread that counts for the kernel, not the process: this death can be tested without a second one.
    [Fact]
    public void A_holder_that_ended_is_reported_once_with_what_it_left_and_nobody_has_seen_it()
    {
        using SharedSegment<Sample> segment = New();
        segment.Write(Sample.Of(1));
        OnAnotherThread(() =>
        {
            SharedSegmentGuard<Sample> guard = segment.Lock();
            guard.Value.Number = 2;
            guard.Value.Position.X = 2;
        });

        Assert.Equal(Sample.Of(1), segment.Read());
        using (SharedSegmentGuard<Sample> guard = segment.Lock())
        {
            Assert.True(guard.WasAbandoned);
            Assert.Equal(Sample.Of(1) with { Number = 2, Position = new Point { X = 2, Y = -1 } }, guard.LeftBehind);
            Assert.Equal(Sample.Of(1), guard.Published);
            Assert.Equal(Sample.Of(1), guard.Value);
            Assert.Equal(2, guard.LeftBehind.Number);
            guard.Value = Sample.Of(guard.LeftBehind.Number);
        }

        Assert.Equal(Sample.Of(2), segment.Read());
        Assert.Equal(1, segment.AbandonedCount);
        using SharedSegmentGuard<Sample> next = segment.Lock();
        Assert.False(next.WasAbandoned);
        AssertNothingLeftBehind(next);
    }

    [Fact]
    public void A_holder_that_ended_before_it_changed_anything_left_what_was_published()
    {
        using SharedSegment<Sample> segment = New();
        segment.Write(Sample.Of(1));
        OnAnotherThread(() => segment.Lock());
        using SharedSegmentGuard<Sample> guard = segment.Lock();
        Assert.True(guard.WasAbandoned);
        Assert.Equal(Sample.Of(1), guard.LeftBehind);
    }

    [Fact]
    public void A_holder_that_ended_after_it_discarded_left_what_was_published()
    {
        using SharedSegment<Sample> segment = New();
        segment.Write(Sample.Of(1));
        OnAnotherThread(() =>
        {
            SharedSegmentGuard<Sample> guard = segment.Lock();
            guard.Value = Sample.Of(2);
            guard.Discard();
        });
        using SharedSegmentGuard<Sample> guard = segment.Lock();
        Assert.Equal(Sample.Of(1), guard.LeftBehind);
    }

    [Fact]
    public void Writing_and_updating_go_on_after_a_holder_that_ended()
    {
        using SharedSegment<Sample> segment = New();
        segment.Write(Sample.Of(1));
        OnAnotherThread(() => segment.Lock().Value.Number = 99);
        segment.Update(static (ref Sample sample) => sample = Sample.Of(sample.Number + 1));
        Assert.Equal(Sample.Of(2), segment.Read());
        OnAnotherThread(() => segment.Lock().Value.Number = 99);
        segment.Write(Sample.Of(3));
        Assert.Equal(Sample.Of(3), segment.Read());
        Assert.Equal(2, segment.AbandonedCount);
    }

    [Fact]
    public void Disposing_while_the_lock_is_held_waits_for_nobody_and_the_guard_goes_on()
    {
        string name = NewName();
        using var other = SharedSegment<Sample>.Create(name, new() { UnlinkOnDispose = true });
        var segment = SharedSegment<Sample>.Open(name);
        SharedSegmentGuard<Sample> guard = segment.Lock();
        OnAnotherThread(segment.Dispose);
        guard.Value = Sample.Of(8);
        guard.Dispose();

        Assert.Equal(Sample.Of(8), other.Read());
        _ = Assert.Throws<ObjectDisposedException>(() => segment.Read());
        _ = Assert.Throws<ObjectDisposedException>(() => segment.Lock().Dispose());
        _ = Assert.Throws<ObjectDisposedException>(() => segment.Version);
    }

    [Fact]
    public void Who_waits_for_the_lock_hears_that_the_segment_is_disposed()
    {
        string name = NewName();
        using var other = SharedSegment<Sample>.Create(name, new() { UnlinkOnDispose = true });
        var segment = SharedSegment<Sample>.Open(name);
        using SharedSegmentGuard<Sample> guard = other.Lock();
        using var waits = new ManualResetEventSlim();
        Exception? error = null;
        var thread = new Thread(() =>
        {
            waits.Set();
            error = Record.Exception(() => segment.Lock(Patience).Dispose());
        });
        thread.Start();
        waits.Wait(Patience, TestContext.Current.CancellationToken);
        segment.Dispose();
        Assert.True(thread.Join(Patience));
        _ = Assert.IsType<ObjectDisposedException>(error);
    }

    [Fact]
    public void Disposing_under_the_feet_of_readers_and_writers_ends_them_with_an_exception_and_nothing_worse()
    {
        string name = NewName();
        using var other = SharedSegment<Sample>.Create(name, new() { UnlinkOnDispose = true });
        for (int round = 0; round < 50; round++)
        {
            var segment = SharedSegment<Sample>.Open(name);
            using var under = new CountdownEvent(4);
            Action[] uses =
            [
                () => Assert.True(segment.Read().IsWhole),
                () => segment.Update(static (ref Sample sample) => sample = Sample.Of(sample.Number + 1)),
                () => _ = segment.WaitForChange(segment.Version, TimeSpan.FromMilliseconds(1)),
                () => segment.WaitForChangeAsync(-1).Wait(),
            ];
            var errors = new Exception?[uses.Length];
            Thread[] threads = [.. uses.Select((use, i) => new Thread(() => errors[i] = Record.Exception(() => Repeat(use, under))))];
            Array.ForEach(threads, static thread => thread.Start());
            Assert.True(under.Wait(Patience, TestContext.Current.CancellationToken));
            segment.Dispose();
            Assert.All(threads, static thread => Assert.True(thread.Join(Patience)));
            Assert.All(errors, static error => Assert.IsType<ObjectDisposedException>((error as AggregateException)?.InnerException ?? error));
        }
    }

    private static void Repeat(Action use, CountdownEvent under)
    {
        use();
        _ = under.Signal();
        while (true)
        {
            use();
        }
    }

    private SharedSegment<Sample> New() => SharedSegment<Sample>.Create(NewName(), new() { UnlinkOnDispose = true });

    private static void AssertNothingLeftBehind(SharedSegmentGuard<Sample> guard)
    {
        try
        {
            _ = guard.LeftBehind;
        }
        catch (InvalidOperationException)
        {
            return;
        }

        Assert.Fail("Something was left behind.");
    }

    private static void OnAnotherThread(Action action)
    {
        Exception? error = null;
        var thread = new Thread(() => error = Record.Exception(action));
        thread.Start();
        Assert.True(thread.Join(Patience));
        if (error is not null)
        {
            throw new InvalidOperationException("On the other thread: " + error.Message, error);
        }
    }
}
