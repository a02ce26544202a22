using Contracts.Ipc.Protocol;
using Contracts.Ipc.Serialization;
using Contracts.Ipc.Transports;

namespace Contracts.Ipc.Rpc;

/// <summary>
/// Everything that waits to be sent on one channel, and the right to send it.
/// </summary>
/// <remarks>
/// <para>At most one thread sends at a time: whoever has the <see cref="SendRight"/>. Uncontended, a sender sends its own frame at once from its own
/// buffer. Contended, or while the channel is full, it appends and leaves: the one who is sending takes what came meanwhile. So frames
/// coalesce under load without a timer and without a queue in the way when there is none.</para>
/// <para>Nobody blocks here. When the channel is full, the right to send stays taken until the channel says that there is room.</para>
/// <para>Messages longer than a frame wait in a line of their own and go out a fragment at a time, in turn, behind whatever small frames there
/// are: a long message delays a short one by one fragment. Each line has a bound of its own, so that it does not keep short ones out either.</para>
/// </remarks>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "Close gives the buffers back, once nobody sends from them.")]
internal sealed partial class Outbox(
    FrameChannel channel, int bound, int longBound, bool refusesWhenFull, Action blocked, Action room, Action<Exception> failed)
{
    private const int LastWordsMilliseconds = 2;

    /// <summary>As <see cref="PendingCall.SendPosition"/>: the peer may have seen the call.</summary>
    private const long SentAlready = 0;

    /// <summary>As <see cref="PendingCall.SendPosition"/>: the peer cannot have seen the call.</summary>
    private const long NeverSent = long.MaxValue;

    private readonly Lock _gate = new();
    private readonly Queue<LongMessage> _long = new();
    private readonly RoomWaiters _waiters = new();

    /// <summary>Frames that came while somebody else was sending. Under the gate.</summary>
    private PooledBuffer _pending = new();

    /// <summary>What the sender has taken. Belongs to the sender.</summary>
    private readonly SendBuffer _current = new(channel);

    private TaskCompletionSource? _emptied;
    private SendRight _right;
    private bool _blocked;
    private bool _closed;
    private bool _callsStopped;
    private bool _flushQueued;
    private long _longBytes;

    /// <summary>The longest message for which there was no room.</summary>
    private int _refusedLength;

    /// <summary>Bytes of small frames ever queued, those apart that were sent at once: compared with what was ever sent, tells which calls the peer cannot have seen.</summary>
    private long _queuedTotal;

    /// <summary>Frame length that the peer accepts. Set once by the handshake.</summary>
    internal int MaximumFrameLength { get; set; } = Handshake.MaximumLength;

    /// <summary>Bytes that wait.</summary>
    internal long QueuedBytes => Volatile.Read(ref _longBytes) + SmallBytes;

    /// <summary>So much waits that no new calls are taken from the peer.</summary>
    internal bool IsOverBound => SmallBytes > bound || Volatile.Read(ref _longBytes) > longBound;

    internal bool HasUnsent => QueuedBytes > 0;

    /// <summary>Whether calls are refused because the channel has taken the last thing offered not at all or not wholly.</summary>
    private bool IsFull => refusesWhenFull && _blocked;

    private long SmallBytes => _pending.WrittenCount + _current.Length;

    /// <summary>Since when the channel has taken nothing although something waits, or null.</summary>
    internal long? BlockedSince
    {
        get
        {
            // Without the gate: between the two reads the channel may have taken everything, and then there is no time any more.
            long since = _current.LastProgress;
            return Volatile.Read(ref _blocked) && since != 0 ? since : null;
        }
    }

    /// <summary>Whether the peer can have seen the frame that ends at this position.</summary>
    internal bool WasSent(long position) => position <= _current.SentTotal;

    /// <summary>Takes back a long message of a call that nobody waits for, if nothing of it was sent.</summary>
    /// <returns>Whether the peer will see nothing of the call.</returns>
    internal bool TryDropCall(uint callId)
    {
        lock (_gate)
        {
            foreach (LongMessage message in _long)
            {
                if (message.TryDrop(callId))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>From now on only answers are taken; calls are refused as if there was no room. Nothing that was taken is lost.</summary>
    internal void StopCalls()
    {
        lock (_gate)
        {
            _callsStopped = true;
            _waiters.Release();
        }
    }

    /// <summary>Completes when there is room for callers again, or the outbox has closed.</summary>
    internal Task WaitForRoomAsync()
    {
        lock (_gate)
        {
            return _closed || _callsStopped || HasRoomForWaiters() ? Task.CompletedTask : _waiters.Add();
        }
    }

    /// <summary>Completes when nothing waits any more, or the outbox has closed.</summary>
    internal Task WaitUntilEmptyAsync()
    {
        lock (_gate)
        {
            if (_closed || !HasUnsent)
            {
                return Task.CompletedTask;
            }

            _emptied ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _emptied.Task;
        }
    }

    /// <summary>Drops what waits. Callers that wait for room go on and find it closed.</summary>
    internal void Close()
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            _closed = true;
            _waiters.Release();
            _emptied?.SetResult();
            _emptied = null;
            while (_long.TryDequeue(out LongMessage? message))
            {
                message.Dispose();
            }

            // The buffers go back only if nobody is sending from them; else the sender's last step finds the outbox closed.
            if (_right.TryTake())
            {
                _pending.Dispose();
                _current.Dispose();
            }
        }
    }

    /// <summary>A message longer than the bound has room when nothing else waits in its line.</summary>
    private bool HasRoom(long queued, int length)
    {
        if (!_callsStopped && !IsFull && (queued == 0 || queued + length <= bound))
        {
            return true;
        }

        _refusedLength = Math.Max(_refusedLength, length);
        return false;
    }

    /// <summary>Whether the callers that were refused, all of them, would now be let in; not before half of the bound is free.</summary>
    private bool HasRoomForWaiters() => !IsFull && (!HasUnsent || QueuedBytes <= Math.Min(bound / 2, bound - _refusedLength));
}
