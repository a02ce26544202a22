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

    private Gate _gate;
    private IncomingCall?[] _slots = new IncomingCall?[InitialCapacity];
    private int _count;
    private long _answered;

    /// <summary>Completed when the last one is answered while somebody drains.</summary>
    private TaskCompletionSource? _drained;

    internal int Count => Volatile.Read(ref _count);

    /// <summary>How many have been answered, or needed no answer and are done.</summary>
    internal long Answered => Volatile.Read(ref _answered);

    /// <returns>What to cancel of a call that its caller must have given up, or null.</returns>
    internal CancellationTokenSource? Add(IncomingCall call)
    {
        int slot = call.IsOneWay ? -1 : (int)(call.Id & 0xFFFF);
        IncomingCall? abandoned = null;
        uint abandonedId = 0;
        _gate.Enter();
        if (slot >= 0)
        {
            if (slot >= _slots.Length)
            {
                Grow(slot);
            }

            // Removal happens under the same gate and before the object is used again: what is in the slot is what its id says.
            abandoned = _slots[slot];
            abandonedId = abandoned?.Id ?? 0;
            if (abandoned is not null && abandonedId == call.Id)
            {
                _gate.Leave();
                throw ProtocolError.CallIdInUse(call.Id);
            }

            _slots[slot] = call;
        }

        _count++;
        _gate.Leave();
        return abandoned?.RequestCancel(call.Session, abandonedId);
    }

    internal void Remove(IncomingCall call)
    {
        int slot = call.IsOneWay ? -1 : (int)(call.Id & 0xFFFF);
        _gate.Enter();
        if (slot >= 0 && ReferenceEquals(_slots[slot], call))
        {
            _slots[slot] = null;
        }

        _answered++;
        TaskCompletionSource? drained = --_count == 0 ? _drained : null;
        _gate.Leave();
        _ = drained?.TrySetResult();
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
        _gate.Enter();
        drained = _drained ??= drained;
        bool isDrained = _count == 0;
        _gate.Leave();
        if (isDrained)
        {
            _ = drained.TrySetResult();
        }

        return drained.Task;
    }

    /// <summary>Under the gate, so that no removal is lost between the copy and the exchange of the arrays.</summary>
    private void Grow(int slot)
    {
        IncomingCall?[] larger = new IncomingCall?[Math.Max(_slots.Length * 2, slot + 1)];
        _slots.CopyTo(larger, 0);
        Volatile.Write(ref _slots, larger);
    }
}
