namespace Contracts.Ipc.SharedMemory.Segments;

/// <summary>Every error of an open segment, so that wording and codes stay one voice.</summary>
internal static class SegmentError
{
    public static TimeoutException Lock(string name, TimeSpan timeout) =>
        new($"The lock of shared segment '{name}' was not free within {timeout}. Its holder is busy or stopped (one that had died would have been reported). Hold the lock for shorter, or wait longer.");

    public static TimeoutException Read(string name, TimeSpan timeout) =>
        new($"No whole value of shared segment '{name}' could be copied within {timeout}: writers published faster than this thread could read. Give it a processor, or write less often.");

    public static InvalidOperationException ReadOnly(string name) =>
        new($"Shared segment '{name}' was opened for reading. Use Open to lock or write it.");

    public static LockRecursionException Recursion(string name) =>
        new($"This thread holds the lock of shared segment '{name}' already. Dispose the guard first.");

    public static InvalidOperationException NotAbandoned(string name) =>
        new($"Nothing was left behind in shared segment '{name}': the last holder of its lock gave it back. Look at WasAbandoned first.");

    public static ObjectDisposedException GuardDisposed(string name) =>
        new(objectName: null, $"This guard of shared segment '{name}' is disposed; the lock is not held any more.");

    public static SharedMemoryException Unusable(string name) =>
        new(IpcErrorCode.SharedMemory, $"The lock of shared segment '{name}' is unusable for ever: a program unlocked it after its holder's death without pthread_mutex_consistent(3). Unlink the segment and create it anew.");
}
