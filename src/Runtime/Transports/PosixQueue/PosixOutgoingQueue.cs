using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.Polling;
using Contracts.Ipc.Transports.Queues;

namespace Contracts.Ipc.Transports.PosixQueue;

/// <summary>A POSIX queue of the other side, open for sending.</summary>
internal sealed class PosixOutgoingQueue : OutgoingQueue, IReadinessHandler
{
    private const int GroupAndOthers = 0x3F; // 0077

    /// <summary>No more memory is taken for a queue, however long its messages may be.</summary>
    private const int LongestMessage = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly SafeDescriptor _queue;
    private readonly byte[] _room;
    private readonly int _descriptor;
    private ReactorRegistration? _registration;
    private IOutgoingEvents? _events;
    private bool _isDisposed;

    private PosixOutgoingQueue(SafeDescriptor queue, int messageLength, FileStatus status)
    {
        _queue = queue;
        _descriptor = queue.Number;
        _room = new byte[messageLength];
        Owner = status.UserId;
    }

    /// <summary>Whose it is. Only its owner can have made it.</summary>
    public uint Owner { get; }

    public override int MessageLength => _room.Length;

    public override Span<byte> Room => _room;

    /// <summary>Opens a queue that exists.</summary>
    /// <param name="name">With its leading slash.</param>
    /// <param name="objection">What is wrong with it, as the end of a sentence, if something is: then it must not be used.</param>
    /// <returns>Null if there is none of that name, or if there is an objection.</returns>
    /// <exception cref="NativeException">It cannot be opened.</exception>
    public static PosixOutgoingQueue? TryOpen(string name, out string? objection)
    {
        objection = null;
        SafeDescriptor? queue = PosixMessageQueue.TryOpenForSending(name);
        if (queue is null)
        {
            return null;
        }

        try
        {
            // Of the queue itself, not of its name.
            FileStatus status = Files.Status(queue);
            int messageLength = PosixMessageQueue.Measure(queue).MessageLength;
            objection = status.UserId != Files.EffectiveUserId ? $"it belongs to user {status.UserId}, not to user {Files.EffectiveUserId}"
                : (status.Permissions & GroupAndOthers) != 0 ? $"its mode is 0{Convert.ToString(status.Permissions, 8)}, so that other users may use it"
                : messageLength < QueueGreeting.WholeLength ? $"its messages have at most {messageLength} bytes, too few for a greeting"
                : null;
            if (objection is not null)
            {
                return null;
            }

            PosixOutgoingQueue opened = new(queue, Math.Min(messageLength, LongestMessage), status);
            queue = null;
            return opened;
        }
        finally
        {
            queue?.Dispose();
        }
    }

    public override SendOutcome TrySend(int length, int priority) => PosixMessageQueue.Send(_descriptor, _room.AsSpan(0, length), priority) switch
    {
        0 => SendOutcome.Sent,
        -Errno.EAGAIN or -Errno.ENOMEM => SendOutcome.Full,
        _ => SendOutcome.Gone,
    };

    public override void Start(IOutgoingEvents events, uint client) => Volatile.Write(ref _events, events);

    public override void ArmWritable()
    {
        lock (_gate)
        {
            // Most queues are never found full.
            if (!_isDisposed)
            {
                _registration ??= Reactor.Shared.Register(_descriptor, this);
                _registration.ArmWritable();
            }
        }
    }

    public override void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _registration?.Remove();
        }

        _queue.Dispose();
    }

    void IReadinessHandler.OnReady(Readiness readiness) => Volatile.Read(ref _events)?.OnWritable();
}
