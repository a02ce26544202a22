using Contracts.Ipc.Native;

namespace Contracts.Ipc.SharedMemory.Waiting;

/// <summary>Waiting until a word of shared memory is no longer what it was: on the calling thread, or without one.</summary>
/// <remarks>Every wait ends: by its deadline, by the caller's token, or by <c>closing</c>, which the object that owns the word cancels when it is disposed.</remarks>
internal static unsafe class WordWait
{
    /// <summary>Between looks where the kernel cannot wait for a word and a <see cref="Waker"/> at once.</summary>
    private const long SliceWithoutVector = 20_000_000;

    /// <summary>Sleeps until the word differs from <paramref name="expected"/>.</summary>
    /// <param name="word">The word; the caller keeps its memory mapped.</param>
    /// <param name="expected">What it was.</param>
    /// <param name="deadline">See <see cref="WaitTime"/>.</param>
    /// <param name="token">The caller's.</param>
    /// <param name="closing">The object's.</param>
    public static WaitOutcome Block(int* word, int expected, long deadline, CancellationToken token, CancellationToken closing)
    {
        Waker waker = Waker.OfThisThread;
        using CancellationTokenRegistration called = token.UnsafeRegister(static waker => ((Waker)waker!).Call(), waker);
        using CancellationTokenRegistration closed = closing.UnsafeRegister(static waker => ((Waker)waker!).Call(), waker);
        while (true)
        {
            int calls = waker.Calls;
            if (closing.IsCancellationRequested)
            {
                return WaitOutcome.Closed;
            }

            if (token.IsCancellationRequested)
            {
                return WaitOutcome.Cancelled;
            }

            // Acquire: pairs with the change of the word by its publisher, so that what was written before it is visible to the caller.
            if (Volatile.Read(ref *word) != expected)
            {
                return WaitOutcome.Changed;
            }

            if (!Sleep(word, expected, waker, calls, deadline))
            {
                return Volatile.Read(ref *word) != expected ? WaitOutcome.Changed : WaitOutcome.TimedOut;
            }
        }
    }

    /// <summary>As <see cref="Block"/>, without a thread for each wait: many waits share one (<see cref="WordMonitor"/>).</summary>
    /// <param name="memory">Where the word lies; stays mapped as long as the wait lasts.</param>
    /// <param name="word">The word.</param>
    /// <param name="expected">What it was.</param>
    /// <param name="deadline">See <see cref="WaitTime"/>.</param>
    /// <param name="token">The caller's.</param>
    /// <param name="closing">The object's.</param>
    /// <exception cref="ObjectDisposedException">The memory is unmapped already.</exception>
    public static Task<WaitOutcome> WaitAsync(
        MappedMemory memory, int* word, int expected, long deadline, CancellationToken token, CancellationToken closing)
    {
        if (closing.IsCancellationRequested)
        {
            return Task.FromResult(WaitOutcome.Closed);
        }

        if (token.IsCancellationRequested)
        {
            return Task.FromResult(WaitOutcome.Cancelled);
        }

        if (Volatile.Read(ref *word) != expected)
        {
            return Task.FromResult(WaitOutcome.Changed);
        }

        var wait = new PendingWait(memory, word, expected, deadline);
        wait.EndWith(token, closing);
        WordMonitor.Watch(wait);
        return wait.Task;
    }

    /// <returns>False when the deadline passed.</returns>
    private static bool Sleep(int* word, int expected, Waker waker, int calls, long deadline)
    {
        FutexWord* words = stackalloc FutexWord[2];
        words[0] = FutexWord.Shared(word, expected);
        words[1] = FutexWord.Own(waker.Word, calls);
        switch (FutexVector.Wait(words, 2, deadline))
        {
            case VectorWait.Woken:
                return true;
            case VectorWait.TimedOut:
                return false;
            default:
                // Nobody could call this thread away from the word, so it looks by itself.
                long slice = WaitTime.Now + SliceWithoutVector;
                return Futex.Wait(word, expected, Math.Min(slice, deadline)) || slice < deadline;
        }
    }
}
