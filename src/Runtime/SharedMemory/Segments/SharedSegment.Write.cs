using System.Runtime.CompilerServices;
using Contracts.Ipc.Native;
using Contracts.Ipc.SharedMemory.Segments;
using Contracts.Ipc.SharedMemory.Waiting;

namespace Contracts.Ipc.SharedMemory;

public sealed unsafe partial class SharedSegment<T>
{
    // A wait for the mutex cannot be interrupted: so often it looks whether this object has been disposed.
    private const long LockSlice = 100_000_000;

    // Both belong to the thread that holds the lock. The ticket tells its guard from copies of earlier ones.
    private long _ticket;
    private bool _isTouched;

    /// <summary>Takes the lock, waiting at most <see cref="SharedMemoryOptions.Timeout"/>.</summary>
    /// <returns>Gives the lock back when it is disposed: <c>using var guard = segment.Lock();</c></returns>
    /// <exception cref="TimeoutException">Its holder kept it. A holder that is stopped looks like one that is busy; one that died does not keep it.</exception>
    /// <exception cref="LockRecursionException">This thread holds it already.</exception>
    /// <exception cref="InvalidOperationException">The segment was opened for reading.</exception>
    public SharedSegmentGuard<T> Lock() => Lock(_options.Timeout);

    /// <summary>Takes the lock.</summary>
    /// <param name="timeout">How long to wait for it.</param>
    /// <returns>Gives the lock back when it is disposed: <c>using var guard = segment.Lock(timeout);</c></returns>
    /// <exception cref="TimeoutException">Its holder kept it. A holder that is stopped looks like one that is busy; one that died does not keep it.</exception>
    /// <exception cref="LockRecursionException">This thread holds it already.</exception>
    /// <exception cref="InvalidOperationException">The segment was opened for reading.</exception>
    public SharedSegmentGuard<T> Lock(TimeSpan timeout) =>
        TryLock(timeout, out SharedSegmentGuard<T> guard) ? guard : throw SegmentError.Lock(Name, timeout);

    /// <summary>Takes the lock if it is free.</summary>
    /// <param name="guard">Gives the lock back when it is disposed.</param>
    /// <returns>False if somebody else holds it.</returns>
    /// <exception cref="LockRecursionException">This thread holds it already.</exception>
    /// <exception cref="InvalidOperationException">The segment was opened for reading.</exception>
    public bool TryLock(out SharedSegmentGuard<T> guard) => TryLock(TimeSpan.Zero, out guard);

    /// <summary>Takes the lock if it becomes free in time.</summary>
    /// <param name="timeout">How long to wait for it.</param>
    /// <param name="guard">Gives the lock back when it is disposed.</param>
    /// <returns>False if its holder kept it.</returns>
    /// <exception cref="LockRecursionException">This thread holds it already.</exception>
    /// <exception cref="InvalidOperationException">The segment was opened for reading.</exception>
    public bool TryLock(TimeSpan timeout, out SharedSegmentGuard<T> guard)
    {
        if (IsReadOnly)
        {
            throw SegmentError.ReadOnly(Name);
        }

        // Stays until Unlock: nobody unmaps a mutex that is held.
        Enter();
        bool isTaken = false;
        try
        {
            MutexState state = RobustMutex.TryLock(_object.Mutex);
            if (state == MutexState.Busy && timeout != TimeSpan.Zero)
            {
                state = WaitForLock(WaitTime.Until(timeout));
            }

            isTaken = state is MutexState.Taken or MutexState.OwnerDied;
            guard = state switch
            {
                MutexState.Taken => new(this, ++_ticket, leftBehind: null),
                MutexState.OwnerDied => new(this, ++_ticket, Recover()),
                MutexState.Busy or MutexState.TimedOut => default,
                MutexState.HeldByThisThread => throw SegmentError.Recursion(Name),
                _ => throw SegmentError.Unusable(Name),
            };
            return isTaken;
        }
        finally
        {
            if (!isTaken)
            {
                _object.Leave();
            }
        }
    }

    /// <summary>Changes the value under the lock and publishes it. If <paramref name="change"/> throws, nothing is published.</summary>
    /// <param name="change">Changes the value in place; short, and without touching this segment otherwise.</param>
    /// <exception cref="TimeoutException">The lock was not free within <see cref="SharedMemoryOptions.Timeout"/>.</exception>
    /// <remarks>A holder of the lock that died is counted (<see cref="AbandonedCount"/>), and the change builds on the value that was published last. To see what it left, take <see cref="Lock()"/>.</remarks>
    public void Update(SharedUpdate<T> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        Update(change, static (ref T value, SharedUpdate<T> change) => change(ref value));
    }

    /// <summary>Changes the value under the lock and publishes it. If <paramref name="change"/> throws, nothing is published.</summary>
    /// <typeparam name="TState">What is handed in.</typeparam>
    /// <param name="state">Handed to <paramref name="change"/>.</param>
    /// <param name="change">Changes the value in place; short, and without touching this segment otherwise.</param>
    /// <exception cref="TimeoutException">The lock was not free within <see cref="SharedMemoryOptions.Timeout"/>.</exception>
    /// <remarks>A holder of the lock that died is counted (<see cref="AbandonedCount"/>), and the change builds on the value that was published last. To see what it left, take <see cref="Lock()"/>.</remarks>
    public void Update<TState>(TState state, SharedUpdate<T, TState> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        using SharedSegmentGuard<T> guard = Lock();
        try
        {
            change(ref guard.Value, state);
        }
        catch
        {
            guard.Discard();
            throw;
        }
    }

    /// <summary>Publishes a value under the lock, whatever was there before.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="TimeoutException">The lock was not free within <see cref="SharedMemoryOptions.Timeout"/>.</exception>
    public void Write(in T value)
    {
        using SharedSegmentGuard<T> guard = Lock();

        // All of it is replaced, so the value that was is not copied first.
        _latch.Prepare();
        _isTouched = true;
        *(T*)_latch.Next = value;
    }

    /// <summary>For the guard: the words, while it is the one that holds the lock.</summary>
    internal SequenceLatch LatchOf(long ticket) => ticket == _ticket ? _latch : throw SegmentError.GuardDisposed(Name);

    /// <summary>For the guard: the cell in which the next value is prepared, begun with the current one.</summary>
    internal T* Working(long ticket)
    {
        SequenceLatch latch = LatchOf(ticket);
        var next = (T*)latch.Next;
        if (!_isTouched)
        {
            latch.Prepare();
            _isTouched = true;
            *next = *(T*)latch.Current;
        }

        return next;
    }

    /// <summary>For the guard.</summary>
    internal void Discard(long ticket)
    {
        SequenceLatch latch = LatchOf(ticket);
        if (_isTouched)
        {
            // If this process dies before it gives the lock back, it must not seem to have left what it had thrown away.
            *(T*)latch.Next = *(T*)latch.Current;
            _isTouched = false;
        }
    }

    /// <summary>For the guard. Another time than the first does nothing.</summary>
    internal void Unlock(long ticket)
    {
        if (ticket != _ticket)
        {
            return;
        }

        if (_isTouched)
        {
            _isTouched = false;
            _latch.Publish();
        }

        _ticket++;
        RobustMutex.Unlock(_object.Mutex);
        _object.Leave();
    }

    private MutexState WaitForLock(long deadline)
    {
        while (true)
        {
            long slice = WaitTime.Now + LockSlice;
            MutexState state = RobustMutex.Lock(_object.Mutex, Math.Min(slice, deadline));
            if (state != MutexState.TimedOut || deadline <= slice)
            {
                return state;
            }

            ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed) != 0, this);
        }
    }

    // The last holder died. What readers see is whole whatever it was doing, so the mutex is in order at once; what it was doing is kept for the report.
    private StrongBox<T> Recover()
    {
        StrongBox<T> leftBehind = new(*(T*)(_latch.IsPreparing ? _latch.Next : _latch.Current));
        _isTouched = false;
        _ = Interlocked.Increment(ref *AbandonedWord);
        RobustMutex.MarkConsistent(_object.Mutex);
        return leftBehind;
    }
}
