using Contracts.Ipc.SharedMemory.Objects;
using Contracts.Ipc.SharedMemory.Segments;
using Contracts.Ipc.SharedMemory.Waiting;

namespace Contracts.Ipc.SharedMemory;

public sealed partial class SharedSegment<T>
{
    // Who may only read cannot ask to be woken, so he looks again so often.
    private static readonly TimeSpan Unannounced = TimeSpan.FromMilliseconds(10);

    // A segment that was opened for reading, mapped once more for writing where this user may: only to say that somebody sleeps.
    private SharedObject? _sleepersView;
    private bool _hasNoView;

    /// <summary>Sleeps until another version is published than the one that the caller knows.</summary>
    /// <param name="version">What the caller knows, from <see cref="Read(out long)"/> or <see cref="Version"/>.</param>
    /// <param name="timeout">How long at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>True if there is another version, at once if there was one already; false when the time is over.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The segment was disposed meanwhile.</exception>
    /// <remarks>The writer wakes the sleepers; there is no polling, except for a user who may only read the object: his process looks every 10 ms.</remarks>
    public unsafe bool WaitForChange(long version, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        long deadline = WaitTime.Until(timeout);
        cancellationToken.ThrowIfCancellationRequested();
        Enter();
        try
        {
            while (TrySleep(version, deadline, out int expected, out long until))
            {
                if (!GoesOn(WordWait.Block(_latch.FutexWord, expected, until, cancellationToken, _closing.Token), until == deadline, cancellationToken))
                {
                    return _latch.Version != version;
                }
            }

            return true;
        }
        finally
        {
            _object.Leave();
        }
    }

    /// <summary>Completes when another version is published than the one that the caller knows. No thread waits meanwhile.</summary>
    /// <param name="version">What the caller knows, from <see cref="Read(out long)"/> or <see cref="Version"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The version that was there when the wait ended.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The segment was disposed meanwhile.</exception>
    /// <remarks>The writer wakes the sleepers; there is no polling, except for a user who may only read the object: his process looks every 10 ms.</remarks>
    public async Task<long> WaitForChangeAsync(long version, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (BeginSleep(version, cancellationToken) is { } sleep)
        {
            _ = GoesOn(await sleep.ConfigureAwait(false), isLast: false, cancellationToken);
        }

        return Version;
    }

    // Null if the version is another one.
    private unsafe Task<WaitOutcome>? BeginSleep(long version, CancellationToken cancellationToken)
    {
        Enter();
        try
        {
            return TrySleep(version, WaitTime.Never, out int expected, out long until)
                ? WordWait.WaitAsync(_object.Memory, _latch.FutexWord, expected, until, cancellationToken, _closing.Token)
                : null;
        }
        finally
        {
            _object.Leave();
        }
    }

    private unsafe bool TrySleep(long version, long deadline, out int expected, out long until)
    {
        until = deadline;
        if (_object.IsWritable)
        {
            return _latch.TryAnnounceSleeper(version, out expected);
        }

        if (SleepersView() is { } view)
        {
            try
            {
                view.Enter();
                bool isUnchanged = LatchIn(view).TryAnnounceSleeper(version, out expected);
                view.Leave();
                return isUnchanged;
            }
            catch (ObjectDisposedException)
            {
                throw new ObjectDisposedException(GetType().FullName);
            }
        }

        expected = *_latch.FutexWord;
        until = Math.Min(deadline, WaitTime.Until(Unannounced));
        return _latch.Version == version;
    }

    // Whether to look again; throws if the wait must end otherwise than by time.
    private bool GoesOn(WaitOutcome outcome, bool isLast, CancellationToken cancellationToken)
    {
        switch (outcome)
        {
            case WaitOutcome.Cancelled:
                throw new OperationCanceledException(cancellationToken);
            case WaitOutcome.Closed:
                throw new ObjectDisposedException(GetType().FullName);
            default:
                return outcome == WaitOutcome.Changed || !isLast;
        }
    }

    private SharedObject? SleepersView()
    {
        if (Volatile.Read(ref _sleepersView) is { } known || Volatile.Read(ref _hasNoView))
        {
            return _sleepersView;
        }

        SharedObject? view = OpenView();
        if (view is null)
        {
            Volatile.Write(ref _hasNoView, true);
            return null;
        }

        if (Interlocked.CompareExchange(ref _sleepersView, view, null) is { } other)
        {
            view.Dispose();
            return other;
        }

        if (Volatile.Read(ref _isDisposed) != 0)
        {
            Interlocked.Exchange(ref _sleepersView, null)?.Dispose();
        }

        return view;
    }

    private SharedObject? OpenView()
    {
        try
        {
            SharedObject? view = SharedObject.TryOpen(_object.Plan, writable: true);
            if (view is not null && view.IsSameAs(_object))
            {
                return view;
            }

            // The name means another object by now.
            view?.Dispose();
        }
        catch (SharedMemoryException)
        {
            // This user may only read it.
        }

        return null;
    }
}
