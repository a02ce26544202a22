using System.Runtime.InteropServices;
using Contracts.Ipc.SharedMemory.Waiting;

namespace Contracts.Ipc.SharedMemory.Queues;

/// <summary>One wait for room.</summary>
internal readonly struct EnqueueAttempt<T>(QueueRing<T> ring, in T item, long deadline, CancellationToken token) : IAttempt
    where T : unmanaged
{
    private readonly T _item = item;

    public bool TryTake() => ring.TryWrite(MemoryMarshal.CreateReadOnlySpan(in _item, 1), deadline, token) == 1;

    // Who dies with an item in its hands owes nobody anything.
    public DeathWatch? Watch() => null;
}

/// <summary>One wait for an item.</summary>
internal struct DequeueAttempt<T>(QueueRing<T> ring, long deadline, CancellationToken token) : IAttempt
    where T : unmanaged
{
    private T _item;

    /// <summary>What was taken.</summary>
    public readonly T Item => _item;

    public bool TryTake()
    {
        T item = default;
        if (ring.TryRead(MemoryMarshal.CreateSpan(ref item, 1), deadline, token) == 0)
        {
            return false;
        }

        _item = item;
        return true;
    }

    public readonly DeathWatch? Watch() => null;
}
