using System.Buffers.Binary;
using Contracts.Ipc.Protocol;

namespace Contracts.Ipc.Transports.Queues;

/// <summary>What a message in a queue is. The numbers are the protocol.</summary>
internal enum QueueMessageKind : byte
{
    /// <summary>A client introduces itself: a <see cref="QueueGreeting"/> follows.</summary>
    Open = 1,

    /// <summary>The server admits it: a <see cref="QueueGreeting"/> follows, and the header bears the number that the client has from now on.</summary>
    Opened = 2,

    /// <summary>The server does not admit it: a <see cref="QueueGreeting"/> with a status follows.</summary>
    Refused = 3,

    /// <summary>One whole frame follows.</summary>
    Frame = 4,

    /// <summary>A piece of a frame that is longer than a message; more follow.</summary>
    Part = 5,

    /// <summary>The last piece of such a frame.</summary>
    LastPart = 6,

    /// <summary>The sender has closed the connection. It comes after everything else that it sent.</summary>
    Close = 7,
}

/// <summary>The 16 bytes, little-endian, that begin every message in a queue: whose it is, and what.</summary>
/// <remarks>
/// <code>
/// offset 0  kind     u8
///        1  lane     u8    the priority with which it travels: see <see cref="FrameParts"/>
///        2  zero
///        4  client   u32   the number that the server gave, 0 in Open and Refused
///        8  key      u64   what the client chose, at random, when it opened the connection
/// </code>
/// A queue is shared, and tells nothing of who sent what. Number and key must belong together; a message for which they do not is counted and dropped, so
/// that a late one never reaches the client that has the number next, and nobody gets in by guessing.
/// </remarks>
internal readonly record struct QueueMessage(QueueMessageKind Kind, uint Client, ulong Key, byte Lane = 0)
{
    public const int HeaderLength = 16;

    /// <summary>Below every call: what must not overtake them.</summary>
    public const int LowestPriority = 0;

    /// <summary>Of the most urgent call.</summary>
    public const int HighestPriority = FrameHeader.MaximumPriority + 1;

    /// <summary>Reads a header. The caller has checked that there are <see cref="HeaderLength"/> bytes.</summary>
    public static QueueMessage Read(ReadOnlySpan<byte> source) => new(
        (QueueMessageKind)source[0],
        BinaryPrimitives.ReadUInt32LittleEndian(source[4..]),
        BinaryPrimitives.ReadUInt64LittleEndian(source[8..]),
        source[1]);

    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(destination, (uint)Kind | ((uint)Lane << 8));
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], Client);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], Key);
    }

    /// <summary>With what priority a frame travels: one more than its call's. The farewells of a session come after all calls.</summary>
    public static int PriorityOf(ReadOnlySpan<byte> frame) =>
        (FrameKind)frame[0] is FrameKind.GoAway or FrameKind.Goodbye ? LowestPriority : FrameHeader.PriorityOf(frame) + 1;
}
