using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Contracts.Ipc.SharedMemory.Objects;
using Contracts.Ipc.SharedMemory.Queues;
using Contracts.Ipc.SharedMemory.Synchronization;
using Contracts.Ipc.SharedMemory.Waiting;

namespace Contracts.Ipc.SharedMemory;

/// <summary>A named, bounded queue of structs between processes, with any number of producers and consumers.</summary>
/// <typeparam name="T">A struct with <see cref="SharedLayoutAttribute"/>. All processes must have it with the same layout.</typeparam>
/// <remarks>
/// <para>First in, first out, and each item comes out once. A process that is killed takes with it at most the items that it has in its hands: nothing that it has enqueued is
/// lost or comes twice, and the others go on. A process that is stopped in the middle of an operation holds up the others until it goes on; their timeouts tell.</para>
/// <para>The queue outlives its processes until somebody calls <see cref="Unlink"/>, with the items in it.</para>
/// </remarks>
[SupportedOSPlatform("linux")]
public sealed unsafe class SharedQueue<T> : IDisposable
    where T : unmanaged, ISharedLayout<T>
{
    private readonly Attachment _attachment;
    private readonly QueueRing<T> _ring;
    private readonly WaitingRoom _producers;
    private readonly WaitingRoom _consumers;

    private SharedQueue(SharedObject target)
    {
        _attachment = new Attachment(target, typeof(SharedQueue<T>));
        _ring = new QueueRing<T>(_attachment);
        _producers = new WaitingRoom(_attachment.Closing);
        _consumers = new WaitingRoom(_attachment.Closing);
    }

    /// <summary>The name.</summary>
    public string Name => _attachment.Name;

    /// <summary>How many items it holds at most.</summary>
    public int Capacity => _ring.Capacity;

    /// <summary>What happens to producers that find it full, as its maker decided.</summary>
    public SharedQueueFullMode FullMode => _ring.FullMode;

    /// <summary>How many items it holds, at this moment.</summary>
    public int Count
    {
        get
        {
            _attachment.Enter();
            try
            {
                return _ring.Count;
            }
            finally
            {
                _attachment.Leave();
            }
        }
    }

    /// <summary>
    /// How many items were lost to <see cref="SharedQueueFullMode.DropOldest"/> since the queue was made. A producer that is killed while it drops may have counted what it
    /// did not drop.
    /// </summary>
    public long DroppedCount
    {
        get
        {
            _attachment.Enter();
            try
            {
                return _ring.Dropped;
            }
            finally
            {
                _attachment.Leave();
            }
        }
    }

    /// <summary>Makes a new queue.</summary>
    /// <param name="name">Up to 64 ASCII letters, digits, '.', '_' and '-'; it begins with a letter or a digit.</param>
    /// <param name="capacity">How many items it holds at most. Memory is taken for the next power of two.</param>
    /// <param name="fullMode">What happens to producers that find it full.</param>
    /// <exception cref="SharedMemoryException">The name is taken, there is no room, or this user may not.</exception>
    public static SharedQueue<T> Create(string name, int capacity, SharedQueueFullMode fullMode = SharedQueueFullMode.Wait)
        => new(SharedObject.Create(Plan(name, Checked(capacity), Checked(fullMode))));

    /// <summary>Opens a queue that exists, of whatever capacity and mode.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="SharedLayoutMismatchException">It was made for a struct with another layout.</exception>
    /// <exception cref="SharedMemoryException">There is none, it is something else, or this user may not.</exception>
    public static SharedQueue<T> Open(string name) => new(SharedObject.Open(Plan(name, 0, default)));

    /// <summary>Opens a queue, or makes it if there is none.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="capacity">How many items it holds at most. One that exists must have the same capacity.</param>
    /// <param name="fullMode">What happens to producers that find it full. One that exists must have the same mode.</param>
    /// <exception cref="SharedLayoutMismatchException">It was made for a struct with another layout.</exception>
    /// <exception cref="SharedMemoryException">It is something else or made otherwise, there is no room, or this user may not.</exception>
    public static SharedQueue<T> OpenOrCreate(string name, int capacity, SharedQueueFullMode fullMode = SharedQueueFullMode.Wait)
    {
        var opened = new SharedQueue<T>(SharedObject.OpenOrCreate(Plan(name, Checked(capacity), Checked(fullMode))));
        if (opened.FullMode == fullMode)
        {
            return opened;
        }

        using (opened)
        {
            throw SynchronizationError.Differs(name, "full mode", opened.FullMode, fullMode);
        }
    }

    /// <summary>Whether a shared object of that name exists, of whatever kind.</summary>
    /// <param name="name">The name.</param>
    public static bool Exists(string name) => SharedObject.Exists(Plan(name, 0, default));

    /// <summary>Removes the name. Who has the queue open keeps it.</summary>
    /// <param name="name">The name.</param>
    /// <returns>False if there was none.</returns>
    public static bool Unlink(string name) => SharedObject.Unlink(Plan(name, 0, default));

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
    public int TryEnqueue(ReadOnlySpan<T> items)
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
    public ValueTask EnqueueAsync(T item, CancellationToken cancellationToken)
    {
        ValueTask<bool> adding = TryEnqueueAsync(item, Timeout.InfiniteTimeSpan, cancellationToken);
        return adding.IsCompletedSuccessfully && adding.Result ? ValueTask.CompletedTask : FinishAsync(adding);
    }

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
    public int TryDequeue(Span<T> items)
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
    public ValueTask<T> DequeueAsync(CancellationToken cancellationToken)
    {
        ValueTask<T?> taking = TryDequeueAsync(Timeout.InfiniteTimeSpan, cancellationToken);
        return taking.IsCompletedSuccessfully && taking.Result is T item ? new ValueTask<T>(item) : FinishAsync(taking);
    }

    /// <summary>Calls waiters away with <see cref="ObjectDisposedException"/>. The items stay in the queue.</summary>
    public void Dispose() => _attachment.Close();

    private static ObjectPlan Plan(string name, uint capacity, SharedQueueFullMode fullMode) => new(ObjectKind.Queue, name, T.Layout)
    {
        WordsEnd = QueueWords.End,
        ItemCount = capacity,
        DataLength = static capacity => capacity <= QueueWords.LargestCapacity ? QueueWords.Slots(capacity) * (long)sizeof(T) : -1,
        Initialize = (start, _) =>
        {
            *(int*)(start + QueueWords.FullMode) = (int)fullMode;
            Native.RobustMutex.Initialize(start + QueueWords.ConsumersMutex);
        },
    };

    private static uint Checked(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, QueueWords.LargestCapacity);
        return (uint)capacity;
    }

    private static SharedQueueFullMode Checked(SharedQueueFullMode fullMode) => fullMode is >= SharedQueueFullMode.Wait and <= SharedQueueFullMode.DropOldest
        ? fullMode
        : throw new ArgumentOutOfRangeException(nameof(fullMode), fullMode, "A full queue waits, rejects or drops the oldest item.");

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

    private async ValueTask FinishAsync(ValueTask<bool> adding)
    {
        if (!await adding.ConfigureAwait(false))
        {
            throw SynchronizationError.QueueFull(Name, (uint)Capacity);
        }
    }

    private static async ValueTask<T> FinishAsync(ValueTask<T?> taking) => (await taking.ConfigureAwait(false))!.Value;
}
