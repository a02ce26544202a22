using System.Runtime.InteropServices;
using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.Queues;

namespace Contracts.Ipc.Transports.SystemVQueue;

/// <summary>A System V queue to which this process sends, and which belongs to the other one.</summary>
/// <remarks>
/// The kernel tells nobody of room in a queue but threads that are blocked in msgsnd, one for each message. So the other side is asked: a message without a text always fits,
/// and when its receiver has taken half of the queue, or all, it answers in the queue that this side receives from. That costs no thread and no clock, and nothing while there is room.
/// </remarks>
internal sealed class SystemVOutgoingQueue : OutgoingQueue, IThreadPoolWorkItem
{
    /// <summary>Until the next attempt where nobody can be asked.</summary>
    private const int RetryMilliseconds = 2;

    private readonly SystemVMessageQueue _native;
    private readonly SystemVIncomingQueue _answers;
    private readonly byte[] _message;

    private IOutgoingEvents? _events;
    private uint _client;
    private bool _isArmed;
    private bool _isDisposed;

    /// <param name="native">To send to.</param>
    /// <param name="messageLength">The longest message that it takes.</param>
    /// <param name="answers">The queue that this side receives from.</param>
    public SystemVOutgoingQueue(SystemVMessageQueue native, int messageLength, SystemVIncomingQueue answers)
    {
        _native = native;
        _answers = answers;
        MessageLength = messageLength;
        _message = GC.AllocateUninitializedArray<byte>(SystemVMessageQueue.TypeLength + messageLength, pinned: true);
    }

    public override int MessageLength { get; }

    public override Span<byte> Room => _message.AsSpan(SystemVMessageQueue.TypeLength);

    public override SendOutcome TrySend(int length, int priority)
    {
        nint type = (nint)MessageType.Of(priority);
        MemoryMarshal.Write(_message, in type);
        SendOutcome outcome = Outcome(_native.TrySend(_message.AsSpan(0, SystemVMessageQueue.TypeLength + length)));

        // The last word is short enough to be said by the type alone: so it never waits.
        return outcome == SendOutcome.Full && QueueMessage.Read(Room).Kind == QueueMessageKind.Close
            ? Outcome(_native.TrySendEmpty((nint)MessageType.ClosedBy(_client)))
            : outcome;
    }

    public override void Start(IOutgoingEvents events, uint client)
    {
        Volatile.Write(ref _events, events);
        if (client != 0)
        {
            // Now, and not with the first message: the other side may want room before this one has anything to say.
            _client = client;
            _answers.Pair(client, this);
        }
    }

    public override void ArmWritable()
    {
        if (!Interlocked.Exchange(ref _isArmed, true))
        {
            _answers.BeginAwaitRoom();
        }

        // The exchange is a full fence between saying that an answer is awaited and looking; Dispose has the mirror image.
        if (Volatile.Read(ref _isDisposed))
        {
            OnRoom();
            return;
        }

        // Before the handshake is done the other side would not know whom to answer.
        switch (_client == 0 ? Errno.EAGAIN : _native.TrySendEmpty((nint)MessageType.RoomWantedBy(_client)))
        {
            case 0:
                _answers.Listen();
                break;
            case Errno.EAGAIN or Errno.ENOMEM:
                _ = Task.Delay(RetryMilliseconds).ContinueWith(
                    static (_, queue) => ((SystemVOutgoingQueue)queue!).OnRoom(), this, default, TaskContinuationOptions.None, TaskScheduler.Default);
                break;
            default:
                // It is gone, which sending will find.
                OnRoom();
                break;
        }
    }

    public override void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        OnRoom();
        if (_client != 0)
        {
            _answers.Unpair(_client, this);
        }
    }

    /// <summary>The other side has made room, or may have. From any thread.</summary>
    internal void OnRoom()
    {
        if (Interlocked.Exchange(ref _isArmed, false))
        {
            _answers.EndAwaitRoom();
            _ = ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    /// <summary>Tells the other side that there is room in the queue that this side receives from.</summary>
    internal void TellRoom() => _ = _native.TrySendEmpty((nint)MessageType.RoomFor(_client));

    void IThreadPoolWorkItem.Execute()
    {
        if (!Volatile.Read(ref _isDisposed))
        {
            Volatile.Read(ref _events)?.OnWritable();
        }
    }

    private static SendOutcome Outcome(int error) => error switch
    {
        0 => SendOutcome.Sent,
        Errno.EAGAIN or Errno.ENOMEM => SendOutcome.Full,
        _ => SendOutcome.Gone,
    };
}
