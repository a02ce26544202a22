namespace Contracts.Ipc.Transports.Queues;

/// <summary>The queue that one side sends to: a client's way to the server, shared with all its other clients, or the server's way to one client.</summary>
/// <remarks>
/// <para>One thread at a time writes a message into <see cref="Room"/> and sends it. Disposal lets go of the queue and leaves it as it is: it belongs to who receives from it.</para>
/// </remarks>
internal abstract class OutgoingQueue : IDisposable
{
    /// <summary>The longest message that it takes.</summary>
    public abstract int MessageLength { get; }

    /// <summary>Where the next message is written: <see cref="MessageLength"/> bytes.</summary>
    public abstract Span<byte> Room { get; }

    /// <summary>Sends what was written into the room, without waiting.</summary>
    /// <param name="length">Of the message, header included.</param>
    /// <param name="priority">From <see cref="QueueMessage.LowestPriority"/> to <see cref="QueueMessage.HighestPriority"/>: of what waits, the highest is taken first, among equals the oldest.</param>
    public abstract SendOutcome TrySend(int length, int priority);

    /// <summary>Where events go from now on; may be called again to hand the queue over.</summary>
    /// <param name="events">Gets them.</param>
    /// <param name="client">Whose way it is, as the server numbers its clients; 0 as long as that is not known.</param>
    public abstract void Start(IOutgoingEvents events, uint client);

    /// <summary>Asks for one <see cref="IOutgoingEvents.OnWritable"/> as soon as there is room, or now if there is. It may come in vain.</summary>
    public abstract void ArmWritable();

    public abstract void Dispose();
}

/// <summary>What became of a message.</summary>
internal enum SendOutcome
{
    /// <summary>The queue has it.</summary>
    Sent,

    /// <summary>There was no room.</summary>
    Full,

    /// <summary>The queue is gone: nothing can be sent any more.</summary>
    Gone,
}

/// <summary>Gets the events of an <see cref="OutgoingQueue"/>, on the reactor's thread, one that has its role, or a pool thread.</summary>
internal interface IOutgoingEvents
{
    /// <summary>There may be room. Disarmed until armed again.</summary>
    void OnWritable();
}
