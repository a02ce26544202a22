using Contracts.Ipc.SharedMemory.Objects;
using Contracts.Ipc.SharedMemory.Waiting;

namespace Contracts.Ipc.SharedMemory.Synchronization;

/// <summary>The whole state of a <see cref="SharedEvent"/>: bit 0 sleepers, bit 1 set, above them how often it was reset.</summary>
/// <remarks>
/// Setting only ever adds bit 1, so the kernel can do it together with the wake, whatever else happens to the word meanwhile. The count tells who slept on an earlier
/// word that the event was set since, even if it is reset again. A reset clears bit 0: whoever slept was woken when bit 1 was set, or did not
/// fall asleep, because the word had changed.
/// </remarks>
internal readonly struct EventWord(SharedWord word, SharedEventMode mode) : IAttempt
{
    public const int ModeOffset = ObjectHeader.WordsOffset;
    public const int WordOffset = 256;
    public const int End = 384;

    public const int SetBit = 2;
    private const int FlagBits = 2;

    public SharedWord Word => word;

    public bool IsSet => (word.Value & SetBit) != 0;

    public void Set()
    {
        while (true)
        {
            int seen = word.Value;
            if ((seen & SetBit) != 0)
            {
                return;
            }

            if ((seen & SharedWord.Sleepers) != 0)
            {
                word.SetAndWake(SetBit);
                return;
            }

            if (word.TryReplace(seen, seen | SetBit))
            {
                return;
            }
        }
    }

    /// <returns>False if it was not set.</returns>
    public bool TryReset()
    {
        while (true)
        {
            int seen = word.Value;
            if ((seen & SetBit) == 0)
            {
                return false;
            }

            if (word.TryReplace(seen, ((seen >> FlagBits) + 1) << FlagBits))
            {
                return true;
            }
        }
    }

    /// <summary>Passes if it is set; of automatic reset, one alone does.</summary>
    public bool TryTake() => mode == SharedEventMode.AutoReset ? TryReset() : IsSet;

    public DeathWatch? Watch() => null;

    /// <summary>For manual reset: all who wait sleep on the word, and all pass.</summary>
    public WaitOutcome BlockUntilSet(long deadline, CancellationToken token, CancellationToken closing)
    {
        int began = word.Value;
        while (true)
        {
            int seen = word.Value;
            if (HasBeenSet(began, seen))
            {
                return WaitOutcome.Changed;
            }

            if (!word.TryAnnounceSleeper(ref seen))
            {
                continue;
            }

            WaitOutcome outcome = word.Block(seen, deadline, token, closing);
            if (outcome != WaitOutcome.Changed)
            {
                return outcome;
            }
        }
    }

    /// <summary>As <see cref="BlockUntilSet"/>, without a thread.</summary>
    public async Task<WaitOutcome> WaitUntilSetAsync(long deadline, CancellationToken token, CancellationToken closing)
    {
        int began = word.Value;
        while (true)
        {
            int seen = word.Value;
            if (HasBeenSet(began, seen))
            {
                return WaitOutcome.Changed;
            }

            if (!word.TryAnnounceSleeper(ref seen))
            {
                continue;
            }

            WaitOutcome outcome = await word.WaitAsync(seen, deadline, token, closing).ConfigureAwait(false);
            if (outcome != WaitOutcome.Changed)
            {
                return outcome;
            }
        }
    }

    private static bool HasBeenSet(int began, int seen) => (seen & SetBit) != 0 || (seen >> FlagBits) != (began >> FlagBits);
}
