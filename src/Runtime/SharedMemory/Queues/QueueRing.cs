using System.Runtime.CompilerServices;
using Contracts.Ipc.Native;
using Contracts.Ipc.SharedMemory.Objects;
using Contracts.Ipc.SharedMemory.Synchronization;
using Contracts.Ipc.SharedMemory.Waiting;

namespace Contracts.Ipc.SharedMemory.Queues;

/// <summary>The ring of a <see cref="SharedQueue{T}"/>: producers at its tail, consumers at its head, each side behind a robust mutex of its own.</summary>
/// <remarks>
/// <para>A producer copies its item into a slot that nobody else looks at, and then moves the tail, which is one atomic step. A consumer copies the item out and then
/// moves the head, likewise. So a kill finds the ring either before or after such a step, and whoever takes the mutex of a dead holder has nothing to repair: an item
/// is in the queue, or in the hands of one process, and only what was in the hands of the dead is gone.</para>
/// <para>SYNC POINT tail: <see cref="SharedWord.Publish"/> by a producer pairs with the acquire in <see cref="Items"/>; it makes the item visible. SYNC POINT head: Publish by a
/// consumer pairs with the acquire in <see cref="Room"/>; the slot is overwritten only after it was copied out.</para>
/// </remarks>
internal sealed unsafe class QueueRing<T>
    where T : unmanaged
{
    private readonly Attachment _attachment;
    private readonly byte* _producers;
    private readonly byte* _consumers;
    private readonly T* _items;
    private readonly int _mask;
    private readonly int _capacity;
    private readonly SharedQueueFullMode _fullMode;

    public QueueRing(Attachment attachment)
    {
        SharedObject target = attachment.Target;
        _attachment = attachment;
        _producers = target.Mutex;
        _consumers = target.Start + QueueWords.ConsumersMutex;
        _items = (T*)target.Data;
        _capacity = (int)target.ItemCount;
        _mask = (int)QueueWords.Slots(target.ItemCount) - 1;
        _fullMode = (SharedQueueFullMode)attachment.Number(QueueWords.FullMode);
        Tail = attachment.Word(QueueWords.Tail);
        Head = attachment.Word(QueueWords.Head);
    }

    /// <summary>What consumers wait for.</summary>
    public SharedWord Tail { get; }

    /// <summary>What producers wait for.</summary>
    public SharedWord Head { get; }

    public int Capacity => _capacity;

    public SharedQueueFullMode FullMode => _fullMode;

    /// <summary>How many items there are, at some moment during this call.</summary>
    public int Count
    {
        get
        {
            // The head first: it can only follow the tail.
            int head = Position(Head);
            return Math.Min(Distance(head, Position(Tail)), _capacity);
        }
    }

    public long Dropped => Volatile.Read(ref DroppedCount);

    private ref long DroppedCount => ref Unsafe.As<int, long>(ref _attachment.Number(QueueWords.Dropped));

    private ref int SeenHead => ref _attachment.Number(QueueWords.SeenHead);

    private ref int SeenTail => ref _attachment.Number(QueueWords.SeenTail);

    /// <summary>Writes as many of the items as there is room for, in one step.</summary>
    /// <returns>How many; zero if it is full, or if the mutex was not to be had before the deadline.</returns>
    public int TryWrite(ReadOnlySpan<T> items, long deadline, CancellationToken token)
    {
        if (!Lock(_producers, deadline, token))
        {
            return 0;
        }

        try
        {
            int tail = Position(Tail);
            int wanted = Math.Min(Math.Min(items.Length, _capacity), SharedWord.LargestStep);
            int room = Room(tail, wanted);
            if (room < wanted && _fullMode == SharedQueueFullMode.DropOldest)
            {
                room = DropOldest(tail, wanted, deadline, token);
            }

            int count = Math.Min(wanted, room);
            if (count > 0)
            {
                CopyIn(items[..count], tail);
                Tail.Publish(count);
            }

            return count;
        }
        finally
        {
            RobustMutex.Unlock(_producers);
        }
    }

    /// <summary>Reads as many items as there are and fit, in one step.</summary>
    /// <returns>How many; zero if it is empty, or if the mutex was not to be had before the deadline.</returns>
    public int TryRead(Span<T> items, long deadline, CancellationToken token)
    {
        // Without the mutex: who looks in vain disturbs nobody.
        if (Position(Tail) == Position(Head) || !Lock(_consumers, deadline, token))
        {
            return 0;
        }

        try
        {
            int head = Position(Head);
            int wanted = Math.Min(items.Length, SharedWord.LargestStep);
            int count = Math.Min(wanted, Items(head, wanted));
            if (count > 0)
            {
                CopyOut(head, items[..count]);
                Head.Publish(count);
            }

            return count;
        }
        finally
        {
            RobustMutex.Unlock(_consumers);
        }
    }

    private static int Position(SharedWord word) => (int)((uint)word.Value / SharedWord.Unit);

    private static int Distance(int from, int to) => (to - from) & QueueWords.PositionMask;

    // The other side's word is read only when what was seen of it last is not enough: it lies in a cache line that the other side writes.
    private int Room(int tail, int wanted)
    {
        int taken = Distance(SeenHead, tail);
        if (taken > _capacity - wanted)
        {
            SeenHead = Position(Head);
            taken = Distance(SeenHead, tail);
            if (taken > _capacity)
            {
                throw SynchronizationError.Corrupt(_attachment.Name, "its head is ahead of its tail");
            }
        }

        return _capacity - taken;
    }

    private int Items(int head, int wanted)
    {
        int there = Distance(head, SeenTail);
        if (there < wanted || there > _capacity)
        {
            SeenTail = Position(Tail);
            there = Distance(head, SeenTail);
            if (there > _capacity)
            {
                throw SynchronizationError.Corrupt(_attachment.Name, "its head is ahead of its tail");
            }
        }

        return there;
    }

    /// <summary>Makes room at the head, as a consumer would. Producers take the consumers' mutex after their own, and consumers never the other one.</summary>
    private int DropOldest(int tail, int wanted, long deadline, CancellationToken token)
    {
        if (!Lock(_consumers, deadline, token))
        {
            return 0;
        }

        try
        {
            // Consumers may have made room meanwhile.
            int tooMany = wanted - Room(tail, wanted);
            if (tooMany > 0)
            {
                // First the count: a kill in between counts what was not dropped, rather than to hide a loss.
                Volatile.Write(ref DroppedCount, DroppedCount + tooMany);
                Head.Publish(tooMany);
            }

            return Room(tail, wanted);
        }
        finally
        {
            RobustMutex.Unlock(_consumers);
        }
    }

    private void CopyIn(ReadOnlySpan<T> items, int tail)
    {
        int first = Math.Min(items.Length, _mask + 1 - (tail & _mask));
        items[..first].CopyTo(new Span<T>(_items + (tail & _mask), first));
        items[first..].CopyTo(new Span<T>(_items, items.Length - first));
    }

    private void CopyOut(int head, Span<T> items)
    {
        int first = Math.Min(items.Length, _mask + 1 - (head & _mask));
        new ReadOnlySpan<T>(_items + (head & _mask), first).CopyTo(items);
        new ReadOnlySpan<T>(_items, items.Length - first).CopyTo(items[first..]);
    }

    private bool Lock(byte* mutex, long deadline, CancellationToken token)
    {
        if (!_attachment.Lock(mutex, deadline, token, out bool ownerDied))
        {
            return false;
        }

        if (ownerDied)
        {
            // Nothing to repair: see above.
            RobustMutex.MarkConsistent(mutex);
        }

        return true;
    }
}
