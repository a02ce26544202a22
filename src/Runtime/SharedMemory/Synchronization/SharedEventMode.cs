namespace Contracts.Ipc.SharedMemory;

/// <summary>What becomes of a <see cref="SharedEvent"/> when somebody passes.</summary>
public enum SharedEventMode
{
    /// <summary>It is reset by the one waiter that it lets pass.</summary>
    AutoReset,

    /// <summary>It stays set and lets everybody pass until somebody resets it.</summary>
    ManualReset,
}
