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
internal sealed class Outbox(FrameChannel channel, int bound, int longBound, Action blocked, Action room, Action<Exception> failed) : IThreadPoolWorkItem
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

    /// <summary>Sends one frame that fits the peer's frame length, or queues it.</summary>
    /// <param name="frame">With its length prefix.</param>
    /// <param name="defer">Only queue: the caller, or somebody it knows of, flushes soon.</param>
    /// <param name="bounded">Refuse instead of going over the bound.</param>
    /// <param name="call">The call that the frame makes, if it does: learns where to ask <see cref="WasSent"/>.</param>
    /// <returns>False if there is no room.</returns>
    internal bool TrySend(ReadOnlySpan<byte> frame, bool defer, bool bounded, PendingCall? call = null)
        => !defer && _right.TryTakeAlone() ? TrySendAlone(frame, bounded, call) : TrySendOrQueue(frame, defer, bounded, call);

    /// <summary>Sends a frame before which nothing waits. The caller has the right to send.</summary>
    private bool TrySendAlone(ReadOnlySpan<byte> frame, bool bounded, PendingCall? call)
    {
        if (bounded && Volatile.Read(ref _callsStopped))
        {
            if (!_right.TryLeaveAlone())
            {
                Send(default);
            }

            return false;
        }

        // Before anything is sent: whoever ends the session meanwhile must not say NotSent of a call that is executed already.
        if (call is not null)
        {
            call.SendPosition = SentAlready;
        }

        int taken;
        try
        {
            taken = channel.TrySend(frame, default);
        }
        catch (Exception exception)
        {
            if (call is not null)
            {
                call.SendPosition = NeverSent;
            }

            _right.Note();
            failed(exception);
            return true;
        }

        if (taken < frame.Length)
        {
            Keep(frame, taken, call);
        }
        else if (_right.TryLeaveAlone())
        {
            return true;
        }

        Send(default);
        return true;
    }

    private void Keep(ReadOnlySpan<byte> frame, int taken, PendingCall? call)
    {
        lock (_gate)
        {
            _right.Note();
            if (taken > 0)
            {
                _current.Keep(frame[taken..]);
                return;
            }

            _queuedTotal += frame.Length;
            if (call is not null)
            {
                call.SendPosition = _queuedTotal;
            }

            _pending.Write(frame);
        }
    }

    private bool TrySendOrQueue(ReadOnlySpan<byte> frame, bool defer, bool bounded, PendingCall? call)
    {
        lock (_gate)
        {
            if (_closed || (bounded && !HasRoom(SmallBytes, frame.Length)))
            {
                return false;
            }

            // Before anything is sent: whoever ends the session reads it to tell whether the peer can have seen the call.
            _queuedTotal += frame.Length;
            if (call is not null)
            {
                call.SendPosition = _queuedTotal;
            }

            if (defer)
            {
                _pending.Write(frame);
                _right.Defer();
                return true;
            }

            bool mine = _right.TryTake();
            if (!mine || _pending.WrittenCount > 0 || _long.Count > 0)
            {
                _pending.Write(frame);
                if (!mine)
                {
                    return true;
                }

                frame = default;
            }
        }

        Send(frame);
        return true;
    }

    /// <summary>Queues a message longer than a frame. The outbox owns its buffer from now on.</summary>
    /// <returns>False if there is no room.</returns>
    internal bool TrySendLong(LongMessage message, bool bounded)
    {
        lock (_gate)
        {
            if (_closed || (bounded && !HasRoom(_longBytes, message.Remaining)))
            {
                message.Dispose();
                return false;
            }

            _long.Enqueue(message);
            _longBytes += message.Remaining;
            if (!_right.TryTake())
            {
                return true;
            }
        }

        Send(default);
        return true;
    }

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

    /// <summary>Sends what was deferred.</summary>
    internal void Flush()
    {
        lock (_gate)
        {
            _flushQueued = false;
            if (_closed || (_pending.WrittenCount == 0 && _long.Count == 0) || !_right.TryTake())
            {
                return;
            }
        }

        Send(default);
    }

    /// <summary>Sends what the calling thread has deferred, if anything; a quick look without the gate.</summary>
    internal void FlushBatch()
    {
        if (_pending.WrittenCount > 0 || _long.Count > 0)
        {
            Flush();
        }
    }

    /// <summary>
    /// Sends what was deferred before the session ends. If another thread is just sending, what was appended goes out with it: it gets a
    /// moment to do so. A channel that is full is not waited for.
    /// </summary>
    internal void FlushLastWords()
    {
        Flush();
        _ = SpinWait.SpinUntil(() => !IsSending(), LastWordsMilliseconds);
    }

    /// <summary>
    /// Has the thread pool flush: the item runs when the calling pool thread gets free, after everything that its present work still
    /// sends, or as soon as another one has time.
    /// </summary>
    internal void FlushSoon()
    {
        lock (_gate)
        {
            if (_flushQueued || _right.IsTaken || _closed)
            {
                return;
            }

            _flushQueued = true;
        }

        _ = ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    void IThreadPoolWorkItem.Execute() => Flush();

    /// <summary>The channel has room again.</summary>
    internal void OnWritable()
    {
        lock (_gate)
        {
            if (!_blocked)
            {
                return;
            }

            _blocked = false;
        }

        Send(default);
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

    private bool IsSending()
    {
        lock (_gate)
        {
            return _right.IsTaken && !_blocked && !_closed;
        }
    }

    private bool Drop(LongMessage message)
    {
        _longBytes -= message.Remaining;
        message.Dispose();
        return true;
    }

    /// <summary>A message longer than the bound has room when nothing else waits in its line.</summary>
    private bool HasRoom(long queued, int length)
    {
        if (!_callsStopped && (queued == 0 || queued + length <= bound))
        {
            return true;
        }

        _refusedLength = Math.Max(_refusedLength, length);
        return false;
    }

    /// <summary>Whether the callers that were refused, all of them, would now be let in; not before half of the bound is free.</summary>
    private bool HasRoomForWaiters() => !HasUnsent || QueuedBytes <= Math.Min(bound / 2, bound - _refusedLength);

    /// <summary>Sends until nothing waits or the channel is full. The caller has the right to send.</summary>
    private void Send(ReadOnlySpan<byte> frame)
    {
        try
        {
            if (!frame.IsEmpty)
            {
                _current.Send(frame);
            }

            while (SendCurrent() && TakeNext())
            {
            }

            // Whoever sends makes room, also without ever having been blocked: calls of the peer that wait for it go on.
            if (!IsOverBound)
            {
                room();
            }
        }
        catch (Exception exception)
        {
            failed(exception);
        }
    }

    /// <returns>False when the channel is full: the right to send waits for <see cref="OnWritable"/>.</returns>
    private bool SendCurrent()
    {
        if (_current.TryEmpty())
        {
            return true;
        }

        lock (_gate)
        {
            _blocked = true;
        }

        blocked();
        channel.ArmWritable();
        return false;
    }

    /// <summary>Takes what came meanwhile: small frames first, then one fragment of a long message.</summary>
    /// <returns>False when nothing waits; the right to send is free again.</returns>
    private bool TakeNext()
    {
        LongMessage? message;
        lock (_gate)
        {
            if (_closed)
            {
                // The right stays taken: nobody sends any more.
                _pending.Dispose();
                _current.Dispose();
                return false;
            }

            if (HasRoomForWaiters())
            {
                _refusedLength = 0;
                _waiters.Release();
            }

            if (_pending.WrittenCount > 0)
            {
                _current.Take(ref _pending);
                return true;
            }

            do
            {
                _ = _long.TryDequeue(out message);
            }
            while (message is { IsDropped: true } && Drop(message));

            if (message is null)
            {
                _right.Leave();
                _current.OnIdle();
                _emptied?.SetResult();
                _emptied = null;
                return false;
            }
        }

        SendFragment(message);
        return true;
    }

    private void SendFragment(LongMessage message)
    {
        int before = message.Remaining;
        _current.SendFragment(message, MaximumFrameLength);
        lock (_gate)
        {
            _longBytes -= before - message.Remaining;
            if (message.Remaining > 0 && !_closed)
            {
                _long.Enqueue(message);
                return;
            }
        }

        message.Dispose();
    }
}
