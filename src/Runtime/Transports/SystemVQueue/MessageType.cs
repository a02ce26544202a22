using Contracts.Ipc.Transports.Queues;

namespace Contracts.Ipc.Transports.SystemVQueue;

/// <summary>
/// What the type of a message says. Whoever receives takes the lowest first, of equal ones the oldest; so the types are in the order in which they are wanted.
/// </summary>
/// <remarks>
/// Messages without a text say all by their type, and therefore always fit: with them a sender asks for room in a queue that has none, and a side that closes says so.
/// </remarks>
internal static class MessageType
{
    /// <summary>Without a text: ends the wait of a thread of the queue's own process.</summary>
    public const long Wake = 1;

    /// <summary>Up to this type messages are signals that do not wait for those with a text: all but the last one of a side.</summary>
    public const long LastSignal = Text - 1;

    private const long RoomWanted = 1L << 32;
    private const long Room = 2L << 32;
    private const long Text = 1L << 40;
    private const long Closed = 2L << 40;

    /// <summary>With a text: a <see cref="QueueMessage"/>, the most urgent ones first.</summary>
    public static long Of(int priority) => Text + (QueueMessage.HighestPriority - priority);

    /// <summary>Without a text: the sender found the queue full, and wants to know when it is not.</summary>
    public static long RoomWantedBy(uint client) => RoomWanted | client;

    /// <summary>Without a text: the answer, in the queue of the other direction.</summary>
    public static long RoomFor(uint client) => Room | client;

    /// <summary>Without a text, after all others: the sender has closed the connection.</summary>
    public static long ClosedBy(uint client) => Closed | client;

    /// <summary>What a message without a text says, and to or by which client.</summary>
    public static (Signal Signal, uint Client) Read(long type) => ((type & ~(long)uint.MaxValue) switch
    {
        0 when type == Wake => Signal.Wake,
        RoomWanted => Signal.RoomWanted,
        Room => Signal.Room,
        Closed => Signal.Closed,
        _ => Signal.None,
    }, (uint)type);
}

/// <summary>What a message without a text says.</summary>
internal enum Signal
{
    /// <summary>Nothing that is known here.</summary>
    None,

    /// <inheritdoc cref="MessageType.Wake"/>
    Wake,

    /// <inheritdoc cref="MessageType.RoomWantedBy"/>
    RoomWanted,

    /// <inheritdoc cref="MessageType.RoomFor"/>
    Room,

    /// <inheritdoc cref="MessageType.ClosedBy"/>
    Closed,
}
