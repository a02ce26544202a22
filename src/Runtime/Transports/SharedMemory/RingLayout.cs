using Contracts.Ipc.Native;

namespace Contracts.Ipc.Transports.SharedMemory;

/// <summary>
/// Where everything lies in the segment of one connection, and how a commit word is made. The format: docs/protocol.md tells the same in words.
/// </summary>
/// <remarks>
/// <code>
/// 0      header: magic, version, C library, size of a mutex, capacity, total length, pid namespace
/// 128    control of the ring from client to server
/// 768    control of the ring from server to client
/// 4096   bytes of the first ring, then those of the second
/// </code>
/// Whatever two processes write at a time has 128 bytes of its own: processors fetch lines of 64 bytes in pairs.
/// </remarks>
internal static class RingLayout
{
    public const ulong Magic = 0x3147_4E52_4350_4943; // "CIPCRNG1", as bytes
    public const uint Version = 1;

    public const int MagicOffset = 0;
    public const int VersionOffset = 8;
    public const int LibraryOffset = 12;
    public const int MutexSizeOffset = 16;
    public const int CapacityOffset = 24;
    public const int LengthOffset = 32;
    public const int PidNamespaceOffset = 40;

    /// <summary>Line of 128 bytes.</summary>
    public const int Line = 128;

    /// <summary>In a ring's control: the senders' mutex.</summary>
    public const int MutexOffset = 0;

    /// <summary>In a ring's control: where the next record goes. Written under the mutex.</summary>
    public const int TailOffset = Line;

    /// <summary>In a ring's control: what the receiver has taken. Written by the receiver.</summary>
    public const int HeadOffset = 2 * Line;

    /// <summary>In a ring's control: not 0 while the receiver wants a byte on the control socket when a record comes.</summary>
    public const int ReceiverParkedOffset = 3 * Line;

    /// <summary>In a ring's control: not 0 while a sender wants a byte on the control socket when there is room.</summary>
    public const int SenderParkedOffset = 4 * Line;

    public const int ControlLength = 5 * Line;
    public const int FirstControl = Line;
    public const int SecondControl = FirstControl + ControlLength;
    public const int Data = 4096;

    /// <summary>A record's first word.</summary>
    public const int WordLength = sizeof(ulong);

    /// <summary>Records begin at multiples of it: a small one shares no cache line with its neighbours, and costs one line's way between two processors.</summary>
    public const int RecordAlignment = 64;

    /// <summary>So that a greeting, which goes out before limits are known, always fits.</summary>
    public const int MinimumCapacity = 128 * 1024;

    public const int MaximumCapacity = 8 * 1024 * 1024;

    private const int LengthBits = 24;
    private const int LengthMask = (1 << LengthBits) - 1;

    /// <summary>How long a segment with rings of this capacity is.</summary>
    public static long SegmentLength(int capacity) => Data + (2L * capacity);

    /// <summary>Where both cursors begin: in the second lap, so that memory which is all zero is not a record at position 0.</summary>
    public static ulong FirstPosition(int capacity) => (ulong)capacity;

    /// <summary>Whether a ring can have so many bytes.</summary>
    public static bool IsCapacity(long capacity) =>
        capacity is >= MinimumCapacity and <= MaximumCapacity && (capacity & (capacity - 1)) == 0;

    /// <summary>
    /// The word that makes a record visible: 40 bits of its position in units of eight bytes, 24 bits of its length. A word that an earlier lap
    /// left behind carries an earlier position.
    /// </summary>
    public static ulong CommitWord(ulong position, int length) => (position << (LengthBits - 3)) | (uint)length;

    /// <summary>Whether a word makes the record at this position visible.</summary>
    public static bool IsCommitted(ulong word, ulong position) => ((word ^ (position << (LengthBits - 3))) >> LengthBits) == 0;

    /// <summary>The length of the record's content.</summary>
    public static int LengthOf(ulong word) => (int)word & LengthMask;

    /// <summary>How much of the ring a record with so much content takes.</summary>
    public static int RecordLength(int content) => (WordLength + content + RecordAlignment - 1) & -RecordAlignment;
}
