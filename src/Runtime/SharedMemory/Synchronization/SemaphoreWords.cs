using Contracts.Ipc.SharedMemory.Objects;
using Contracts.Ipc.SharedMemory.Waiting;

namespace Contracts.Ipc.SharedMemory.Synchronization;

/// <summary>Where the words of a semaphore lie, and the two ways in which it can work.</summary>
internal abstract class SemaphoreWords
{
    public const int MaximumOffset = ObjectHeader.WordsOffset;
    public const int ModeOffset = MaximumOffset + 4;
    public const int WordOffset = 256;
    public const int UsedOffset = 384;
    public const int RowsOffset = 512;

    /// <summary>The same for both modes, so that an opener learns the mode from an object of which it knows that it is long enough.</summary>
    public const int End = RowsOffset + OwnerTable.Size;

    /// <summary>The word counts in units of two and is signed.</summary>
    public const int LargestMaximum = int.MaxValue / SharedWord.Unit;

    protected SemaphoreWords(Attachment attachment)
    {
        Attachment = attachment;
        Word = attachment.Word(WordOffset);
        Maximum = attachment.Number(MaximumOffset);
    }

    /// <summary>How many permits are available, in units, and whether somebody sleeps until there are some.</summary>
    public SharedWord Word { get; }

    public int Maximum { get; }

    public int Available => Word.Value / SharedWord.Unit;

    protected Attachment Attachment { get; }

    public static SemaphoreWords Of(Attachment attachment) =>
        (SharedSemaphoreMode)attachment.Number(ModeOffset) == SharedSemaphoreMode.Permits ? new OwnedPermits(attachment) : new Signals(attachment);

    /// <summary>Takes one if there is one.</summary>
    /// <param name="deadline">For the short lock.</param>
    /// <param name="token">The caller's.</param>
    public abstract bool TryTake(long deadline, CancellationToken token);

    /// <summary>Gives some.</summary>
    /// <returns>How many were available before.</returns>
    public abstract int Release(int count);

    /// <summary>Looks whether somebody died with permits, and watches the others.</summary>
    public abstract DeathWatch? Watch(long deadline, CancellationToken token);

    /// <summary>Before the object is closed.</summary>
    public abstract void Close();
}

/// <summary>One wait for a permit.</summary>
internal readonly struct PermitAttempt(SemaphoreWords words, long deadline, CancellationToken token) : IAttempt
{
    public bool TryTake() => words.TryTake(deadline, token);

    public DeathWatch? Watch() => words.Watch(deadline, token);
}
