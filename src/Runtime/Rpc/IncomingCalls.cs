using Contracts.Ipc.CompilerServices;
using Contracts.Ipc.Protocol;

namespace Contracts.Ipc.Rpc;

/// <summary>
/// The calls of the peer that are not answered yet, by the slot part of their id. Only the holder of the receive lease adds; any thread
/// removes.
/// </summary>
/// <remarks>
/// A caller that gave a call up (cancelled, deadline) uses its slot again at once, with another generation, while the handler here may still
/// run. So a call that finds its slot taken by another generation takes the place; the abandoned one is no longer found, only counted.
/// </remarks>
internal sealed class IncomingCalls
{
    private const int InitialCapacity = 16;

    private readonly Lock _growth = new();
    private IncomingCall?[] _slots = new IncomingCall?[InitialCapacity];
    private int _count;

    /// <summary>Completed when the last one is answered while somebody drains.</summary>
    private TaskCompletionSource? _drained;

    internal int Count => Volatile.Read(ref _count);

    /// <returns>What to cancel of a call that its caller must have given up, or null.</returns>
    internal CancellationTokenSource? Add(IncomingCall call)
    {
        _ = Interlocked.Increment(ref _count);
        if (call.IsOneWay)
        {
            return null;
        }

        int slot = (int)(call.Id & 0xFFFF);
        if (slot >= _slots.Length)
        {
            Grow(slot);
        }

        return Interlocked.CompareExchange(ref _slots[slot], call, null) is null ? null : Displace(call, slot);
    }

    internal void Remove(IncomingCall call)
    {
        if (!call.IsOneWay)
        {
            lock (_growth)
            {
                ref IncomingCall? slot = ref _slots[call.Id & 0xFFFF];
                slot = ReferenceEquals(slot, call) ? null : slot;
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

    private CancellationTokenSource? Displace(IncomingCall call, int slot)
    {
        // Removal happens under the same lock and before the object is used again: what is in the slot is what its id says.
        lock (_growth)
        {
            IncomingCall? abandoned = _slots[slot];
            if (abandoned?.Id == call.Id)
            {
                _ = Interlocked.Decrement(ref _count);
                throw ProtocolError.CallIdInUse(call.Id);
            }

            _slots[slot] = call;
            return abandoned?.RequestCancel(call.Session, abandoned.Id);
        }
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
