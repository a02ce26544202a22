namespace Contracts.Ipc.Rpc;

/// <content>What senders call: at once if nobody is in the way, else into the line.</content>
internal sealed partial class Outbox : IThreadPoolWorkItem
{
    /// <summary>Sends one frame that fits the peer's frame length, or queues it.</summary>
    /// <param name="frame">With its length prefix.</param>
    /// <param name="defer">Only queue: the caller, or somebody it knows of, flushes soon.</param>
    /// <param name="bounded">Refuse instead of going over the bound.</param>
    /// <param name="call">The call that the frame makes, if it does: learns where to ask <see cref="WasSent"/>.</param>
    /// <returns>False if there is no room.</returns>
    internal bool TrySend(ReadOnlySpan<byte> frame, bool defer, bool bounded, PendingCall? call = null)
        => (!defer && _right.TryTakeAlone()) || (bounded && TryTakeBack()) ? TrySendAlone(frame, bounded, call) : TrySendOrQueue(frame, defer, bounded, call);

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

        if (taken == 0 && bounded && refusesWhenFull)
        {
            Refuse(frame.Length, call);
            return false;
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

    /// <summary>
    /// Takes the right to send that waits for room since a call was refused: nothing else waits, and the channel may have room before it says so. Also in a batch: a call that
    /// would only be queued could not be refused any more.
    /// </summary>
    private bool TryTakeBack()
    {
        if (!IsFull)
        {
            return false;
        }

        lock (_gate)
        {
            if (!_blocked || HasUnsent || _closed)
            {
                return false;
            }

            _blocked = false;
            return true;
        }
    }

    /// <summary>The channel is full, and calls do not wait here. As after a frame that was kept, the right to send waits for room; those who wait for it learn of it then.</summary>
    private void Refuse(int length, PendingCall? call)
    {
        if (call is not null)
        {
            call.SendPosition = NeverSent;
        }

        lock (_gate)
        {
            _right.Note();
            _blocked = true;
            _refusedLength = Math.Max(_refusedLength, length);
        }

        channel.ArmWritable();
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

    private bool IsSending()
    {
        lock (_gate)
        {
            return _right.IsTaken && !_blocked && !_closed;
        }
    }
}
