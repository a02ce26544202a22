using System.Runtime.CompilerServices;
using Contracts.Ipc.Native;
using Contracts.Ipc.SharedMemory.Objects;
using Contracts.Ipc.SharedMemory.Waiting;

namespace Contracts.Ipc.SharedMemory.Synchronization;

/// <summary>
/// How one instance of a class uses a named object: who is inside keeps the memory mapped, who waits is called away by a dispose, and the short locks that guard
/// the words are taken here.
/// </summary>
/// <remarks>Nobody holds a short lock for longer than a few instructions, unless he is stopped in between. So whoever is given no deadline has this one's patience.</remarks>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "The source of the token holds nothing, and waiters may still look at it after the closing.")]
internal sealed unsafe class Attachment
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SharedObject _target;
    private readonly Type _type;

    private readonly CancellationTokenSource _closing = new();

    private bool _isClosing;

    public Attachment(SharedObject target, Type type)
    {
        _target = target;
        _type = type;
        Closing = _closing.Token;
    }

    public string Name => _target.Name;

    public MappedMemory Memory => _target.Memory;

    public SharedObject Target => _target;

    /// <summary>The mutex of every object.</summary>
    public byte* Mutex => _target.Mutex;

    /// <summary>Cancelled by <see cref="Close"/>.</summary>
    public CancellationToken Closing { get; }

    public bool IsClosed => Closing.IsCancellationRequested;

    /// <summary>A word that is slept on.</summary>
    public SharedWord Word(int offset) => new(_target.Memory, _target.Start + offset);

    /// <summary>A number that is not slept on.</summary>
    public ref int Number(int offset) => ref *(int*)(_target.Start + offset);

    /// <summary>Keeps the memory mapped until <see cref="Leave"/>.</summary>
    /// <exception cref="ObjectDisposedException">It is disposed.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Enter()
    {
        ObjectDisposedException.ThrowIf(IsClosed, _type);
        _target.Enter();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Leave() => _target.Leave();

    /// <summary>Calls waiters away, and unmaps when the last one has left.</summary>
    public void Close()
    {
        _ = CallAway();
        _target.Dispose();
    }

    /// <summary>Calls waiters away and lets nobody in any more. Whoever is inside stays there until he leaves.</summary>
    /// <returns>False if that was done before.</returns>
    public bool CallAway()
    {
        if (Interlocked.Exchange(ref _isClosing, true))
        {
            return false;
        }

        _closing.Cancel();
        return true;
    }

    /// <summary>Takes a short lock in order to clean up, after <see cref="CallAway"/>.</summary>
    /// <returns>False if its holder does not go on; then the end of this process cleans up.</returns>
    public static bool LockToLeave(byte* mutex, out bool ownerDied)
    {
        MutexState state = RobustMutex.Lock(mutex, WaitTime.Until(Patience));
        ownerDied = state == MutexState.OwnerDied;
        return state is MutexState.Taken or MutexState.OwnerDied;
    }

    /// <summary>Takes a short lock.</summary>
    /// <param name="mutex">The mutex.</param>
    /// <param name="deadline"><see cref="WaitTime.AtOnce"/> for operations that wait for nothing else.</param>
    /// <param name="token">The caller's.</param>
    /// <param name="ownerDied">
    /// The last holder was killed while it held the lock. The caller repairs what may be half done and then calls <see cref="RobustMutex.MarkConsistent"/>.
    /// </param>
    /// <returns>False when the deadline passed.</returns>
    /// <exception cref="TimeoutException">The operation has no deadline of its own, and the holder does not go on.</exception>
    public bool Lock(byte* mutex, long deadline, CancellationToken token, out bool ownerDied)
    {
        MutexState state = RobustMutex.TryLock(mutex);
        if (state == MutexState.Busy)
        {
            state = MutexWait.Take(mutex, deadline == WaitTime.AtOnce ? WaitTime.Until(Patience) : deadline, token, Closing);
        }

        ownerDied = state == MutexState.OwnerDied;
        return state switch
        {
            MutexState.Taken or MutexState.OwnerDied => true,
            MutexState.TimedOut => Interrupted(deadline, token),
            _ => throw SynchronizationError.Mutex(_target, state),
        };
    }

    /// <summary>What the public method makes of a wait that ended without what it waited for.</summary>
    /// <returns>False after a timeout.</returns>
    public bool Ended(WaitOutcome outcome, CancellationToken token) => outcome switch
    {
        WaitOutcome.Changed => true,
        WaitOutcome.TimedOut => false,
        WaitOutcome.Cancelled => throw new OperationCanceledException(token),
        _ => throw Disposed(),
    };

    public ObjectDisposedException Disposed() => new(_type.FullName, $"'{Name}' was disposed by another thread of this process during the wait.");

    private bool Interrupted(long deadline, CancellationToken token)
    {
        if (IsClosed)
        {
            throw Disposed();
        }

        token.ThrowIfCancellationRequested();
        return deadline == WaitTime.AtOnce ? throw SynchronizationError.Stuck(_target, Patience) : false;
    }
}
