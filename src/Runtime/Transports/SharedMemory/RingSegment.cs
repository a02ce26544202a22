using Contracts.Ipc.Native;

namespace Contracts.Ipc.Transports.SharedMemory;

/// <summary>Which of the two rings.</summary>
internal enum RingDirection
{
    ToServer,
    ToClient,
}

/// <summary>The memory of one connection: a sealed memory file without a name, mapped by both sides and gone with the last of them.</summary>
/// <remarks>
/// All pages are there from the start and the size is sealed, so that no access can end in a SIGBUS, whatever the other side does with its descriptor.
/// </remarks>
internal sealed unsafe class RingSegment : IDisposable
{
    private readonly MappedMemory _memory;

    private RingSegment(MappedMemory memory, int capacity)
    {
        _memory = memory;
        Capacity = capacity;
    }

    /// <summary>Bytes of each ring.</summary>
    public int Capacity { get; }

    /// <summary>Makes a segment, complete and sealed.</summary>
    /// <param name="capacity">Of each ring.</param>
    /// <param name="file">What to pass to the peer; the caller's to dispose. The mapping does not need it.</param>
    /// <exception cref="NativeException">ENOSPC, ENOMEM: no memory; EMFILE: no descriptors.</exception>
    public static RingSegment Create(int capacity, out SafeDescriptor file)
    {
        SafeDescriptor? made = SharedFile.CreateAnonymous("contracts-ring");
        MappedMemory? memory = null;
        try
        {
            long length = RingLayout.SegmentLength(capacity);
            SharedFile.Allocate(made, length);
            SharedFile.Seal(made, SharedFile.FixedSize);
            memory = MappedMemory.Map(made, length, writable: true);
            byte* start = memory.Start;
            MutexIdentity self = MutexIdentity.Own;
            *(uint*)(start + RingLayout.VersionOffset) = RingLayout.Version;
            *(uint*)(start + RingLayout.LibraryOffset) = self.Libc;
            *(uint*)(start + RingLayout.MutexSizeOffset) = self.MutexSize;
            *(ulong*)(start + RingLayout.CapacityOffset) = (ulong)capacity;
            *(ulong*)(start + RingLayout.LengthOffset) = (ulong)length;
            *(ulong*)(start + RingLayout.PidNamespaceOffset) = self.PidNamespace;
            Initialize(start + RingLayout.FirstControl, capacity);
            Initialize(start + RingLayout.SecondControl, capacity);
            Volatile.Write(ref *(ulong*)(start + RingLayout.MagicOffset), RingLayout.Magic);
            RingSegment segment = new(memory, capacity);
            file = made;
            made = null;
            memory = null;
            return segment;
        }
        finally
        {
            memory?.Dispose();
            made?.Dispose();
        }
    }

    /// <summary>Maps a segment that the peer made. Nothing of it is touched before kind, seals and size are known to be right.</summary>
    /// <param name="file">What the peer passed.</param>
    /// <param name="capacity">What it said of it; in bounds already.</param>
    /// <exception cref="IpcProtocolException">It is something else.</exception>
    public static RingSegment Attach(SafeDescriptor file, int capacity)
    {
        long length = RingLayout.SegmentLength(capacity);
        FileStatus status = Files.Status(file);
        if (status.Kind != FileKind.Regular)
        {
            throw RingError.BadSegment($"it is a descriptor of another kind ({status.Kind})");
        }

        int? seals = SharedFile.SealsOf(file);
        if (((seals ?? 0) & SharedFile.FixedSize) != SharedFile.FixedSize)
        {
            throw RingError.BadSegment(seals is null ? "it cannot be sealed" : $"its size is not sealed (seals {seals}, needed {SharedFile.FixedSize})");
        }

        if (status.Length != (ulong)length)
        {
            throw RingError.BadSegment($"it has {status.Length} bytes instead of {length}");
        }

        MappedMemory memory = MappedMemory.Map(file, length, writable: true);
        string? objection = Objection(memory.Start, capacity, length);
        if (objection is not null)
        {
            memory.Dispose();
            throw RingError.BadSegment(objection);
        }

        return new RingSegment(memory, capacity);
    }

    /// <summary>The cursors, flags and mutex of a ring.</summary>
    public byte* Control(RingDirection direction) =>
        _memory.Start + (direction == RingDirection.ToServer ? RingLayout.FirstControl : RingLayout.SecondControl);

    /// <summary>The bytes of a ring.</summary>
    public byte* Data(RingDirection direction) =>
        _memory.Start + RingLayout.Data + (direction == RingDirection.ToServer ? 0 : Capacity);

    /// <summary>Unmaps. Only when no thread is inside a ring, or can come there.</summary>
    public void Dispose() => _memory.Dispose();

    private static void Initialize(byte* control, int capacity)
    {
        RobustMutex.Initialize(control + RingLayout.MutexOffset);
        *(ulong*)(control + RingLayout.TailOffset) = RingLayout.FirstPosition(capacity);
        *(ulong*)(control + RingLayout.HeadOffset) = RingLayout.FirstPosition(capacity);
    }

    private static string? Objection(byte* start, int capacity, long length)
    {
        ulong magic = Volatile.Read(ref *(ulong*)(start + RingLayout.MagicOffset));
        if (magic != RingLayout.Magic)
        {
            return $"it begins with 0x{magic:X16} instead of 0x{RingLayout.Magic:X16}";
        }

        uint version = *(uint*)(start + RingLayout.VersionOffset);
        if (version != RingLayout.Version)
        {
            return $"it has version {version} instead of {RingLayout.Version}";
        }

        ulong said = *(ulong*)(start + RingLayout.CapacityOffset);
        ulong saidLength = *(ulong*)(start + RingLayout.LengthOffset);
        return said != (ulong)capacity || saidLength != (ulong)length
            ? $"its header speaks of rings of {said} bytes in {saidLength}, the handshake of {capacity} in {length}"
            : null;
    }
}
