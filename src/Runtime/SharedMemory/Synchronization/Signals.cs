using Contracts.Ipc.Native;
using Contracts.Ipc.SharedMemory.Waiting;

namespace Contracts.Ipc.SharedMemory.Synchronization;

/// <summary>Permits that are used up. Taking is one atomic step on the word; giving is serialised by the mutex, so that nobody exceeds the maximum.</summary>
/// <remarks>A giver that is killed has given a permit or has not: there is nothing to repair.</remarks>
internal sealed unsafe class Signals(Attachment attachment) : SemaphoreWords(attachment)
{
    public override bool TryTake(long deadline, CancellationToken token)
    {
        while (true)
        {
            int seen = Word.Value;
            if (seen < SharedWord.Unit)
            {
                return false;
            }

            // Bit 0 stays: others may sleep still, and those who were woken set it again themselves.
            if (Word.TryReplace(seen, seen - SharedWord.Unit))
            {
                return true;
            }
        }
    }

    public override int Release(int count)
    {
        _ = Attachment.Lock(Attachment.Mutex, WaitTime.AtOnce, CancellationToken.None, out bool ownerDied);
        try
        {
            if (ownerDied)
            {
                RobustMutex.MarkConsistent(Attachment.Mutex);
            }

            // Others can only take meanwhile: what fits now still fits below.
            int available = Available;
            if (count > Maximum - available)
            {
                throw SynchronizationError.MoreThanMaximum(Attachment.Name, count, available, Maximum);
            }

            for (int left = count; left > 0; left -= SharedWord.LargestStep)
            {
                Word.Publish(Math.Min(left, SharedWord.LargestStep));
            }

            return available;
        }
        finally
        {
            RobustMutex.Unlock(Attachment.Mutex);
        }
    }

    public override DeathWatch? Watch(long deadline, CancellationToken token) => null;

    public override void Close()
    {
    }
}
