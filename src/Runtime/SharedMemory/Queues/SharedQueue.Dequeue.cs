using System.Runtime.InteropServices;
using Contracts.Ipc.SharedMemory.Queues;
using Contracts.Ipc.SharedMemory.Synchronization;
using Contracts.Ipc.SharedMemory.Waiting;

namespace Contracts.Ipc.SharedMemory;

/// <content>The consumers' side.</content>
public sealed partial class SharedQueue<T>
{
    /// <summary>Takes the oldest item if there is one.</summary>
    /// <param name="item">The item.</param>
    /// <returns>False if the queue is empty.</returns>
    /// <exception cref="TimeoutException">A process is stopped in the middle of an operation.</exception>
    public bool TryDequeue(out T item) => TryDequeue(out item, TimeSpan.Zero);

    /// <summary>Takes the oldest item, if one comes in time.</summary>
    /// <param name="item">The item.</param>
    /// <param name="timeout">How long to wait at most; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False if the queue stayed empty.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">This object is disposed, or was during the wait.</exception>
    public bool TryDequeue(out T item, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        long deadline = WaitTime.Until(timeout);
        _attachment.Enter();
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            item = default;
            if (_ring.TryRead(MemoryMarshal.CreateSpan(ref item, 1), deadline, cancellationToken) == 1)
            {
                return true;
            }

            if (deadline == WaitTime.AtOnce)
            {
                return false;
            }

            var attempt = new DequeueAttempt<T>(_ring, deadline, cancellationToken);
            bool isTaken = _attachment.Ended(_consumers.Wait(_ring.Tail, ref attempt, deadline, cancellationToken), cancellationToken);
            item = attempt.Item;
            return isTaken;
        }
        finally
        {
            _attachment.Leave();
        }
    }

    /// <summary>Takes the oldest item.</summary>
    /// <param name="timeout">How long to wait for one at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">The queue stayed empty.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">This object is disposed, or was during the wait.</exception>
    public T Dequeue(TimeSpan timeout, CancellationToken cancellationToken = default)
        => TryDequeue(out T item, timeout, cancellationToken) ? item : throw SynchronizationError.TimedOut("an item in queue", Name, timeout);

    /// <summary>Takes as many items as there are and fit, the oldest first.</summary>
    /// <param name="items">Where they go.</param>
    /// <returns>How many came.</returns>
    /// <exception cref="TimeoutException">A process is stopped in the middle of an operation.</exception>
    public int TryDequeueRange(Span<T> items)
    {
        _attachment.Enter();
        try
        {
            int done = 0;
            while (done < items.Length && _ring.TryRead(items[done..], WaitTime.AtOnce, CancellationToken.None) is int count and > 0)
            {
                done += count;
            }

            return done;
        }
        finally
        {
            _attachment.Leave();
        }
    }

    /// <summary>Takes the oldest item, waiting for one without a thread.</summary>
    /// <param name="timeout">How long to wait at most; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <param name="cancellationToken">Ends the wait. An item is either taken or not: cancelling loses none.</param>
    /// <returns>The item; null if the queue stayed empty.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">This object is disposed, or was during the wait.</exception>
    public ValueTask<T?> TryDequeueAsync(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        long deadline = WaitTime.Until(timeout);
        _attachment.Enter();
        bool isPending = false;
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            T item = default;
            if (_ring.TryRead(MemoryMarshal.CreateSpan(ref item, 1), WaitTime.AtOnce, cancellationToken) == 1)
            {
                return new ValueTask<T?>(item);
            }

            if (deadline == WaitTime.AtOnce)
            {
                return new ValueTask<T?>((T?)null);
            }

            isPending = true;
            return DequeueLongAsync(deadline, cancellationToken);
        }
        finally
        {
            if (!isPending)
            {
                _attachment.Leave();
            }
        }
    }

    /// <summary>Takes the oldest item, waiting for one without a thread.</summary>
    /// <param name="cancellationToken">Ends the wait. An item is either taken or not: cancelling loses none.</param>
    /// <returns>The item.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">This object is disposed, or was during the wait.</exception>
    public async ValueTask<T> DequeueAsync(CancellationToken cancellationToken)
        => (await TryDequeueAsync(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false))!.Value;

    private async ValueTask<T?> DequeueLongAsync(long deadline, CancellationToken cancellationToken)
    {
        try
        {
            (WaitOutcome outcome, DequeueAttempt<T> attempt) = await _consumers
                .WaitAsync(_ring.Tail, new DequeueAttempt<T>(_ring, WaitTime.AtOnce, cancellationToken), deadline, cancellationToken).ConfigureAwait(false);
            return _attachment.Ended(outcome, cancellationToken) ? attempt.Item : null;
        }
        finally
        {
            _attachment.Leave();
        }
    }
}
