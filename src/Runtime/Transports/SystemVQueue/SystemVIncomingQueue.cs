using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
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
                case 0:
                    nint type = System.Runtime.InteropServices.MemoryMarshal.Read<nint>(_message);
                    if (!Accept(type) && type == MessageType.Wake)
                    {
                        // It was not meant for this thread, which must not take it again before the right one has it.
                        return 0;
                    }

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
                return true;
            case Signal.Room:
                if (_answers.TryGetValue(client, out SystemVOutgoingQueue? queue))
                {
                    queue.OnRoom();
                }

                return true;
            case Signal.Closed:
                _closed.Enqueue(client);
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

    /// <summary>A thread begins to wait, unless it has been called already.</summary>
    internal bool TryEnter(SystemVQueueWait wait)
    {
        lock (Gate)
        {
            if (wait.IsCalled)
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

    /// <summary>Has the sentry take what comes, although nobody wants to receive: an answer that there is room.</summary>
    internal void Listen() => _sentry.Arm();

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
