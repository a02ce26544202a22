namespace Contracts.Ipc.SharedMemory.Waiting;

/// <summary>Something that can be taken when a word allows it: a permit, an item, room for one.</summary>
internal interface IAttempt
{
    /// <summary>Takes it, or finds that it cannot be had while the word stays as it is.</summary>
    bool TryTake();

    /// <summary>Called before a sleep: what else, besides the word, may end it.</summary>
    /// <returns>Null if nothing; otherwise disposed after the sleep.</returns>
    DeathWatch? Watch();
}

/// <summary>
/// Where the threads and tasks of this process wait for one shared word: in a line, of which only the first sleeps on the word.
/// </summary>
/// <remarks>
/// A change of the word wakes the first in line of every process, instead of one waiter in all: of several woken ones, one can be killed or stopped without the others
/// sleeping on. Within a process that cannot happen, so there the line passes on what is left. Who comes anew tries at once and may overtake the line.
/// </remarks>
/// <param name="closing">Cancelled when the object is disposed.</param>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "A SemaphoreSlim owns nothing as long as nobody asks for its wait handle.")]
internal sealed class WaitingRoom(CancellationToken closing)
{
    /// <summary>
    /// Together about a microsecond: what comes so soon costs neither side a system call. A sleep and a wake cost several, and tens across processors.
    /// </summary>
    private const int LooksBeforeSleep = 32;

    private readonly SemaphoreSlim _line = new(1, 1);

    /// <summary>Waits on the calling thread. The caller has tried once.</summary>
    public WaitOutcome Wait<TAttempt>(SharedWord word, ref TAttempt attempt, long deadline, CancellationToken token)
        where TAttempt : IAttempt
    {
        if (deadline <= WaitTime.Now)
        {
            return WaitOutcome.TimedOut;
        }

        using CancellationTokenSource? both = Linked(token);
        try
        {
            if (!_line.Wait(WaitTime.Left(deadline), both?.Token ?? closing))
            {
                return WaitOutcome.TimedOut;
            }
        }
        catch (OperationCanceledException)
        {
            return Interrupted();
        }

        try
        {
            while (true)
            {
                int seen = word.Value;
                if (attempt.TryTake())
                {
                    return WaitOutcome.Changed;
                }

                if (ChangesSoon(word, seen))
                {
                    continue;
                }

                using DeathWatch? watch = attempt.Watch();
                if (watch?.IsOver == true || !word.TryAnnounceSleeper(ref seen))
                {
                    continue;
                }

                WaitOutcome outcome = word.Block(seen, watch?.Earlier(deadline) ?? deadline, watch?.Follow(token) ?? token, closing);
                if (DeathWatch.IsFinal(outcome, deadline, token))
                {
                    return outcome;
                }
            }
        }
        finally
        {
            _ = _line.Release();
        }
    }

    /// <summary>Waits without a thread. The attempt comes back with what it took.</summary>
    public async ValueTask<(WaitOutcome Outcome, TAttempt Attempt)> WaitAsync<TAttempt>(
        SharedWord word, TAttempt attempt, long deadline, CancellationToken token)
        where TAttempt : IAttempt
    {
        if (deadline <= WaitTime.Now)
        {
            return (WaitOutcome.TimedOut, attempt);
        }

        using CancellationTokenSource? both = Linked(token);
        try
        {
            if (!await _line.WaitAsync(WaitTime.Left(deadline), both?.Token ?? closing).ConfigureAwait(false))
            {
                return (WaitOutcome.TimedOut, attempt);
            }
        }
        catch (OperationCanceledException)
        {
            return (Interrupted(), attempt);
        }

        try
        {
            while (true)
            {
                int seen = word.Value;
                if (attempt.TryTake())
                {
                    return (WaitOutcome.Changed, attempt);
                }

                using DeathWatch? watch = attempt.Watch();
                if (watch?.IsOver == true || !word.TryAnnounceSleeper(ref seen))
                {
                    continue;
                }

                WaitOutcome outcome = await word
                    .WaitAsync(seen, watch?.Earlier(deadline) ?? deadline, watch?.Follow(token) ?? token, closing).ConfigureAwait(false);
                if (DeathWatch.IsFinal(outcome, deadline, token))
                {
                    return (outcome, attempt);
                }
            }
        }
        finally
        {
            _ = _line.Release();
        }
    }

    private static bool ChangesSoon(SharedWord word, int seen)
    {
        // With one processor, only a sleep lets the other side get on.
        for (int looks = Environment.ProcessorCount > 1 ? LooksBeforeSleep : 0; looks > 0; looks--)
        {
            if (word.Value != seen)
            {
                return true;
            }

            Thread.SpinWait(1);
        }

        return false;
    }

    private WaitOutcome Interrupted() => closing.IsCancellationRequested ? WaitOutcome.Closed : WaitOutcome.Cancelled;

    private CancellationTokenSource? Linked(CancellationToken token) => token.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(token, closing) : null;
}
