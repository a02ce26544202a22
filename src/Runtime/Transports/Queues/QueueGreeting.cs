using System.Buffers.Binary;
using Contracts.Ipc.Native;

namespace Contracts.Ipc.Transports.Queues;

/// <summary>Whether a server admits a client, and if not, why.</summary>
internal enum QueueStatus : uint
{
    /// <summary>It does.</summary>
    Granted = 0,

    /// <summary>The message is no greeting.</summary>
    NotOurs = 1,

    /// <summary>The client speaks another version.</summary>
    OtherVersion = 2,

    /// <summary>The client lives in another pid namespace: its end could not be seen.</summary>
    OtherPidNamespace = 3,

    /// <summary>There is no such process.</summary>
    UnknownProcess = 4,

    /// <summary>Too many clients wait to be accepted.</summary>
    TooManyClients = 5,

    /// <summary>The server stops listening.</summary>
    Closing = 6,
}

/// <summary>The 64 bytes, little-endian, with which each side of a connection over queues begins: which process it is and how much it takes.</summary>
/// <remarks>
/// <code>
/// 0   magic "CIPCQUE1"      u64        24  start time of the process   u64   field 22 of /proc/[pid]/stat
/// 8   version               u32        32  pid namespace               u64   inode of /proc/self/ns/pid
/// 12  status                u32        40  depth of its queue          u32   messages
/// 16  process               u32        44  longest message it takes    u32   bytes
/// 20  zero                             48  locator                     u64   of the client's queue, where the name does not tell it; else 0
///                                      56  zero
/// </code>
/// Length, magic and version stay for ever. The process serves to see its end, never as a proof of who it is: that is the owner of its queue, as the kernel tells.
/// </remarks>
internal readonly record struct QueueGreeting(
    ulong Magic, uint Version, QueueStatus Status, ProcessIdentity Process, ulong PidNamespace, uint Depth, uint MessageLength, ulong Locator)
{
    public const int Length = 64;

    /// <summary>Of a whole message: no queue may take less.</summary>
    public const int WholeLength = QueueMessage.HeaderLength + Length;

    private const ulong OwnMagic = 0x3145_5551_4350_4943; // "CIPCQUE1", as bytes
    private const uint OwnVersion = 1;

    /// <summary>What this process says.</summary>
    public static QueueGreeting Own(int depth, int messageLength, ulong locator = 0, QueueStatus status = QueueStatus.Granted) =>
        new(OwnMagic, OwnVersion, status, ProcessIdentity.Current, MutexIdentity.Own.PidNamespace, (uint)depth, (uint)messageLength, locator);

    public static QueueGreeting Read(ReadOnlySpan<byte> source) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(source),
        BinaryPrimitives.ReadUInt32LittleEndian(source[8..]),
        (QueueStatus)BinaryPrimitives.ReadUInt32LittleEndian(source[12..]),
        new ProcessIdentity(BinaryPrimitives.ReadUInt32LittleEndian(source[16..]), BinaryPrimitives.ReadUInt64LittleEndian(source[24..])),
        BinaryPrimitives.ReadUInt64LittleEndian(source[32..]),
        BinaryPrimitives.ReadUInt32LittleEndian(source[40..]),
        BinaryPrimitives.ReadUInt32LittleEndian(source[44..]),
        BinaryPrimitives.ReadUInt64LittleEndian(source[48..]));

    public void Write(Span<byte> destination)
    {
        destination[..Length].Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(destination, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[8..], Version);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[12..], (uint)Status);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[16..], Process.Id);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[24..], Process.StartTime);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[32..], PidNamespace);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[40..], Depth);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[44..], MessageLength);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[48..], Locator);
    }

    /// <summary>What each side finds in the other's greeting.</summary>
    public QueueStatus Judge() =>
        Magic != OwnMagic ? QueueStatus.NotOurs
        : Version != OwnVersion ? QueueStatus.OtherVersion
        : PidNamespace != MutexIdentity.Own.PidNamespace ? QueueStatus.OtherPidNamespace
        : Process.Id is 0 or > int.MaxValue ? QueueStatus.UnknownProcess
        : QueueStatus.Granted;
}
