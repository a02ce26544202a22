namespace Contracts.Ipc.Transports.Queues;

/// <summary>
/// The queue that one side receives from, as the kernel keeps it: a server's request queue, which all its clients share, or the reply queue of one client.
/// </summary>
/// <remarks>
/// One thread at a time is in <see cref="TryReceive"/>; everything else may be called from anywhere at any time. Whoever owns it sees to it that nobody is inside
/// when it is disposed. Disposal removes the queue from the system.
/// </remarks>
internal abstract class IncomingQueue : IDisposable
{
    /// <summary>How many of the longest messages it holds.</summary>
    public abstract int Depth { get; }

    /// <summary>The longest message that it can hold.</summary>
    public abstract int MessageLength { get; }

    /// <summary>Takes the next message, without waiting.</summary>
    /// <param name="room"><see cref="MessageLength"/> bytes.</param>
    /// <returns>Its length; 0 if there is none; a negated error number if the queue is gone.</returns>
    public abstract int TryReceive(Span<byte> room);

    /// <summary>Where events go from now on; may be called again to hand the queue over.</summary>
    public abstract void Start(IIncomingEvents events);

    /// <summary>Asks for one <see cref="IIncomingEvents.OnReadable"/> as soon as there is a message, or now if there is. It may come in vain.</summary>
    public abstract void ArmReadable();

    /// <summary>Makes what one thread needs to sleep until there is a message. A server's queue is asked for one by each of its channels.</summary>
    public abstract QueueWait NewWait();

    /// <summary>Takes the name away, if there is one: both sides have opened the queue, or nobody is to find it any more.</summary>
    public abstract void RemoveName();

    public abstract void Dispose();
}

/// <summary>Gets the events of an <see cref="IncomingQueue"/>, on the reactor's thread, one that has its role, or a pool thread.</summary>
internal interface IIncomingEvents
{
    /// <summary>There may be a message. Disarmed until armed again.</summary>
    void OnReadable();

    /// <summary>
    /// For queues that tell of it by themselves instead of by <see cref="QueueMessageKind.Close"/>: this client has closed, and everything that it sent was taken.
    /// Called from within <see cref="IncomingQueue.TryReceive"/>.
    /// </summary>
    void OnClosed(uint client);
}

/// <summary>Where one thread sleeps until a queue has a message.</summary>
internal abstract class QueueWait : IDisposable
{
    /// <summary>Blocks until there may be a message, or somebody interrupts, or time is up (-1: no bound).</summary>
    /// <returns>False when the time passed.</returns>
    public abstract bool Wait(int milliseconds);

    /// <summary>Ends the current or the next wait. From anywhere, also after disposal.</summary>
    public abstract void Interrupt();

    public abstract void Dispose();
}
