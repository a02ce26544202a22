using System.Runtime.Versioning;
using Contracts.Ipc.SharedMemory.Objects;
using Contracts.Ipc.SharedMemory.Synchronization;
using Contracts.Ipc.SharedMemory.Waiting;

namespace Contracts.Ipc.SharedMemory;

/// <summary>A named lock between processes: many readers, or one writer. Whoever is killed, the others go on.</summary>
/// <remarks>
/// <para>A writer that waits lets no further reader in, so readers cannot keep it out for ever; among those who wait, the kernel decides who comes next.</para>
/// <para>Rights belong to threads, so the guards are ref structs, and no thread can have two of them at once.</para>
/// </remarks>
[SupportedOSPlatform("linux")]
public sealed class SharedReaderWriterLock : IDisposable
{
    private const long Nothing = 0;

    [ThreadStatic]
    private static long t_turns;

    private readonly Attachment _attachment;
    private readonly ReaderWriterWords _words;

    // What this thread has: positive for reading, negative for writing. Not disposed: guards may outlive a dispose.
    private readonly ThreadLocal<long> _turn = new();

    private SharedReaderWriterLock(SharedObject target)
    {
        _attachment = new Attachment(target, typeof(SharedReaderWriterLock));
        _words = new ReaderWriterWords(_attachment);
    }

    /// <summary>The name.</summary>
    public string Name => _attachment.Name;

    /// <summary>Whether this object made the lock, rather than found it.</summary>
    public bool WasCreated => _attachment.Target.WasCreated;

    /// <summary>Makes a new lock.</summary>
    /// <param name="name">Up to 64 ASCII letters, digits, '.', '_' and '-'; it begins with a letter or a digit.</param>
    /// <exception cref="SharedMemoryException">The name is taken, or this user may not.</exception>
    public static SharedReaderWriterLock Create(string name) => new(SharedObject.Create(Plan(name)));

    /// <summary>Opens a lock that exists.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="SharedMemoryException">There is none, it is something else, or this user may not.</exception>
    public static SharedReaderWriterLock Open(string name) => new(SharedObject.Open(Plan(name)));

    /// <summary>Opens a lock, or makes it if there is none.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="SharedMemoryException">It is something else, or this user may not.</exception>
    public static SharedReaderWriterLock OpenOrCreate(string name) => new(SharedObject.OpenOrCreate(Plan(name)));

    /// <summary>Whether a shared object of that name exists, of whatever kind.</summary>
    /// <param name="name">The name.</param>
    public static bool Exists(string name) => SharedObject.Exists(Plan(name));

    /// <summary>Removes the name. Who has the lock open keeps it.</summary>
    /// <param name="name">The name.</param>
    /// <returns>False if there was none.</returns>
    public static bool Unlink(string name) => SharedObject.Unlink(Plan(name));

    /// <summary>Enters for reading.</summary>
    /// <param name="timeout">How long to wait at most; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <param name="cancellationToken">Ends the wait, within a tenth of a second.</param>
    /// <returns>Dispose it to leave.</returns>
    /// <exception cref="TimeoutException">A writer was inside, or waited for other readers.</exception>
    /// <exception cref="LockRecursionException">This thread is inside already.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">This object is disposed, or was during the wait.</exception>
    public SharedReadGuard LockRead(TimeSpan timeout, CancellationToken cancellationToken = default)
        => TryLockRead(timeout, out SharedReadGuard guard, cancellationToken) ? guard : throw SynchronizationError.TimedOut("reading under", Name, timeout);

    /// <summary>Enters for reading, if that is possible in time.</summary>
    /// <param name="timeout">How long to wait at most.</param>
    /// <param name="guard">Dispose it to leave.</param>
    /// <param name="cancellationToken">Ends the wait, within a tenth of a second.</param>
    /// <returns>False if a writer was inside, or waited for other readers.</returns>
    /// <exception cref="LockRecursionException">This thread is inside already.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">This object is disposed, or was during the wait.</exception>
    public bool TryLockRead(TimeSpan timeout, out SharedReadGuard guard, CancellationToken cancellationToken = default)
    {
        long deadline = Begin(timeout, "reads", cancellationToken);
        bool isIn = false;
        try
        {
            isIn = _attachment.Ended(_words.EnterRead(deadline, cancellationToken, out bool wasAbandoned), cancellationToken);
            guard = isIn ? new SharedReadGuard(this, _turn.Value = ++t_turns, wasAbandoned) : default;
            return isIn;
        }
        finally
        {
            if (!isIn)
            {
                _attachment.Leave();
            }
        }
    }

    /// <summary>Enters for writing.</summary>
    /// <param name="timeout">How long to wait at most; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <param name="cancellationToken">Ends the wait, within a tenth of a second.</param>
    /// <returns>Dispose it to leave.</returns>
    /// <exception cref="TimeoutException">Readers or another writer stayed inside.</exception>
    /// <exception cref="LockRecursionException">This thread is inside already.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">This object is disposed, or was during the wait.</exception>
    public SharedWriteGuard LockWrite(TimeSpan timeout, CancellationToken cancellationToken = default)
        => TryLockWrite(timeout, out SharedWriteGuard guard, cancellationToken) ? guard : throw SynchronizationError.TimedOut("writing under", Name, timeout);

    /// <summary>Enters for writing, if that is possible in time.</summary>
    /// <param name="timeout">How long to wait at most.</param>
    /// <param name="guard">Dispose it to leave.</param>
    /// <param name="cancellationToken">Ends the wait, within a tenth of a second.</param>
    /// <returns>False if readers or another writer stayed inside.</returns>
    /// <exception cref="LockRecursionException">This thread is inside already.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">This object is disposed, or was during the wait.</exception>
    public bool TryLockWrite(TimeSpan timeout, out SharedWriteGuard guard, CancellationToken cancellationToken = default)
    {
        long deadline = Begin(timeout, "writes", cancellationToken);
        bool isIn = false;
        try
        {
            isIn = _attachment.Ended(_words.EnterWrite(deadline, cancellationToken, out bool wasAbandoned), cancellationToken);
            guard = isIn ? new SharedWriteGuard(this, _turn.Value = -++t_turns, wasAbandoned) : default;
            return isIn;
        }
        finally
        {
            if (!isIn)
            {
                _attachment.Leave();
            }
        }
    }

    /// <summary>Calls waiters away with <see cref="ObjectDisposedException"/>. A guard that is held stays valid.</summary>
    public void Dispose()
    {
        try
        {
            _attachment.Enter();
        }
        catch (ObjectDisposedException)
        {
            return;
        }

        if (_attachment.CallAway())
        {
            _words.FreeRowIfEmpty();
            _attachment.Close();
        }

        _attachment.Leave();
    }

    internal void ExitRead(long turn)
    {
        if (_turn.Value == turn)
        {
            _turn.Value = Nothing;
            _words.ExitRead();
            _attachment.Leave();
        }
    }

    internal void ExitWrite(long turn)
    {
        if (_turn.Value == turn)
        {
            _turn.Value = Nothing;
            _words.ExitWrite();
            _attachment.Leave();
        }
    }

    private static ObjectPlan Plan(string name) => new(ObjectKind.ReaderWriterLock, name) { WordsEnd = ReaderWriterWords.End };

    private long Begin(TimeSpan timeout, string wants, CancellationToken token)
    {
        long deadline = WaitTime.Until(timeout);
        token.ThrowIfCancellationRequested();
        if (_turn.Value != Nothing)
        {
            throw SynchronizationError.Recursion(Name, _turn.Value > 0 ? "reads under" : "writes under", wants);
        }

        _attachment.Enter();
        return deadline;
    }
}
