using System.Runtime.CompilerServices;
using System.Runtime.Versioning;
using Contracts.Ipc.Native;
using Contracts.Ipc.SharedMemory.Objects;
using Contracts.Ipc.SharedMemory.Segments;

namespace Contracts.Ipc.SharedMemory;

/// <summary>
/// One value in memory that several processes see, by a name: readers copy whole snapshots without ever waiting, writers take turns under a robust lock, and
/// whoever wants can sleep until something changes.
/// </summary>
/// <typeparam name="T">A struct marked <see cref="SharedLayoutAttribute"/>. Both sides must lay it out alike; that is checked when a segment is opened.</typeparam>
/// <remarks>
/// <para>All members may be used from many threads at once, and <see cref="Dispose"/> at any time. The format is open to other languages: docs/shared-memory.md.</para>
/// <para>A change becomes visible as a whole or not at all. A holder of the lock that is killed leaves the last published value in place.</para>
/// </remarks>
/// <example>
/// <code>
/// using var segment = SharedSegment&lt;Position&gt;.OpenOrCreate("robot");
/// segment.Update(static (ref Position position) => position.X += 1);
/// Position now = segment.Read();
/// </code>
/// </example>
[SupportedOSPlatform("linux")]
public sealed unsafe partial class SharedSegment<T> : IDisposable
    where T : unmanaged, ISharedLayout<T>
{
    private const int SequenceOffset = 256;
    private const int AbandonedOffset = 264;
    private const int WordsEnd = 384;
    private const uint Cells = 2;

    private static readonly nint Stride = (nint)ObjectPlan.RoundUp(sizeof(T), Math.Max(ObjectPlan.Line, T.Layout.Alignment));

    private readonly SharedObject _object;
    private readonly SharedMemoryOptions _options;
    private readonly CancellationTokenSource _closing = new();
    private readonly SequenceLatch _latch;
    private int _isDisposed;

    private SharedSegment(SharedObject opened, SharedMemoryOptions options)
    {
        _object = opened;
        _options = options;
        _latch = LatchIn(opened);
        opened.Memory.KeepAddresses();
    }

    /// <summary>The name that <see cref="Open"/> takes.</summary>
    public string Name => _object.Name;

    /// <summary>Whether this object made the segment, rather than found it.</summary>
    public bool WasCreated => _object.WasCreated;

    /// <summary>Whether it was opened for reading.</summary>
    public bool IsReadOnly => !_object.IsWritable;

    /// <summary>How often a value was published. Zero: nobody has written yet, and the value is all zeros.</summary>
    public long Version
    {
        get
        {
            long version = _latch.Version;
            EndRead();
            return version;
        }
    }

    /// <summary>How often a holder of the lock has died with it, seen by whoever took the lock next in any process.</summary>
    public long AbandonedCount
    {
        get
        {
            long count = Volatile.Read(ref *AbandonedWord);
            EndRead();
            return count;
        }
    }

    /// <summary>Makes a new segment, all zeros.</summary>
    /// <param name="name">Letters and digits of ASCII, <c>.</c>, <c>_</c> and <c>-</c>, beginning with a letter or a digit.</param>
    /// <param name="options">Permissions, backing and so on.</param>
    /// <returns>The segment.</returns>
    /// <exception cref="SharedMemoryException">The name is taken (<see cref="IpcErrorCode.AlreadyExists"/>), or memory is used up (<see cref="IpcErrorCode.ResourceExhausted"/>).</exception>
    public static SharedSegment<T> Create(string name, SharedMemoryOptions? options = null) =>
        new(SharedObject.Create(Plan(name, ref options)), options!);

    /// <summary>Opens a segment that is there, for reading and writing.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="options">Backing and so on.</param>
    /// <returns>The segment.</returns>
    /// <exception cref="SharedMemoryException">There is none (<see cref="IpcErrorCode.NotFound"/>), it is not this user's (<see cref="IpcErrorCode.PermissionDenied"/>), or it is something else (<see cref="IpcErrorCode.Incompatible"/>).</exception>
    /// <exception cref="SharedLayoutMismatchException">It was made for another struct.</exception>
    public static SharedSegment<T> Open(string name, SharedMemoryOptions? options = null) =>
        new(SharedObject.Open(Plan(name, ref options)), options!);

    /// <summary>Opens a segment that is there, or makes it. Of several processes that try at once, one makes it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="options">Permissions, backing and so on.</param>
    /// <returns>The segment; <see cref="WasCreated"/> says which of the two happened.</returns>
    /// <exception cref="SharedMemoryException">As for <see cref="Create"/> and <see cref="Open"/>.</exception>
    public static SharedSegment<T> OpenOrCreate(string name, SharedMemoryOptions? options = null) =>
        new(SharedObject.OpenOrCreate(Plan(name, ref options)), options!);

    /// <summary>Opens a segment that is there, for reading: the memory is mapped so that this process cannot write it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="options">Backing, and the owner if that is another user.</param>
    /// <returns>The segment.</returns>
    /// <exception cref="SharedMemoryException">As for <see cref="Open"/>.</exception>
    public static SharedSegment<T> OpenReadOnly(string name, SharedMemoryOptions? options = null) =>
        new(SharedObject.Open(Plan(name, ref options), writable: false), options!);

    /// <summary>Whether something of that name is there.</summary>
    /// <param name="name">The name.</param>
    /// <param name="backing">Where to look.</param>
    /// <returns>True if there is.</returns>
    public static bool Exists(string name, SharedMemoryBacking backing = SharedMemoryBacking.Posix) =>
        SharedObject.Exists(new ObjectPlan(ObjectKind.Segment, name) { Backing = backing });

    /// <summary>Removes the name. Processes that have the segment open keep it, and the next one to create the name gets a new segment.</summary>
    /// <param name="name">The name.</param>
    /// <param name="backing">Where to look.</param>
    /// <returns>False if there was nothing of that name.</returns>
    /// <exception cref="SharedMemoryException">It belongs to another user.</exception>
    public static bool Unlink(string name, SharedMemoryBacking backing = SharedMemoryBacking.Posix) =>
        SharedObject.Unlink(new ObjectPlan(ObjectKind.Segment, name) { Backing = backing });

    /// <summary>
    /// Closes the segment in this process. Who waits inside for a change or for the lock gets <see cref="ObjectDisposedException"/>; a lock that is held is kept
    /// until its guard is disposed. The memory is unmapped when the last one has left.
    /// </summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        if (_options.UnlinkOnDispose)
        {
            _object.Unlink();
        }

        _closing.Cancel();
        _object.Dispose();
        Interlocked.Exchange(ref _sleepersView, null)?.Dispose();
    }

    private static ObjectPlan Plan(string name, ref SharedMemoryOptions? options)
    {
        options ??= SharedMemoryOptions.Default;
        return new ObjectPlan(ObjectKind.Segment, name, T.Layout)
        {
            Backing = options.Backing,
            Permissions = options.Permissions,
            ExpectedOwner = options.Owner,
            GoesWithItsMaker = options.UnlinkOnDispose,
            WordsEnd = WordsEnd,
            ItemCount = Cells,
            DataLength = static cells => cells * Stride,
        };
    }

    private static SequenceLatch LatchIn(SharedObject opened) => new((ulong*)(opened.Start + SequenceOffset), opened.Data, Stride);

    private long* AbandonedWord => (long*)(_object.Start + AbandonedOffset);

    /// <summary>After a look at the memory without <see cref="Enter"/>: was it still the memory?</summary>
    /// <remarks>
    /// Counting references costs more than such a look, and lets readers on several processors get into each other's way. So they do not count: a dispose leaves zeros at the same
    /// addresses (<see cref="MappedMemory.KeepAddresses"/>), after it has set the flag that is read here, behind an acquire of the caller's.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void EndRead()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed) != 0, this);
        GC.KeepAlive(this);
    }

    private void Enter()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed) != 0, this);
        _object.Enter();
    }
}
