namespace Contracts.Ipc.Rpc;

/// <summary>
/// The calls of this side that wait for an answer. An id is a slot (low 16 bits) and the slot's generation (high 16 bits), so that a late
/// answer finds its slot taken by another generation and is dropped.
/// </summary>
/// <remarks>
/// The right to complete a call belongs to whoever removes it: answer, cancellation, deadline and the end of the connection race for
/// <see cref="TryRemove(uint, out PendingCall?)"/>, and one of them wins.
/// </remarks>
internal sealed class CallTable
{
    internal const int MaximumCalls = ushort.MaxValue;

    private const int InitialCapacity = 16;

    private Gate _gate;
    private PendingCall?[] _calls = new PendingCall?[InitialCapacity];
    private ushort[] _generations = new ushort[InitialCapacity];
    private ushort[] _free = new ushort[InitialCapacity];
    private int _freeCount;
    private int _used;
    private int _count;
    private Exception? _closedBy;
    private TaskCompletionSource? _emptied;

    /// <summary>How many calls wait.</summary>
    internal int Count => Volatile.Read(ref _count);

    /// <summary>Gives a call an id.</summary>
    /// <returns>Null, or why there will be no answers any more.</returns>
    /// <exception cref="IpcResourceExhaustedException">Every slot is taken.</exception>
    internal Exception? Add(PendingCall call)
    {
        _gate.Enter();
        try
        {
            if (_closedBy is not null)
            {
                return _closedBy;
            }

            int slot = _freeCount > 0 ? _free[--_freeCount] : NewSlot();
            _calls[slot] = call;
            call.Id = (uint)slot | ((uint)_generations[slot] << 16);
            _count++;
            return null;
        }
        finally
        {
            _gate.Leave();
        }
    }

    /// <summary>Takes a call out: the caller completes it.</summary>
    internal bool TryRemove(uint id, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out PendingCall? call)
    {
        int slot = (int)(id & 0xFFFF);
        _gate.Enter();
        call = slot < _used ? _calls[slot] : null;
        if (call is null || call.Id != id)
        {
            _gate.Leave();
            call = null;
            return false;
        }

        Free(slot);
        _gate.Leave();
        return true;
    }

    /// <summary>Completes when no call waits any more.</summary>
    internal Task WhenEmptyAsync()
    {
        var emptied = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _gate.Enter();
        Task task = _count == 0 ? Task.CompletedTask : (_emptied ??= emptied).Task;
        _gate.Leave();
        return task;
    }

    /// <summary>Ends the table: later calls are refused with <paramref name="reason"/>.</summary>
    /// <returns>The calls that were waiting; the caller completes them.</returns>
    internal PendingCall[] Close(Exception reason)
    {
        _gate.Enter();
        try
        {
            if (_closedBy is not null)
            {
                return [];
            }

            _closedBy = reason;
            PendingCall[] waiting = [.. _calls.OfType<PendingCall>()];
            Array.Clear(_calls);
            _count = 0;
            _emptied?.SetResult();
            _emptied = null;
            return waiting;
        }
        finally
        {
            _gate.Leave();
        }
    }

    /// <summary>Takes out the calls whose deadline has passed.</summary>
    /// <param name="now">In <see cref="Environment.TickCount64"/>.</param>
    /// <param name="expired">The calls, or null; the caller completes them.</param>
    /// <returns>The earliest deadline that remains.</returns>
    internal long TakeExpired(long now, out List<PendingCall>? expired)
    {
        expired = null;
        long next = long.MaxValue;
        _gate.Enter();
        try
        {
            for (int slot = 0; slot < _used; slot++)
            {
                PendingCall? call = _calls[slot];
                if (call is null)
                {
                    continue;
                }

                if (call.Deadline > now)
                {
                    next = Math.Min(next, call.Deadline);
                    continue;
                }

                Free(slot);
                (expired ??= []).Add(call);
            }
        }
        finally
        {
            _gate.Leave();
        }

        return next;
    }

    private void Free(int slot)
    {
        _calls[slot] = null;
        _generations[slot]++;
        _free[_freeCount++] = (ushort)slot;
        if (--_count == 0)
        {
            _emptied?.SetResult();
            _emptied = null;
        }
    }

    private int NewSlot()
    {
        if (_used == MaximumCalls)
        {
            throw RpcError.TooManyCalls(MaximumCalls);
        }

        if (_used == _calls.Length)
        {
            int capacity = Math.Min(_calls.Length * 2, MaximumCalls);
            Array.Resize(ref _calls, capacity);
            Array.Resize(ref _generations, capacity);
            Array.Resize(ref _free, capacity);
        }

        return _used++;
    }
}
