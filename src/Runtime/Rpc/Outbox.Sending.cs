namespace Contracts.Ipc.Rpc;

/// <content>What the one does who has the right to send.</content>
internal sealed partial class Outbox
{
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

    private bool Drop(LongMessage message)
    {
        _longBytes -= message.Remaining;
        message.Dispose();
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
