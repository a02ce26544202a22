using System.Globalization;
using Contracts.Ipc.Native;
using Contracts.Ipc.SharedMemory.Objects;

namespace Contracts.Ipc.SharedMemory.Synchronization;

/// <summary>Every error of synchronisation and queues, so that wording and codes stay one voice.</summary>
internal static class SynchronizationError
{
    public static TimeoutException TimedOut(string what, string name, TimeSpan timeout) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Waited {timeout} for {what} '{name}'. If whoever has it should have given it back: it may be stopped or hang; one that was killed would have lost it."));

    public static TimeoutException Stuck(SharedObject target, TimeSpan patience) =>
        new(string.Create(CultureInfo.InvariantCulture, $"A process is in the middle of an operation on '{target.Name}', which takes less than a microsecond, and has not finished it for {patience}. It is probably stopped (SIGSTOP, a debugger, a frozen container)."));

    public static Exception Mutex(SharedObject target, MutexState state) => state switch
    {
        MutexState.Unusable => new SharedMemoryException(
            IpcErrorCode.SharedMemory,
            $"The mutex of '{target.Name}' cannot be taken any more: a process died while it held it, and the next one gave it back without declaring its data repaired. Unlink the object and create it anew."),
        MutexState.HeldByThisThread => new LockRecursionException(
            $"This thread holds '{target.Name}' already, and it cannot be taken twice. Dispose the guard first, or pass it on."),
        _ => new InvalidOperationException($"Taking the mutex of '{target.Name}' ended with {state}."),
    };

    public static LockRecursionException Recursion(string name, string has, string wants) =>
        new($"This thread {has} '{name}' already and would wait for itself if it now {wants}. Dispose the first guard before.");

    public static SemaphoreFullException MoreThanHeld(string name, int count, int held) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Cannot release {count} permits of '{name}': this object holds {held}. Permits that one process takes and another one gives are what SharedSemaphoreMode.Signals is for."));

    public static SemaphoreFullException MoreThanMaximum(string name, int count, int available, int maximum) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Cannot release {count} permits of '{name}': {available} are available, and it was made for {maximum} at most."));

    public static SharedMemoryException Differs(string name, string what, object found, object expected) =>
        new(IpcErrorCode.Incompatible, string.Create(CultureInfo.InvariantCulture, $"'{name}' was made with {what} {found}; {expected} was expected. Agree on one, or use Open, which takes what is there."));

    public static SharedMemoryException TableFull(string name, int slots) =>
        new(IpcErrorCode.ResourceExhausted, string.Create(CultureInfo.InvariantCulture, $"'{name}' is in use by {slots} objects in living processes; there is no room for one more. Open it once for each process and dispose what is not needed."));

    public static SharedMemoryException Corrupt(string name, string what) =>
        new(IpcErrorCode.SharedMemory, $"'{name}' contradicts itself: {what}. Another program has written into it. Unlink it and create it anew.");

    public static SharedMemoryException QueueFull(string name, uint capacity) =>
        new(IpcErrorCode.ResourceExhausted, string.Create(CultureInfo.InvariantCulture, $"Queue '{name}' holds {capacity} items and rejects more (SharedQueueFullMode.Reject). Use TryEnqueue to learn that without an exception."));
}
