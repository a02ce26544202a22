using System.Runtime.Versioning;
using Contracts.Ipc.SharedMemory.Objects;
using Contracts.Ipc.SharedMemory.Synchronization;
using Contracts.Ipc.SharedMemory.Waiting;

namespace Contracts.Ipc.SharedMemory;

/// <summary>A named counting semaphore between processes. Permits of a process that ends come back, unless it was made for signals.</summary>
/// <remarks>
/// Permits belong to the object through which they were taken, whatever the thread: they may be given back after an <c>await</c>. Disposing the object, or the end of its
/// process, gives back what it still has.
/// </remarks>
[SupportedOSPlatform("linux")]
public sealed class SharedSemaphore : IDisposable
{
    private readonly Attachment _attachment;
    private readonly SemaphoreWords _words;
    private readonly WaitingRoom _room;

    private SharedSemaphore(SharedObject target)
    {
        _attachment = new Attachment(target, typeof(SharedSemaphore));
        _words = SemaphoreWords.Of(_attachment);
        _room = new WaitingRoom(_attachment.Closing);
        Mode = (SharedSemaphoreMode)_attachment.Number(SemaphoreWords.ModeOffset);
    }

    /// <summary>The name.</summary>
    public string Name => _attachment.Name;

    /// <summary>Whether this object made the semaphore, rather than found it.</summary>
    public bool WasCreated => _attachment.Target.WasCreated;

    /// <summary>Whether permits come back from processes that end, as its maker decided.</summary>
    public SharedSemaphoreMode Mode { get; }

    /// <summary>How many permits there are at most.</summary>
    public int MaximumCount => _words.Maximum;

    /// <summary>How many permits are available, at this moment.</summary>
    public int CurrentCount
    {
        get
        {
            _attachment.Enter();
            try
            {
                return _words.Available;
            }
            finally
            {
                _attachment.Leave();
            }
        }
    }

    /// <summary>Makes a semaphore whose permits belong to those who take them, until they give them back or end.</summary>
    /// <param name="name">Up to 64 ASCII letters, digits, '.', '_' and '-'; it begins with a letter or a digit.</param>
    /// <param name="permits">How many there are; all of them are available.</param>
    /// <exception cref="SharedMemoryException">The name is taken, or this user may not.</exception>
    public static SharedSemaphore Create(string name, int permits)
        => new(SharedObject.Create(Plan(name, SharedSemaphoreMode.Permits, permits, permits)));

    /// <summary>Makes a semaphore whose permits are signals: one process gives them, another one uses them up.</summary>
    /// <param name="name">Up to 64 ASCII letters, digits, '.', '_' and '-'; it begins with a letter or a digit.</param>
    /// <param name="initialCount">How many are available from the beginning.</param>
    /// <param name="maximumCount">How many can be available at most.</param>
    /// <exception cref="SharedMemoryException">The name is taken, or this user may not.</exception>
    public static SharedSemaphore CreateForSignals(string name, int initialCount = 0, int maximumCount = SemaphoreWords.LargestMaximum)
        => new(SharedObject.Create(Plan(name, SharedSemaphoreMode.Signals, initialCount, maximumCount)));

    /// <summary>Opens a semaphore that exists, of either mode.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="SharedMemoryException">There is none, it is something else, or this user may not.</exception>
    public static SharedSemaphore Open(string name) => new(SharedObject.Open(Plan(name)));

    /// <summary>Opens a semaphore of permits, or makes it if there is none.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="permits">How many there are. One that exists must have as many.</param>
    /// <exception cref="SharedMemoryException">It is something else or made with other numbers, or this user may not.</exception>
    public static SharedSemaphore OpenOrCreate(string name, int permits)
        => Checked(new(SharedObject.OpenOrCreate(Plan(name, SharedSemaphoreMode.Permits, permits, permits))), SharedSemaphoreMode.Permits, permits);

    /// <summary>Opens a semaphore of signals, or makes it if there is none.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="initialCount">How many are available from the beginning if it is made.</param>
    /// <param name="maximumCount">How many can be available at most. One that exists must have the same maximum.</param>
    /// <exception cref="SharedMemoryException">It is something else or made with another maximum, or this user may not.</exception>
    public static SharedSemaphore OpenOrCreateForSignals(string name, int initialCount = 0, int maximumCount = SemaphoreWords.LargestMaximum)
        => Checked(new(SharedObject.OpenOrCreate(Plan(name, SharedSemaphoreMode.Signals, initialCount, maximumCount))), SharedSemaphoreMode.Signals, maximumCount);

    /// <summary>Whether a shared object of that name exists, of whatever kind.</summary>
    /// <param name="name">The name.</param>
    public static bool Exists(string name) => SharedObject.Exists(Plan(name));

    /// <summary>Removes the name. Who has the semaphore open keeps it.</summary>
    /// <param name="name">The name.</param>
    /// <returns>False if there was none.</returns>
    public static bool Unlink(string name) => SharedObject.Unlink(Plan(name));

    /// <summary>Takes a permit.</summary>
    /// <param name="timeout">How long to wait at most; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when the time passed.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">This object is disposed, or was during the wait.</exception>
    public bool Wait(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        long deadline = WaitTime.Until(timeout);
        _attachment.Enter();
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            var attempt = new PermitAttempt(_words, deadline, cancellationToken);
            return attempt.TryTake()
                || (deadline == WaitTime.AtOnce
                    ? TryTakeFromDead(attempt)
                    : _attachment.Ended(_room.Wait(_words.Word, ref attempt, deadline, cancellationToken), cancellationToken));
        }
        finally
        {
            _attachment.Leave();
        }
    }

    /// <summary>Takes a permit.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">This object is disposed, or was during the wait.</exception>
    public void Wait(CancellationToken cancellationToken) => _ = Wait(Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>Takes a permit if one is available, or is held by a process that has ended.</summary>
    /// <returns>False if there is none.</returns>
    public bool TryWait() => Wait(TimeSpan.Zero);

    /// <summary>Takes a permit, without a thread.</summary>
    /// <param name="timeout">How long to wait at most; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when the time passed.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">This object is disposed, or was during the wait.</exception>
    public ValueTask<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        long deadline = WaitTime.Until(timeout);
        _attachment.Enter();
        bool isPending = false;
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            var attempt = new PermitAttempt(_words, deadline, cancellationToken);
            if (attempt.TryTake())
            {
                return new ValueTask<bool>(true);
            }

            if (deadline == WaitTime.AtOnce)
            {
                return new ValueTask<bool>(TryTakeFromDead(attempt));
            }

            isPending = true;
            return WaitLongAsync(attempt, deadline, cancellationToken);
        }
        finally
        {
            if (!isPending)
            {
                _attachment.Leave();
            }
        }
    }

    /// <summary>Takes a permit, without a thread.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">This object is disposed, or was during the wait.</exception>
    public async ValueTask WaitAsync(CancellationToken cancellationToken) => _ = await WaitAsync(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);

    /// <summary>Gives permits back, or signals.</summary>
    /// <param name="count">How many.</param>
    /// <returns>How many were available before.</returns>
    /// <exception cref="SemaphoreFullException">This object does not hold so many, or there would be more than the maximum.</exception>
    public int Release(int count = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        _attachment.Enter();
        try
        {
            return _words.Release(count);
        }
        finally
        {
            _attachment.Leave();
        }
    }

    /// <summary>Gives back what this object has, and calls its waiters away with <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose()
    {
        // Entered before it is closed: then the memory is there until this is done.
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
            _words.Close();
            _attachment.Close();
        }

        _attachment.Leave();
    }

    private static SharedSemaphore Checked(SharedSemaphore opened, SharedSemaphoreMode mode, int maximum)
    {
        if (opened.Mode == mode && opened.MaximumCount == maximum)
        {
            return opened;
        }

        using (opened)
        {
            throw opened.Mode != mode
                ? SynchronizationError.Differs(opened.Name, "mode", opened.Mode, mode)
                : SynchronizationError.Differs(opened.Name, "maximum count", opened.MaximumCount, maximum);
        }
    }

    private static unsafe ObjectPlan Plan(string name, SharedSemaphoreMode mode = default, int initialCount = 1, int maximumCount = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maximumCount, SemaphoreWords.LargestMaximum);
        ArgumentOutOfRangeException.ThrowIfNegative(initialCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(initialCount, maximumCount);
        return new(ObjectKind.Semaphore, name)
        {
            WordsEnd = SemaphoreWords.End,
            Initialize = (start, _) =>
            {
                *(int*)(start + SemaphoreWords.MaximumOffset) = maximumCount;
                *(int*)(start + SemaphoreWords.ModeOffset) = (int)mode;
                *(int*)(start + SemaphoreWords.WordOffset) = initialCount * SharedWord.Unit;
            },
        };
    }

    // Who does not wait still gets what belongs to nobody any more.
    private static bool TryTakeFromDead(PermitAttempt attempt)
    {
        using DeathWatch? watch = attempt.Watch();
        return watch?.IsOver == true && attempt.TryTake();
    }

    private async ValueTask<bool> WaitLongAsync(PermitAttempt attempt, long deadline, CancellationToken cancellationToken)
    {
        try
        {
            (WaitOutcome outcome, _) = await _room.WaitAsync(_words.Word, attempt, deadline, cancellationToken).ConfigureAwait(false);
            return _attachment.Ended(outcome, cancellationToken);
        }
        finally
        {
            _attachment.Leave();
        }
    }
}
