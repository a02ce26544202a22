using System.Runtime.Versioning;
using Contracts.Ipc.SharedMemory.Objects;
using Contracts.Ipc.SharedMemory.Synchronization;
using Contracts.Ipc.SharedMemory.Waiting;

namespace Contracts.Ipc.SharedMemory;

/// <summary>A named event between processes: what <see cref="EventWaitHandle"/> with a name is on Windows.</summary>
/// <remarks>
/// <para>No signal is lost. Whoever waits for a manual-reset event when it is set passes, even if it is reset before he runs. The signal of an auto-reset event is
/// taken by exactly one waiter; one that is killed or stopped before it has taken the signal leaves it to the others, who are awake as well. Only a process that is killed
/// between taking the signal and acting on it takes the signal with it.</para>
/// <para>All state is one word, which changes and wakes in one step: there is nothing that a kill could leave half done, and no lock.</para>
/// </remarks>
[SupportedOSPlatform("linux")]
public sealed class SharedEvent : IDisposable
{
    private readonly Attachment _attachment;
    private readonly EventWord _word;
    private readonly WaitingRoom _room;

    private SharedEvent(SharedObject target)
    {
        _attachment = new Attachment(target, typeof(SharedEvent));
        Mode = (SharedEventMode)_attachment.Number(EventWord.ModeOffset);
        _word = new EventWord(_attachment.Word(EventWord.WordOffset), Mode);
        _room = new WaitingRoom(_attachment.Closing);
    }

    /// <summary>The name.</summary>
    public string Name => _attachment.Name;

    /// <summary>Whether this object made the event, rather than found it.</summary>
    public bool WasCreated => _attachment.Target.WasCreated;

    /// <summary>Whether waiters reset it, as its maker decided.</summary>
    public SharedEventMode Mode { get; }

    /// <summary>Whether it is set, at this moment.</summary>
    public bool IsSet
    {
        get
        {
            _attachment.Enter();
            try
            {
                return _word.IsSet;
            }
            finally
            {
                _attachment.Leave();
            }
        }
    }

    /// <summary>Makes a new event.</summary>
    /// <param name="name">Up to 64 ASCII letters, digits, '.', '_' and '-'; it begins with a letter or a digit.</param>
    /// <param name="mode">Whether a waiter that passes resets it.</param>
    /// <param name="isSet">Whether it is set from the beginning.</param>
    /// <exception cref="SharedMemoryException">The name is taken, or this user may not.</exception>
    public static SharedEvent Create(string name, SharedEventMode mode, bool isSet = false) => new(SharedObject.Create(Plan(name, mode, isSet)));

    /// <summary>Opens an event that exists.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="SharedMemoryException">There is none, it is something else, or this user may not.</exception>
    public static SharedEvent Open(string name) => new(SharedObject.Open(Plan(name)));

    /// <summary>Opens an event, or makes it if there is none.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="mode">Whether a waiter that passes resets it. One that exists must be of this mode.</param>
    /// <param name="isSet">Whether a new one is set from the beginning.</param>
    /// <exception cref="SharedMemoryException">It is something else or of the other mode, or this user may not.</exception>
    public static SharedEvent OpenOrCreate(string name, SharedEventMode mode, bool isSet = false)
    {
        var opened = new SharedEvent(SharedObject.OpenOrCreate(Plan(name, mode, isSet)));
        if (opened.Mode != mode)
        {
            opened.Dispose();
            throw SynchronizationError.Differs(name, "mode", opened.Mode, mode);
        }

        return opened;
    }

    /// <summary>Whether a shared object of that name exists, of whatever kind.</summary>
    /// <param name="name">The name.</param>
    public static bool Exists(string name) => SharedObject.Exists(Plan(name));

    /// <summary>Removes the name. Who has the event open keeps it.</summary>
    /// <param name="name">The name.</param>
    /// <returns>False if there was none.</returns>
    public static bool Unlink(string name) => SharedObject.Unlink(Plan(name));

    /// <summary>Sets it: lets one waiter pass, or all of them. If it is set already, nothing happens.</summary>
    public void Set()
    {
        _attachment.Enter();
        try
        {
            _word.Set();
        }
        finally
        {
            _attachment.Leave();
        }
    }

    /// <summary>Resets it. Those who waited when it was set still pass if it is of manual reset.</summary>
    public void Reset()
    {
        _attachment.Enter();
        try
        {
            _ = _word.TryReset();
        }
        finally
        {
            _attachment.Leave();
        }
    }

    /// <summary>Waits until it is set.</summary>
    /// <param name="timeout">How long at most; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
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
            EventWord attempt = _word;
            return attempt.TryTake() || _attachment.Ended(
                Mode == SharedEventMode.AutoReset
                    ? _room.Wait(_word.Word, ref attempt, deadline, cancellationToken)
                    : _word.BlockUntilSet(deadline, cancellationToken, _attachment.Closing),
                cancellationToken);
        }
        finally
        {
            _attachment.Leave();
        }
    }

    /// <summary>Waits until it is set.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">This object is disposed, or was during the wait.</exception>
    public void Wait(CancellationToken cancellationToken) => _ = Wait(Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>Waits until it is set, without a thread.</summary>
    /// <param name="timeout">How long at most; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
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
            if (_word.TryTake())
            {
                return new ValueTask<bool>(true);
            }

            isPending = true;
            return WaitLongAsync(deadline, cancellationToken);
        }
        finally
        {
            if (!isPending)
            {
                _attachment.Leave();
            }
        }
    }

    /// <summary>Waits until it is set, without a thread.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">This object is disposed, or was during the wait.</exception>
    public async ValueTask WaitAsync(CancellationToken cancellationToken) => _ = await WaitAsync(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);

    /// <summary>Calls waiters away with <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose() => _attachment.Close();

    private static unsafe ObjectPlan Plan(string name, SharedEventMode mode = default, bool isSet = false)
    {
        if (mode is not (SharedEventMode.AutoReset or SharedEventMode.ManualReset))
        {
            throw new ArgumentOutOfRangeException(nameof(mode), mode, "An event is of automatic or of manual reset.");
        }

        return new(ObjectKind.Event, name)
        {
            WordsEnd = EventWord.End,
            Initialize = (start, _) =>
            {
                *(int*)(start + EventWord.ModeOffset) = (int)mode;
                *(int*)(start + EventWord.WordOffset) = isSet ? EventWord.SetBit : 0;
            },
        };
    }

    private async ValueTask<bool> WaitLongAsync(long deadline, CancellationToken cancellationToken)
    {
        try
        {
            WaitOutcome outcome = Mode == SharedEventMode.AutoReset
                ? (await _room.WaitAsync(_word.Word, _word, deadline, cancellationToken).ConfigureAwait(false)).Outcome
                : await _word.WaitUntilSetAsync(deadline, cancellationToken, _attachment.Closing).ConfigureAwait(false);
            return _attachment.Ended(outcome, cancellationToken);
        }
        finally
        {
            _attachment.Leave();
        }
    }
}
