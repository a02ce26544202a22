using System.Text;
using Contracts.Ipc.Transports;

namespace Contracts.Ipc.SharedMemory.Objects;

/// <summary>Writes what a kind keeps behind the header of a new object. Nobody else can see the object yet; header and mutex are made, the rest is zero.</summary>
/// <param name="start">Where the object begins.</param>
/// <param name="data">Where its items begin.</param>
internal unsafe delegate void ObjectInitializer(byte* start, byte* data);

/// <summary>What a named object must be: what a maker makes, and what an opener insists on.</summary>
internal sealed record ObjectPlan
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Possible = Owner | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    /// <summary>Two cache lines, which processors fetch in pairs: what lies on one does not slow down another.</summary>
    public const int Line = 128;

    private readonly byte[] _description;

    /// <param name="kind">What it is.</param>
    /// <param name="name">Its name, checked here.</param>
    /// <param name="layout">The struct that it carries, if any.</param>
    /// <exception cref="ArgumentException">The name cannot be one.</exception>
    public ObjectPlan(ObjectKind kind, string name, SharedLayout? layout = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (EndpointName.Objection(name) is { } objection)
        {
            throw ObjectError.Name(kind, name, objection);
        }

        Kind = kind;
        Name = name;
        Layout = layout;
        _description = layout is null ? [] : Encoding.UTF8.GetBytes(LayoutText.Write(layout));
    }

    public ObjectKind Kind { get; }

    public string Name { get; }

    public SharedLayout? Layout { get; }

    public SharedMemoryBacking Backing { get; init; }

    /// <summary>Who may open it: its owner for reading and writing; group and others at most for reading.</summary>
    /// <remarks>Whoever can write a robust mutex can write the memory of the next process that unlocks it, so nobody but the owner gets that.</remarks>
    public UnixFileMode Permissions
    {
        get;
        init => field = (value & Owner) == Owner && (value & ~Possible) == 0 ? value : throw ObjectError.Permissions(Kind, Name, value);
    } = Owner;

    /// <summary>Whom an opener expects as the owner; null for the user of this process.</summary>
    public uint? ExpectedOwner { get; init; }

    /// <summary>Whether its maker removes its name at the end, so that others may do it if he dies before. Others are meant to outlive him.</summary>
    public bool GoesWithItsMaker { get; init; }

    /// <summary>Where the words of the kind end, counted from the start of the object.</summary>
    public int WordsEnd { get; init; } = ObjectHeader.WordsOffset;

    /// <summary>How many items it has. An opener insists on that number, or takes any if it is zero.</summary>
    public uint ItemCount { get; init; }

    /// <summary>How many bytes the items take. Asked again by an opener with the number that it found.</summary>
    public Func<uint, long> DataLength { get; init; } = static _ => 0;

    /// <summary>What a maker writes behind the header and the mutex.</summary>
    public ObjectInitializer? Initialize { get; init; }

    /// <summary>The layout in words, for those who come with another one.</summary>
    public ReadOnlySpan<byte> Description => _description;

    /// <summary>Where the data begin in an object that is made after this plan.</summary>
    public long DataOffset => RoundUp(WordsEnd + _description.Length, DataAlignment);

    /// <summary>How long an object is that is made after this plan.</summary>
    public long Length => DataOffset + DataLength(ItemCount);

    /// <summary>A line of two cache lines (they are fetched in pairs), or more if the struct asks for more.</summary>
    public int DataAlignment => Math.Max(Line, Layout?.Alignment ?? 1);

    /// <summary>The next multiple of a power of two.</summary>
    public static long RoundUp(long value, int alignment) => (value + alignment - 1) & -(long)alignment;
}
