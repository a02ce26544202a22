namespace Contracts.Ipc.SharedMemory;

/// <summary>What happens to a producer that finds a <see cref="SharedQueue{T}"/> full.</summary>
public enum SharedQueueFullMode
{
    /// <summary>It waits for room, as long as its timeout allows.</summary>
    Wait,

    /// <summary>It is refused at once, whatever its timeout.</summary>
    Reject,

    /// <summary>Its item takes the place of the oldest one, which is lost and counted.</summary>
    DropOldest,
}
