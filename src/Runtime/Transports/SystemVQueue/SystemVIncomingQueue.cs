using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.Ownership;
using Contracts.Ipc.Transports.Polling;
using Contracts.Ipc.Transports.Queues;

namespace Contracts.Ipc.Transports.SystemVQueue;

/// <summary>A System V queue from which this process receives: removed with this object.</summary>
/// <remarks>
/// <para>Two kinds of messages are in it. Those with a text are given out by <see cref="TryReceive"/>. Those without one are signals, dealt with here, by whichever
/// thread happens to take them: a wait of the kernel takes them as well, for there is nothing in them that could be left.</para>
/// <para>A signal that the peer has closed comes after all that it sent. It counts only once the queue was found empty by the one thread that takes messages, since
/// another one may have it before that has given out the last of them.</para>
/// </remarks>
[SuppressMessage("Performance", "CA1859", Justification = "The events are an interface of the floor above.")]
internal sealed class SystemVIncomingQueue : IncomingQueue, IReadinessHandler
{
    private readonly SystemVMessageQueue _native;
    private readonly OwnedObject _record;
    private readonly QueueName? _name;
    private readonly QueueSentry _sentry;
    private readonly byte[] _message;
    private readonly long _capacity;

    /// <summary>The queues of the other direction, by the client's number.</summary>
    private readonly ConcurrentDictionary<uint, SystemVOutgoingQueue> _answers = new();
    private readonly ConcurrentQueue<uint> _wantRoom = new();
    private readonly ConcurrentQueue<uint> _closed = new();
    private readonly List<SystemVQueueWait> _waiting = [];

    private IIncomingEvents? _events;
    private long _takenSinceRoom;

    /// <summary>How many of the other direction's queues have asked for room, and wait for the answer, which comes in this one.</summary>
    private int _awaitedRooms;

    /// <param name="native">Made by this process, and removed with this object.</param>
    /// <param name="record">That it was made.</param>
    /// <param name="limits">Of the system.</param>
    /// <param name="name">By which clients find it, if they are to.</param>
    public SystemVIncomingQueue(SystemVMessageQueue native, OwnedObject record, QueueLimits limits, QueueName? name = null)
    {
        _native = native;
        _record = record;
        _name = name;
        _capacity = limits.Capacity;
        MessageLength = limits.MessageLength;
        Depth = (int)Math.Min(int.MaxValue, limits.Capacity / limits.MessageLength);
        _message = GC.AllocateUninitializedArray<byte>(SystemVMessageQueue.TypeLength + MessageLength, pinned: true);
        _sentry = new QueueSentry(this, native);
    }

    public override int Depth { get; }

    public override int MessageLength { get; }

    /// <summary>Guards who waits and who is called.</summary>
    internal Lock Gate { get; } = new();

    /// <summary>The queue itself.</summary>
    internal SystemVMessageQueue Native => _native;

    /// <summary>How a server finds its client's.</summary>
    internal ulong Locator => (uint)_native.Id;

    public override void Start(IIncomingEvents events) => Volatile.Write(ref _events, events);

    public override void ArmReadable() => _sentry.Arm();

    public override QueueWait NewWait() => new SystemVQueueWait(this, _native);

    public override void RemoveName() => _name?.Dispose();

    public override int TryReceive(Span<byte> room)
    {
        bool owesWake = false;
        try
        {
            while (true)
            {
                int received = _native.TryReceive(_message);
                if (received > 0)
                {
                    _message.AsSpan(SystemVMessageQueue.TypeLength, received).CopyTo(room);
                    if (!_wantRoom.IsEmpty && (_takenSinceRoom += received) >= _capacity / 2)
                    {
                        TellRoom();
                    }

                    return received;
                }

                switch (-received)
                {
                    case 0 when MemoryMarshal.Read<nint>(_message) == MessageType.Wake:
                        // Not meant for this thread, but put back now it would be the next message again, and the queue must not seem empty when it is not.
                        owesWake = true;
                        break;
                    case 0:
                        _ = Accept(MemoryMarshal.Read<nint>(_message));
                        break;
                    case Errno.ENOMSG:
                        TellRoom();
                        TellClosed();
                        return 0;
                    case Errno.E2BIG:
                        // Longer than this queue was made for: the system's limit has been raised since, and whoever sends does not keep to what was agreed.
                        return -Errno.E2BIG;
                    default:
                        return received;
                }
            }
        }
        finally
        {
            if (owesWake)
            {
                _ = Accept((nint)MessageType.Wake);
            }
        }
    }

    public override void Dispose()
    {
        _sentry.Stop();
        RemoveName();
        try
        {
            _ = _native.Remove();
        }
        catch (NativeException)
        {
            // Somebody has changed whose it is. It is not ours to remove any more.
        }

        _record.Dispose();
    }

    void IReadinessHandler.OnReady(Readiness readiness) => Volatile.Read(ref _events)?.OnReadable();

    /// <summary>Whoever sends to this client answers for it when it wants room.</summary>
    internal void Pair(uint client, SystemVOutgoingQueue queue) => _answers[client] = queue;

    internal void Unpair(uint client, SystemVOutgoingQueue queue) => _ = _answers.TryRemove(KeyValuePair.Create(client, queue));

    /// <summary>Deals with a message without a text.</summary>
    /// <returns>Whether it is a reason to look at the queue, or to look again.</returns>
    internal bool Accept(nint type)
    {
        (Signal signal, uint client) = MessageType.Read(type);
        switch (signal)
        {
            case Signal.RoomWanted:
                _wantRoom.Enqueue(client);
                AnswerIfThereIsRoom();
                return true;
            case Signal.Room:
                if (_answers.TryGetValue(client, out SystemVOutgoingQueue? queue))
                {
                    queue.OnRoom();
                }

                return true;
            case Signal.Closed:
                _closed.Enqueue(client);
                CallAll();
                return true;
            case Signal.Wake:
                lock (Gate)
                {
                    PassOn();
                }

                return false;
            default:
                return false;
        }
    }

    /// <summary>Whether a side has closed of which nobody has been told: then the queue is to be looked at, although nothing may come any more.</summary>
    internal bool HasClosed => !_closed.IsEmpty;

    /// <summary>A thread begins to wait, unless it has been called already.</summary>
    internal bool TryEnter(SystemVQueueWait wait)
    {
        lock (Gate)
        {
            if (wait.IsCalled || (HasClosed && !wait.IsForSignals))
            {
                return false;
            }

            _waiting.Add(wait);
            return true;
        }
    }

    internal void Leave(SystemVQueueWait wait)
    {
        lock (Gate)
        {
            _ = _waiting.Remove(wait);

            // It may have taken the wake-up of another one together with its own, or as its own.
            PassOn();
        }
    }

    internal bool IsCalled(SystemVQueueWait wait)
    {
        lock (Gate)
        {
            return wait.IsCalled;
        }
    }

    /// <summary>Under the gate.</summary>
    internal bool IsInside(SystemVQueueWait wait) => _waiting.Contains(wait);

    /// <summary>If a thread that waits is called, wakes one that waits: that one, or one that does the same. Under the gate.</summary>
    /// <remarks>
    /// As long as a thread that waits is called, a wake-up is in the queue, or in the hands of a thread that comes here with it: whoever calls, takes one that is
    /// not its own, or leaves.
    /// </remarks>
    internal void PassOn()
    {
        foreach (SystemVQueueWait wait in _waiting)
        {
            if (wait.IsCalled)
            {
                _ = _native.TrySendEmpty((nint)MessageType.Wake);
                return;
            }
        }
    }

    /// <summary>Whether an answer that there is room is to come, which somebody must take, also if nobody wants to receive.</summary>
    internal bool AwaitsRoom => Volatile.Read(ref _awaitedRooms) > 0;

    /// <summary>A queue of the other direction is about to ask for room.</summary>
    internal void BeginAwaitRoom() => Interlocked.Increment(ref _awaitedRooms);

    /// <summary>It has its answer, or needs none any more.</summary>
    internal void EndAwaitRoom() => Interlocked.Decrement(ref _awaitedRooms);

    /// <summary>Has the sentry take the answers that are awaited.</summary>
    internal void Listen() => _sentry.Listen();

    /// <summary>
    /// Whoever has taken the question may not be who receives, and the receiver may have found the queue empty before it came, and sleep. While more than half of the queue
    /// is taken somebody still has to receive that, and sees the question, which was put down before this look.
    /// </summary>
    private void AnswerIfThereIsRoom()
    {
        bool hasRoom;
        try
        {
            hasRoom = _native.Status() is not { } status || status.Bytes <= _capacity / 2;
        }
        catch (NativeException)
        {
            // Somebody has changed whose it is: who asks finds that out by itself.
            hasRoom = true;
        }

        if (hasRoom)
        {
            TellRoom();
        }
    }

    /// <summary>Threads that sleep are to look at the queue: the message that would have woken one of them was taken by another thread. So is the sentry.</summary>
    private void CallAll()
    {
        lock (Gate)
        {
            foreach (SystemVQueueWait wait in _waiting)
            {
                if (!wait.IsForSignals)
                {
                    wait.Call();
                }
            }

            PassOn();
        }
    }

    private void TellRoom()
    {
        _takenSinceRoom = 0;
        while (_wantRoom.TryDequeue(out uint client))
        {
            if (_answers.TryGetValue(client, out SystemVOutgoingQueue? queue))
            {
                queue.TellRoom();
            }
        }
    }

    private void TellClosed()
    {
        while (_closed.TryDequeue(out uint client))
        {
            Volatile.Read(ref _events)?.OnClosed(client);
        }
    }
}
