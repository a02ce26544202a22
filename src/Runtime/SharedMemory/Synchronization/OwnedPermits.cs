using Contracts.Ipc.Native;
using Contracts.Ipc.SharedMemory.Waiting;

namespace Contracts.Ipc.SharedMemory.Synchronization;

/// <summary>Permits that belong to who took them.</summary>
/// <remarks>
/// <para>The table of owners is the truth, and the word (what is available) follows from it: the maximum less what all owners have. Both change under the mutex; whoever
/// finds that its last holder died frees the rows of the dead and computes the word anew.</para>
/// <para>Somebody who sleeps does not take the mutex, so he watches all who have a row: whoever is killed inside the mutex, or with permits, had one before.</para>
/// </remarks>
internal sealed unsafe class OwnedPermits : SemaphoreWords
{
    private readonly OwnerTable _owners;
    private int _row = -1;

    public OwnedPermits(Attachment attachment)
        : base(attachment)
    {
        byte* start = attachment.Target.Start;
        _owners = new OwnerTable(attachment.Memory, start + UsedOffset, start + RowsOffset);
    }

    public override bool TryTake(long deadline, CancellationToken token)
    {
        // Without the mutex: whoever gives one back changes the word.
        if (Available <= 0 || !Lock(deadline, token))
        {
            return false;
        }

        try
        {
            if (Available <= 0)
            {
                return false;
            }

            // The table first: if this process is killed between the two, its row is freed and the word computed anew.
            _owners.Word(ClaimRow()).AddQuietly(1);
            Word.AddQuietly(-1);
            return true;
        }
        finally
        {
            Unlock();
        }
    }

    public override int Release(int count)
    {
        _ = Lock(WaitTime.AtOnce, CancellationToken.None);
        try
        {
            int held = _row >= 0 ? _owners.Units(_row) : 0;
            if (count > held)
            {
                throw SynchronizationError.MoreThanHeld(Attachment.Name, count, held);
            }

            int available = Available;
            Give(count);

            // After the wake: if this process is killed between the two, those who were woken find the mutex of a dead holder and compute the word anew. The
            // other way round they would sleep on.
            _owners.Word(_row).AddQuietly(-count);
            return available;
        }
        finally
        {
            Unlock();
        }
    }

    public override DeathWatch? Watch(long deadline, CancellationToken token)
    {
        DeathWatch? watch = DeathWatch.Begin(_owners.Owners());
        if (watch?.IsOver == true && Lock(deadline, token))
        {
            try
            {
                Recover();
            }
            finally
            {
                Unlock();
            }
        }

        return watch;
    }

    public override void Close()
    {
        // Nobody claims a row any more: who takes a permit looks at the closing under the mutex.
        if (!Attachment.LockToLeave(Attachment.Mutex, out bool ownerDied))
        {
            return;
        }

        try
        {
            if (_row >= 0)
            {
                _owners.Free(_row);
                _row = -1;
            }

            Repair(ownerDied);
            Recount();
        }
        finally
        {
            Unlock();
        }
    }

    /// <returns>The row of this object. Under the mutex.</returns>
    private int ClaimRow()
    {
        if (_row < 0)
        {
            int row = _owners.TryClaim(ProcessIdentity.Current);
            if (row < 0)
            {
                Recover();
                row = _owners.TryClaim(ProcessIdentity.Current);
            }

            _row = row >= 0 ? row : throw SynchronizationError.TableFull(Attachment.Name, OwnerTable.Capacity);
        }

        return _row;
    }

    private void Recover()
    {
        if (_owners.FreeDead())
        {
            Recount();
        }
    }

    /// <summary>Computes the word from the table.</summary>
    private void Recount()
    {
        int difference = Maximum - _owners.Sum() - Available;
        if (difference > 0)
        {
            Give(difference);
        }
        else
        {
            Word.AddQuietly(difference);
        }
    }

    private void Give(int count)
    {
        for (int left = count; left > 0; left -= SharedWord.LargestStep)
        {
            Word.Publish(Math.Min(left, SharedWord.LargestStep));
        }
    }

    private bool Lock(long deadline, CancellationToken token)
    {
        if (!Attachment.Lock(Attachment.Mutex, deadline, token, out bool ownerDied))
        {
            return false;
        }

        Repair(ownerDied);
        if (Attachment.IsClosed)
        {
            Unlock();
            throw Attachment.Disposed();
        }

        return true;
    }

    private void Repair(bool ownerDied)
    {
        if (ownerDied)
        {
            _ = _owners.FreeDead();
            Recount();
            RobustMutex.MarkConsistent(Attachment.Mutex);
        }
    }

    private void Unlock() => RobustMutex.Unlock(Attachment.Mutex);
}
