namespace Contracts.Ipc.SharedMemory;

/// <summary>What a permit of a <see cref="SharedSemaphore"/> is.</summary>
public enum SharedSemaphoreMode
{
    /// <summary>
    /// A right that somebody has for a while: the object that took it gives it back. What a process holds when it ends, however it ends, comes back to the others.
    /// </summary>
    Permits,

    /// <summary>A message that something is there: one process gives it, another one takes it, and it is used up. Nothing comes back.</summary>
    Signals,
}
