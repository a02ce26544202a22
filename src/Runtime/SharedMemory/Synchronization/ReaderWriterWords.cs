using Contracts.Ipc.Native;
using Contracts.Ipc.SharedMemory.Objects;
using Contracts.Ipc.SharedMemory.Waiting;

namespace Contracts.Ipc.SharedMemory.Synchronization;

/// <summary>How readers and writers keep out of each other's way.</summary>
/// <remarks>
/// <para>A writer holds the robust mutex from its first wait to the end of its writing: so the kernel itself reports its death, and nobody enters meanwhile. A reader holds
/// the mutex only while it counts itself in the row of its object, and leaves by taking one from that row, without the mutex.</para>
/// <para>There is no total that could differ from the rows after a kill: a writer goes through the rows and sleeps on each until it is empty, or until the kernel says
/// that its owner has ended.</para>
/// </remarks>
internal sealed unsafe class ReaderWriterWords
{
    public const int End = RowsOffset + OwnerTable.Size;

    private const int IsWritingOffset = ObjectHeader.WordsOffset;
    private const int UsedOffset = 256;
    private const int RowsOffset = 384;

    private const int Idle = 0;
    private const int Writing = 1;

    /// <summary>The next to get in is told that a writer died; whoever took the mutex of the dead one timed out before he was in.</summary>
    private const int Abandoned = 2;

    private readonly Attachment _attachment;
    private readonly OwnerTable _readers;
    private int _row = -1;

    public ReaderWriterWords(Attachment attachment)
    {
        _attachment = attachment;
        byte* start = attachment.Target.Start;
        _readers = new OwnerTable(attachment.Memory, start + UsedOffset, start + RowsOffset);
    }

    // Whether a writer is past its waits. What stands here when the mutex of a dead holder is taken tells whether data may be half written.
    private ref int IsWriting => ref _attachment.Number(IsWritingOffset);

    public WaitOutcome EnterRead(long deadline, CancellationToken token, out bool wasAbandoned)
    {
        WaitOutcome outcome = Take(deadline, token, out wasAbandoned);
        if (outcome == WaitOutcome.Changed)
        {
            try
            {
                _readers.Word(ClaimRow()).AddQuietly(1);
            }
            finally
            {
                RobustMutex.Unlock(_attachment.Mutex);
            }
        }

        return outcome;
    }

    public void ExitRead()
    {
        // A full barrier, so that the reads before it are done: pairs with the look of the writer in Drain. Any thread of the process may do so at the same time.
        _readers.Word(_row).Change(-1);
        if (_attachment.IsClosed)
        {
            FreeRowIfEmpty();
        }
    }

    public WaitOutcome EnterWrite(long deadline, CancellationToken token, out bool wasAbandoned)
    {
        WaitOutcome outcome = Take(deadline, token, out wasAbandoned);
        if (outcome != WaitOutcome.Changed)
        {
            return outcome;
        }

        try
        {
            for (int row = 0; row < _readers.Rows && outcome == WaitOutcome.Changed; row++)
            {
                outcome = Drain(row, deadline, token);
            }
        }
        catch
        {
            RobustMutex.Unlock(_attachment.Mutex);
            throw;
        }

        if (outcome != WaitOutcome.Changed)
        {
            // The news of a dead writer is not used up by one who does not get in.
            RestoreAbandoned(wasAbandoned);
            RobustMutex.Unlock(_attachment.Mutex);
            return outcome;
        }

        Volatile.Write(ref IsWriting, Writing);
        return outcome;
    }

    public void ExitWrite()
    {
        Volatile.Write(ref IsWriting, Idle);
        RobustMutex.Unlock(_attachment.Mutex);
    }

    /// <summary>After the last reader of a closed object, or at the closing if there is none.</summary>
    public void FreeRowIfEmpty()
    {
        int row = Volatile.Read(ref _row);
        if (row >= 0 && _readers.Units(row) == 0 && Interlocked.CompareExchange(ref _row, -1, row) == row)
        {
            _readers.FreeEmpty(row);
        }
    }

    /// <summary>Takes the mutex.</summary>
    /// <returns>Changed if it is taken.</returns>
    private WaitOutcome Take(long deadline, CancellationToken token, out bool wasAbandoned)
    {
        wasAbandoned = false;
        MutexState state = MutexWait.Take(_attachment.Mutex, deadline, token, _attachment.Closing);
        switch (state)
        {
            case MutexState.OwnerDied:
                _ = _readers.FreeDead();
                wasAbandoned = IsWriting != Idle;
                IsWriting = Idle;
                RobustMutex.MarkConsistent(_attachment.Mutex);
                return WaitOutcome.Changed;
            case MutexState.Taken when IsWriting == Abandoned:
                wasAbandoned = true;
                IsWriting = Idle;
                return WaitOutcome.Changed;
            case MutexState.Taken:
                return WaitOutcome.Changed;
            case MutexState.TimedOut when _attachment.IsClosed:
                return WaitOutcome.Closed;
            case MutexState.TimedOut:
                return token.IsCancellationRequested ? WaitOutcome.Cancelled : WaitOutcome.TimedOut;
            default:
                throw SynchronizationError.Mutex(_attachment.Target, state);
        }
    }

    /// <summary>Waits until a row has no readers any more. The mutex is held, so none can be added.</summary>
    private WaitOutcome Drain(int row, long deadline, CancellationToken token)
    {
        SharedWord word = _readers.Word(row);
        bool hasAnnounced = false;
        WaitOutcome outcome = WaitOutcome.Changed;
        while (true)
        {
            int seen = word.Value;
            if (seen < SharedWord.Unit)
            {
                break;
            }

            ProcessIdentity owner = _readers.Owner(row);
            using DeathWatch? watch = DeathWatch.Begin([owner]);
            if (watch?.IsOver == true)
            {
                _readers.Free(row);
                return WaitOutcome.Changed;
            }

            hasAnnounced = true;
            if (!word.TryAnnounceSleeper(ref seen))
            {
                continue;
            }

            WaitOutcome ended = word.Block(seen, watch?.Earlier(deadline) ?? deadline, watch?.Follow(token) ?? token, _attachment.Closing);
            if (DeathWatch.IsFinal(ended, deadline, token))
            {
                outcome = ended;
                break;
            }
        }

        if (hasAnnounced)
        {
            word.ClearSleepers();
        }

        return outcome;
    }

    private int ClaimRow()
    {
        if (_row >= 0)
        {
            return _row;
        }

        int row = _readers.TryClaim(ProcessIdentity.Current);
        if (row < 0 && _readers.FreeDead())
        {
            row = _readers.TryClaim(ProcessIdentity.Current);
        }

        return _row = row >= 0 ? row : throw SynchronizationError.TableFull(_attachment.Name, OwnerTable.Capacity);
    }

    private void RestoreAbandoned(bool wasAbandoned)
    {
        if (wasAbandoned)
        {
            IsWriting = Abandoned;
        }
    }
}
