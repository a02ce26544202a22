using System.Runtime.Versioning;
using Contracts.Ipc.Native;
using Contracts.Ipc.SharedMemory.Objects;
using Contracts.Ipc.SharedMemory.Synchronization;
using Contracts.Ipc.SharedMemory.Waiting;

namespace Contracts.Ipc.SharedMemory;

/// <summary>A named mutex between processes. When its holder is killed, the next one gets it at once and is told.</summary>
/// <remarks>
/// <para>It belongs to a thread, so the guard is a ref struct: no <c>await</c> can come between taking it and giving it back. A holder that is stopped or hangs keeps it;
/// every wait has its timeout.</para>
/// <para>Named objects outlive the processes that use them, until somebody calls <see cref="Unlink"/>.</para>
/// </remarks>
[SupportedOSPlatform("linux")]
public sealed unsafe class SharedMutex : IDisposable
{
    private readonly Attachment _attachment;

    // Both are changed only by the thread that holds the mutex.
    private long _turns;
    private long _turnOfHolder;

    private SharedMutex(SharedObject target) => _attachment = new Attachment(target, typeof(SharedMutex));

    /// <summary>The name.</summary>
    public string Name => _attachment.Name;

    /// <summary>Whether this object made the mutex, rather than found it.</summary>
    public bool WasCreated => _attachment.Target.WasCreated;

    /// <summary>Makes a new mutex.</summary>
    /// <param name="name">Up to 64 ASCII letters, digits, '.', '_' and '-'; it begins with a letter or a digit.</param>
    /// <exception cref="SharedMemoryException">The name is taken, or this user may not.</exception>
    public static SharedMutex Create(string name) => new(SharedObject.Create(Plan(name)));

    /// <summary>Opens a mutex that exists.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="SharedMemoryException">There is none, it is something else, or this user may not.</exception>
    public static SharedMutex Open(string name) => new(SharedObject.Open(Plan(name)));

    /// <summary>Opens a mutex, or makes it if there is none.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="SharedMemoryException">It is something else, or this user may not.</exception>
    public static SharedMutex OpenOrCreate(string name) => new(SharedObject.OpenOrCreate(Plan(name)));

    /// <summary>Whether a shared object of that name exists, of whatever kind.</summary>
    /// <param name="name">The name.</param>
    public static bool Exists(string name) => SharedObject.Exists(Plan(name));

    /// <summary>Removes the name. Who has the mutex open keeps it; who opens or creates it afterwards gets another one.</summary>
    /// <param name="name">The name.</param>
    /// <returns>False if there was none.</returns>
    public static bool Unlink(string name) => SharedObject.Unlink(Plan(name));

    /// <summary>Takes the mutex.</summary>
    /// <param name="timeout">How long to wait at most; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <param name="cancellationToken">Ends the wait, within a tenth of a second.</param>
    /// <returns>Dispose it to give the mutex back.</returns>
    /// <exception cref="TimeoutException">Another thread or process kept it.</exception>
    /// <exception cref="LockRecursionException">This thread has it already.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">This object is disposed, or was during the wait.</exception>
    public SharedMutexGuard Lock(TimeSpan timeout, CancellationToken cancellationToken = default)
        => TryLock(timeout, out SharedMutexGuard guard, cancellationToken) ? guard : throw SynchronizationError.TimedOut("mutex", Name, timeout);

    /// <summary>Takes the mutex if it is free.</summary>
    /// <param name="guard">Dispose it to give the mutex back.</param>
    /// <returns>False if another thread or process has it.</returns>
    /// <exception cref="LockRecursionException">This thread has it already.</exception>
    public bool TryLock(out SharedMutexGuard guard) => TryLock(TimeSpan.Zero, out guard);

    /// <summary>Takes the mutex if it becomes free in time.</summary>
    /// <param name="timeout">How long to wait at most.</param>
    /// <param name="guard">Dispose it to give the mutex back.</param>
    /// <param name="cancellationToken">Ends the wait, within a tenth of a second.</param>
    /// <returns>False if another thread or process kept it.</returns>
    /// <exception cref="LockRecursionException">This thread has it already.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">This object is disposed, or was during the wait.</exception>
    public bool TryLock(TimeSpan timeout, out SharedMutexGuard guard, CancellationToken cancellationToken = default)
    {
        WaitTime.Check(timeout);
        _attachment.Enter();
        bool isTaken = false;
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            MutexState state = RobustMutex.TryLock(_attachment.Mutex);
            if (state == MutexState.Busy)
            {
                // Only now is the clock of interest: reading it costs as much as taking a free mutex.
                state = MutexWait.Take(_attachment.Mutex, WaitTime.Until(timeout), cancellationToken, _attachment.Closing);
            }

            isTaken = state is MutexState.Taken or MutexState.OwnerDied;
            if (isTaken)
            {
                guard = Enter(wasAbandoned: state == MutexState.OwnerDied);
                return true;
            }

            if (state != MutexState.TimedOut)
            {
                throw SynchronizationError.Mutex(_attachment.Target, state);
            }

            guard = default;
            if (_attachment.IsClosed)
            {
                throw _attachment.Disposed();
            }

            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
        finally
        {
            if (!isTaken)
            {
                _attachment.Leave();
            }
        }
    }

    /// <summary>Calls waiters away with <see cref="ObjectDisposedException"/>. A guard that is held stays valid; the memory is unmapped when it is given back.</summary>
    public void Dispose() => _attachment.Close();

    internal void Exit(long turn)
    {
        // A copy of a guard that was disposed before: the mutex is somebody else's now, perhaps this thread's again.
        if (Volatile.Read(ref _turnOfHolder) != turn)
        {
            return;
        }

        Volatile.Write(ref _turnOfHolder, 0);
        RobustMutex.Unlock(_attachment.Mutex);
        _attachment.Leave();
    }

    private static ObjectPlan Plan(string name) => new(ObjectKind.Mutex, name);

    private SharedMutexGuard Enter(bool wasAbandoned)
    {
        if (wasAbandoned)
        {
            // It guards nothing of ours, so there is nothing to repair before others may have it.
            RobustMutex.MarkConsistent(_attachment.Mutex);
        }

        Volatile.Write(ref _turnOfHolder, ++_turns);
        return new SharedMutexGuard(this, _turns, wasAbandoned);
    }
}
