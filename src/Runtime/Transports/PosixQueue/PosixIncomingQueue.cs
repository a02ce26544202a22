using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.Ownership;
using Contracts.Ipc.Transports.Polling;
using Contracts.Ipc.Transports.Queues;

namespace Contracts.Ipc.Transports.PosixQueue;

/// <summary>A POSIX queue that this process has made and receives from. Its descriptor is in the reactor's epoll set; no thread belongs to it.</summary>
internal sealed class PosixIncomingQueue : IncomingQueue, IReadinessHandler
{
    private readonly string _name;
    private readonly SafeDescriptor _queue;
    private readonly OwnedObject _record;
    private readonly ReactorRegistration _registration;
    private readonly int _descriptor;
    private IIncomingEvents? _events;
    private bool _isNameRemoved;

    private PosixIncomingQueue(string name, PosixQueueShape shape, SafeDescriptor queue, OwnedObject record)
    {
        _name = name;
        _queue = queue;
        _record = record;
        _descriptor = queue.Number;
        Depth = shape.Depth;
        MessageLength = shape.MessageLength;
        _registration = Reactor.Shared.Register(_descriptor, this);
    }

    public override int Depth { get; }

    public override int MessageLength { get; }

    /// <summary>Makes a queue. Nothing of that name may be there.</summary>
    /// <exception cref="NativeException">As <see cref="PosixMessageQueue.Create"/>.</exception>
    public static PosixIncomingQueue Create(string name, PosixQueueShape shape)
    {
        OwnedObject record = OwnerJournal.Record(OwnedKind.PosixQueue, name);
        SafeDescriptor? queue = null;
        try
        {
            queue = PosixMessageQueue.Create(name, shape.Depth, shape.MessageLength);
            return new PosixIncomingQueue(name, shape, queue, record);
        }
        catch
        {
            if (queue is not null)
            {
                PosixMessageQueue.Remove(name);
                queue.Dispose();
            }

            record.Dispose();
            throw;
        }
    }

    public override int TryReceive(Span<byte> room)
    {
        int length;
        do
        {
            length = PosixMessageQueue.Receive(_descriptor, room);
        }
        while (length == 0);

        return length == -Errno.EAGAIN ? 0 : length;
    }

    public override void Start(IIncomingEvents events) => Volatile.Write(ref _events, events);

    public override void ArmReadable() => _registration.ArmReadable();

    public override QueueWait NewWait() => new PosixQueueWait(_descriptor);

    public override void RemoveName()
    {
        if (Interlocked.Exchange(ref _isNameRemoved, true))
        {
            return;
        }

        try
        {
            PosixMessageQueue.Remove(_name);
        }
        catch (NativeException)
        {
            // Only its owner can remove it, and that is us; whatever happened to it, it is not ours any more.
        }

        _record.Dispose();
    }

    public override void Dispose()
    {
        RemoveName();
        _registration.Remove();
        _queue.Dispose();
    }

    void IReadinessHandler.OnReady(Readiness readiness) => Volatile.Read(ref _events)?.OnReadable();
}
