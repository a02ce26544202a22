using System.Diagnostics.CodeAnalysis;
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
[SuppressMessage("Naming", "CA1711", Justification = "It is a queue.")]
public sealed partial class SharedQueue<T> : IDisposable
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

    /// <summary>Whether this object made the queue, rather than found it.</summary>
    public bool WasCreated => _attachment.Target.WasCreated;

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

    /// <summary>Calls waiters away with <see cref="ObjectDisposedException"/>. The items stay in the queue.</summary>
    public void Dispose() => _attachment.Close();

    private static unsafe ObjectPlan Plan(string name, uint capacity, SharedQueueFullMode fullMode) => new(ObjectKind.Queue, name, T.Layout)
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
}
