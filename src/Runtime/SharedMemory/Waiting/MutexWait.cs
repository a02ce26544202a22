using Contracts.Ipc.Native;

namespace Contracts.Ipc.SharedMemory.Waiting;

/// <summary>Waiting for a robust mutex in such a way that a token and a dispose can end it.</summary>
/// <remarks>
/// pthread_mutex_clocklock(3) cannot be called away: it has no second word to sleep on, and it sleeps on after a signal. So whoever waits long looks up ten times a
/// second. Who gives the mutex back still wakes the next one at once.
/// </remarks>
internal static unsafe class MutexWait
{
    private const long Slice = 100_000_000;

    /// <summary>Takes the mutex. What ended the wait early shows in the tokens.</summary>
    /// <param name="mutex">The mutex; the caller keeps its memory mapped.</param>
    /// <param name="deadline">See <see cref="WaitTime"/>.</param>
    /// <param name="token">The caller's.</param>
    /// <param name="closing">The object's.</param>
    /// <returns><see cref="MutexState.TimedOut"/> also when a token was cancelled. Never <see cref="MutexState.Busy"/>.</returns>
    public static MutexState Take(byte* mutex, long deadline, CancellationToken token, CancellationToken closing)
    {
        MutexState state = RobustMutex.TryLock(mutex);
        if (state != MutexState.Busy)
        {
            return state;
        }

        while (true)
        {
            long until = Math.Min(WaitTime.Now + Slice, deadline);
            state = RobustMutex.Lock(mutex, until);
            if (state != MutexState.TimedOut || until == deadline || token.IsCancellationRequested || closing.IsCancellationRequested)
            {
                return state;
            }
        }
    }
}
