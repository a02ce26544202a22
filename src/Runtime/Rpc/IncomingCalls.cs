using Contracts.Ipc.CompilerServices;
using Contracts.Ipc.Protocol;

namespace Contracts.Ipc.Rpc;

/// <summary>
/// The calls of the peer that are not answered yet, by the slot part of their id. Only the holder of the receive lease adds; any thread
/// removes.
/// </summary>
internal sealed class IncomingCalls
{
    private const int InitialCapacity = 16;

    private readonly Lock _growth = new();
    private IncomingCall?[] _slots = new IncomingCall?[InitialCapacity];
    private int _count;

    /// <summary>Completed when the last one is answered while somebody drains.</summary>
    private TaskCompletionSource? _drained;

    internal int Count => Volatile.Read(ref _count);

    internal void Add(IncomingCall call)
    {
        _ = Interlocked.Increment(ref _count);
        if (call.IsOneWay)
        {
            return;
        }

        int slot = (int)(call.Id & 0xFFFF);
        if (slot >= _slots.Length)
        {
            Grow(slot);
        }

        if (Interlocked.CompareExchange(ref _slots[slot], call, null) is not null)
        {
            _ = Interlocked.Decrement(ref _count);
            throw ProtocolError.CallIdInUse(call.Id);
        }
    }

    internal void Remove(IncomingCall call)
    {
        if (!call.IsOneWay)
        {
            lock (_growth)
            {
                _slots[call.Id & 0xFFFF] = null;
            }
        }

        if (Interlocked.Decrement(ref _count) == 0)
        {
            Volatile.Read(ref _drained)?.TrySetResult();
        }
    }

    /// <summary>The call with this id, or null. By the time the caller looks at it, it may have become another one.</summary>
    internal IncomingCall? Find(uint id)
    {
        IncomingCall?[] slots = Volatile.Read(ref _slots);
        uint slot = id & 0xFFFF;
        return slot < slots.Length ? Volatile.Read(ref slots[slot]) : null;
    }

    /// <summary>The calls that wait for an answer of this side, with gaps. May change while it is looked at.</summary>
    internal ReadOnlySpan<IncomingCall?> Slots => Volatile.Read(ref _slots);

    /// <summary>Completes when every call is answered.</summary>
    internal Task WhenDrainedAsync()
    {
        var drained = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        drained = Interlocked.CompareExchange(ref _drained, drained, null) ?? drained;
        if (Count == 0)
        {
            _ = drained.TrySetResult();
        }

        return drained.Task;
    }

    private void Grow(int slot)
    {
        // Removal writes under the same lock, so that none is lost between the copy and the exchange of the arrays.
        lock (_growth)
        {
            IncomingCall?[] larger = new IncomingCall?[Math.Max(_slots.Length * 2, slot + 1)];
            _slots.CopyTo(larger, 0);
            Volatile.Write(ref _slots, larger);
        }
    }
}
