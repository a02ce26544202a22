namespace Contracts.Ipc.SharedMemory;

/// <summary>What of the kernel keeps a named object.</summary>
public enum SharedMemoryBacking
{
    /// <summary>A file of <c>/dev/shm</c>, as <c>shm_open(3)</c> makes them: the right choice unless a peer needs the other.</summary>
    Posix,

    /// <summary>
    /// A System V segment, as <c>shmget(2)</c> makes them and <c>ipcs -m</c> shows them. Its key comes by <c>ftok(3)</c> from a file in the user's runtime
    /// directory.
    /// </summary>
    SystemV,
}
