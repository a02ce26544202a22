using System.Runtime.InteropServices;
using Contracts.Ipc.SharedMemory.Queues;
using Contracts.Ipc.SharedMemory.Synchronization;
using Contracts.Ipc.SharedMemory.Waiting;

namespace Contracts.Ipc.SharedMemory;

/// <content>The producers' side.</content>
public sealed partial class SharedQueue<T>
{
    /// <summary>Adds an item if there is room, or by dropping the oldest one.</summary>
    /// <param name="item">The item.</param>
    /// <returns>False if the queue is full.</returns>
    /// <exception cref="TimeoutException">A process is stopped in the middle of an operation.</exception>
    public bool TryEnqueue(in T item) => TryEnqueue(in item, TimeSpan.Zero);

    /// <summary>Adds an item if there is room in time.</summary>
    /// <param name="item">The item.</param>
    /// <param name="timeout">How long to wait at most; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False if the queue stayed full, or is full and rejects.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">This object is disposed, or was during the wait.</exception>
    public bool TryEnqueue(in T item, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        long deadline = WaitTime.Until(timeout);
        _attachment.Enter();
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_ring.TryWrite(MemoryMarshal.CreateReadOnlySpan(in item, 1), deadline, cancellationToken) == 1)
            {
                return true;
            }

            if (deadline == WaitTime.AtOnce || FullMode == SharedQueueFullMode.Reject)
            {
                return false;
            }

            var attempt = new EnqueueAttempt<T>(_ring, in item, deadline, cancellationToken);
            return _attachment.Ended(_producers.Wait(_ring.Head, ref attempt, deadline, cancellationToken), cancellationToken);
        }
        finally
        {
            _attachment.Leave();
        }
    }

    /// <summary>Adds an item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="timeout">How long to wait for room at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">The queue stayed full.</exception>
    /// <exception cref="SharedMemoryException">The queue is full and rejects.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">This object is disposed, or was during the wait.</exception>
    public void Enqueue(in T item, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        if (!TryEnqueue(in item, timeout, cancellationToken))
        {
            throw FullMode == SharedQueueFullMode.Reject
                ? SynchronizationError.QueueFull(Name, (uint)Capacity)
                : SynchronizationError.TimedOut("room in queue", Name, timeout);
        }
    }

    /// <summary>Adds items as long as there is room, many of them in one step: other producers' items do not come between those of a step.</summary>
    /// <param name="items">The items, in their order.</param>
    /// <returns>How many were added, from the first on.</returns>
    /// <exception cref="TimeoutException">A process is stopped in the middle of an operation.</exception>
    public int TryEnqueueRange(ReadOnlySpan<T> items)
    {
        _attachment.Enter();
        try
        {
            int done = 0;
            while (done < items.Length && _ring.TryWrite(items[done..], WaitTime.AtOnce, CancellationToken.None) is int count and > 0)
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

    /// <summary>Adds an item, waiting for room without a thread.</summary>
    /// <param name="item">The item.</param>
    /// <param name="timeout">How long to wait at most; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False if the queue stayed full, or is full and rejects.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">This object is disposed, or was during the wait.</exception>
    public ValueTask<bool> TryEnqueueAsync(T item, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        long deadline = WaitTime.Until(timeout);
        _attachment.Enter();
        bool isPending = false;
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_ring.TryWrite(MemoryMarshal.CreateReadOnlySpan(in item, 1), WaitTime.AtOnce, cancellationToken) == 1)
            {
                return new ValueTask<bool>(true);
            }

            if (deadline == WaitTime.AtOnce || FullMode == SharedQueueFullMode.Reject)
            {
                return new ValueTask<bool>(false);
            }

            isPending = true;
            return EnqueueLongAsync(new EnqueueAttempt<T>(_ring, in item, WaitTime.AtOnce, cancellationToken), deadline, cancellationToken);
        }
        finally
        {
            if (!isPending)
            {
                _attachment.Leave();
            }
        }
    }

    /// <summary>Adds an item, waiting for room without a thread.</summary>
    /// <param name="item">The item.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="SharedMemoryException">The queue is full and rejects.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">This object is disposed, or was during the wait.</exception>
    public async ValueTask EnqueueAsync(T item, CancellationToken cancellationToken)
    {
        if (!await TryEnqueueAsync(item, Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false))
        {
            throw SynchronizationError.QueueFull(Name, (uint)Capacity);
        }
    }

    private async ValueTask<bool> EnqueueLongAsync(EnqueueAttempt<T> attempt, long deadline, CancellationToken cancellationToken)
    {
        try
        {
            (WaitOutcome outcome, _) = await _producers.WaitAsync(_ring.Head, attempt, deadline, cancellationToken).ConfigureAwait(false);
            return _attachment.Ended(outcome, cancellationToken);
        }
        finally
        {
            _attachment.Leave();
        }
    }
}
