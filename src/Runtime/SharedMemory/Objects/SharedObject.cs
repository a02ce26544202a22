using System.Runtime.CompilerServices;
using System.Text;
using Contracts.Ipc.Native;
using Contracts.Ipc.Transports;
using Contracts.Ipc.Transports.Ownership;

namespace Contracts.Ipc.SharedMemory.Objects;

/// <summary>
/// A named object that this process has mapped, with its header checked: the ground on which segments, queues and synchronisation stand.
/// </summary>
/// <remarks>
/// Every number of the header is read once and checked here, at the opening, and used from the fields of this class afterwards. Whoever
/// goes into the memory holds a reference (<see cref="Enter"/>), so that a dispose meanwhile only unmaps when the last one has left.
/// </remarks>
internal sealed unsafe class SharedObject : IDisposable
{
    // So often somebody else may have created or unlinked the name between our two looks.
    private const int Attempts = 100;

    private readonly ObjectPlan _plan;
    private readonly (ulong, ulong) _identity;
    private byte* _data;
    private OwnedObject? _record;

    private SharedObject(ObjectPlan plan, StoredObject stored, bool isWritable)
    {
        _plan = plan;
        _identity = stored.Identity;
        Memory = stored.Memory;
        IsWritable = isWritable;
    }

    public string Name => _plan.Name;

    /// <summary>What it was opened or made with.</summary>
    public ObjectPlan Plan => _plan;

    /// <summary>The mapping: what waiters hold on to.</summary>
    public MappedMemory Memory { get; }

    public bool IsWritable { get; }

    /// <summary>Whether the other one is the same memory.</summary>
    public bool IsSameAs(SharedObject other) => _identity == other._identity;

    /// <summary>Whether this process made it, just now.</summary>
    public bool WasCreated { get; private init; }

    /// <summary>How many items it was made for.</summary>
    public uint ItemCount { get; private set; }

    /// <summary>Where it begins. This and the following pointers are valid between <see cref="Enter"/> and <see cref="Leave"/>.</summary>
    public byte* Start => Memory.Start;

    /// <summary>The robust mutex.</summary>
    public byte* Mutex => Memory.Start + ObjectHeader.MutexOffset;

    /// <summary>The first item. The plan's number of bytes are there.</summary>
    public byte* Data => _data;

    /// <summary>Makes a new object.</summary>
    /// <exception cref="SharedMemoryException">The name is taken, there is no room, or this user may not.</exception>
    public static SharedObject Create(ObjectPlan plan) => TryCreate(plan) ?? throw ObjectError.Exists(plan, CreatorOf(plan));

    /// <summary>Opens what is there.</summary>
    /// <exception cref="SharedMemoryException">There is none, it is something else, or this user may not.</exception>
    public static SharedObject Open(ObjectPlan plan, bool writable = true) => TryOpen(plan, writable) ?? throw ObjectError.NotFound(plan);

    /// <summary>Opens what is there, or makes it.</summary>
    /// <exception cref="SharedMemoryException">As for the other two.</exception>
    public static SharedObject OpenOrCreate(ObjectPlan plan)
    {
        for (int i = 0; i < Attempts; i++)
        {
            if ((TryOpen(plan, writable: true) ?? TryCreate(plan)) is { } found)
            {
                return found;
            }
        }

        throw ObjectError.Contended(plan);
    }

    /// <summary>Whether the name is taken, by whatever.</summary>
    public static bool Exists(ObjectPlan plan)
    {
        CheckPlatform();
        return ObjectStore.Of(plan.Backing).Exists(plan);
    }

    /// <summary>Removes the name; who has the object open keeps it.</summary>
    /// <returns>False if there was none.</returns>
    public static bool Unlink(ObjectPlan plan)
    {
        CheckPlatform();
        return ObjectStore.Of(plan.Backing).Unlink(plan, identity: null);
    }

    /// <summary>Opens what is there; null if there is none.</summary>
    public static SharedObject? TryOpen(ObjectPlan plan, bool writable)
    {
        CheckPlatform();
        StoredObject? stored = ObjectStore.Of(plan.Backing).TryOpen(plan, writable);
        if (stored is null)
        {
            return null;
        }

        try
        {
            uint owner = plan.ExpectedOwner ?? Files.EffectiveUserId;
            if (stored.Owner != owner)
            {
                throw ObjectError.ForeignOwner(plan, stored.Owner, owner);
            }

            // Group and others; the owner's own bits do not matter to whom could open it.
            if ((stored.Permissions & 0x12) != 0 /* 0022 */)
            {
                throw ObjectError.WritableByOthers(plan, stored.Permissions);
            }

            var opened = new SharedObject(plan, stored, writable);
            opened.Check();
            return opened;
        }
        catch
        {
            stored.Memory.Dispose();
            throw;
        }
    }

    /// <summary>Removes the name if it still stands for this object.</summary>
    public void Unlink() => _ = ObjectStore.Of(_plan.Backing).Unlink(_plan, _identity);

    /// <summary>Keeps the memory mapped until <see cref="Leave"/>.</summary>
    /// <exception cref="ObjectDisposedException">It is disposed.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Enter()
    {
        ObjectDisposedException.ThrowIf(Memory.IsClosed, typeof(SharedObject));
        bool entered = false;
        Memory.DangerousAddRef(ref entered);
    }

    /// <summary>Undoes one <see cref="Enter"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Leave() => Memory.DangerousRelease();

    /// <summary>Unmaps, now or when the last one who is inside leaves.</summary>
    public void Dispose()
    {
        _record?.Dispose();
        Memory.Dispose();
    }

    private static SharedObject? TryCreate(ObjectPlan plan)
    {
        CheckPlatform();
        long length = plan.Length;
        if (length < 0 || length > long.MaxValue / 2 || plan.DataOffset > uint.MaxValue)
        {
            throw ObjectError.TooLong(plan, length);
        }

        OwnedObject? record = plan.GoesWithItsMaker ? ObjectRecord.Of(plan) : null;
        StoredObject? stored = null;
        try
        {
            stored = ObjectStore.Of(plan.Backing).TryCreate(plan, (memory, token) => Fill(plan, memory, token));
        }
        finally
        {
            if (stored is null)
            {
                record?.Dispose();
            }
        }

        if (stored is null)
        {
            return null;
        }

        var made = new SharedObject(plan, stored, isWritable: true) { WasCreated = true, _record = record };
        made.Locate((uint)plan.DataOffset, plan.ItemCount);
        return made;
    }

    // The magic is written last: where a store cannot publish in one step, its absence tells that the rest is not there yet.
    private static void Fill(ObjectPlan plan, MappedMemory memory, ulong token)
    {
        byte* start = memory.Start;
        var header = new ObjectHeader
        {
            Version = ObjectHeader.CurrentVersion,
            Kind = plan.Kind,
            Length = (ulong)plan.Length,
            Fingerprint = plan.Layout?.Fingerprint ?? 0,
            ItemSize = (uint)(plan.Layout?.Size ?? 0),
            ItemAlignment = (uint)(plan.Layout?.Alignment ?? 0),
            Libc = MutexIdentity.Own.Libc,
            MutexSize = MutexIdentity.Own.MutexSize,
            PidNamespace = MutexIdentity.Own.PidNamespace,
            CreatorId = ProcessIdentity.Current.Id,
            CreatorStartTime = ProcessIdentity.Current.StartTime,
            DescriptionOffset = (uint)plan.WordsEnd,
            DescriptionLength = (uint)plan.Description.Length,
            DataOffset = (uint)plan.DataOffset,
            ItemCount = plan.ItemCount,
            KeyToken = token,
        };
        *(ObjectHeader*)start = header;
        plan.Description.CopyTo(new Span<byte>(start + plan.WordsEnd, plan.Description.Length));
        RobustMutex.Initialize(start + ObjectHeader.MutexOffset);
        plan.Initialize?.Invoke(start, start + plan.DataOffset);
        Volatile.Write(ref *(ulong*)start, ObjectHeader.ExpectedMagic);
    }

    private static string? CreatorOf(ObjectPlan plan)
    {
        try
        {
            using StoredObject? stored = ObjectStore.Of(plan.Backing).TryOpen(plan, writable: false);
            return stored is not null && *(ulong*)stored.Memory.Start == ObjectHeader.ExpectedMagic
                ? Creator(*(ObjectHeader*)stored.Memory.Start)
                : null;
        }
        catch (SharedMemoryException)
        {
            // Only a detail of a message.
            return null;
        }
    }

    private static string Creator(in ObjectHeader header) => ObjectError.Creator(new ProcessIdentity(header.CreatorId, header.CreatorStartTime));

    private static void CheckPlatform()
    {
        if (!OperatingSystem.IsLinux() || !BitConverter.IsLittleEndian || nint.Size != 8)
        {
            throw ObjectError.Platform();
        }
    }

    private void Check()
    {
        ObjectHeader header = *(ObjectHeader*)Start; // one copy: only these values are checked and used
        ulong length = (ulong)Memory.Length;
        if (header.Magic != ObjectHeader.ExpectedMagic)
        {
            throw ObjectError.NotOurs(_plan, "it does not begin with 'CIPCSHM1'");
        }

        if (header.Version != ObjectHeader.CurrentVersion)
        {
            throw ObjectError.Version(_plan, header.Version);
        }

        if (header.Kind != _plan.Kind)
        {
            throw ObjectError.Kind(_plan, header.Kind);
        }

        // System V rounds nothing either: shmctl tells the length that was asked for.
        if (header.Length != length)
        {
            throw ObjectError.NotOurs(_plan, $"its header says {header.Length} bytes, and it has {length}");
        }

        if (!Contains(length, header.DescriptionOffset, header.DescriptionLength))
        {
            throw ObjectError.NotOurs(_plan, "the description of its layout lies outside of it");
        }

        if (_plan.Layout is { } layout
            && (header.Fingerprint != layout.Fingerprint || header.ItemSize != layout.Size || header.ItemAlignment != layout.Alignment))
        {
            throw ObjectError.Layout(_plan, header, Encoding.UTF8.GetString(Start + header.DescriptionOffset, (int)header.DescriptionLength));
        }

        CheckMutex(header);
        if (_plan.ItemCount != 0 && header.ItemCount != _plan.ItemCount)
        {
            throw ObjectError.ItemCount(_plan, header.ItemCount);
        }

        long data = _plan.DataLength(header.ItemCount);
        if (header.DataOffset < _plan.WordsEnd || header.DataOffset % _plan.DataAlignment != 0 || data < 0 || !Contains(length, header.DataOffset, (ulong)data))
        {
            throw ObjectError.NotOurs(_plan, "its data lie outside of it");
        }

        Locate(header.DataOffset, header.ItemCount);
    }

    // Who only reads never locks.
    private void CheckMutex(in ObjectHeader header)
    {
        if (!IsWritable)
        {
            return;
        }

        if (header.Libc != MutexIdentity.Own.Libc || header.MutexSize != MutexIdentity.Own.MutexSize)
        {
            throw ObjectError.Libc(_plan, header.Libc, header.MutexSize);
        }

        if (header.PidNamespace != MutexIdentity.Own.PidNamespace && header.PidNamespace != 0 && MutexIdentity.Own.PidNamespace != 0)
        {
            throw ObjectError.PidNamespace(_plan, header.PidNamespace, $"made there by process {header.CreatorId}");
        }
    }

    private void Locate(uint dataOffset, uint itemCount)
    {
        _data = Start + dataOffset;
        ItemCount = itemCount;
    }

    private static bool Contains(ulong length, ulong offset, ulong size) => offset <= length && size <= length - offset;
}
