using System.Runtime.CompilerServices;
using Contracts.Ipc.Native;

namespace Contracts.Ipc.SharedMemory.Segments;

/// <summary>
/// Two copies of a value and one word that says which of them is current: a sequence lock whose readers never wait for a writer, be it slow, stopped or
/// dead. The word is <c>version * 4 + preparing * 2 + sleepers</c>; the current value is in cell <c>version &amp; 1</c>.
/// </summary>
/// <remarks>
/// <para>A writer, holding the mutex, sets "preparing", writes the next value into the cell that is not current, and publishes it by counting the version
/// up, which clears both bits. A reader copies the current cell and looks at the word again: its copy is whole unless the version after the next
/// was being prepared by then, for only that one is written over what was read. The word never goes back; "preparing" stays set when a preparation is
/// given up or its writer dies, which harms nobody.</para>
/// <para>Who wants to sleep until the version changes sets "sleepers" and sleeps on the lower half of the word (futexes have 32 bits). A publisher that
/// finds the bit set counts up and wakes in one system call, so that a kill cannot come between the two. Nobody sleeps, nobody pays.</para>
/// </remarks>
internal readonly unsafe struct SequenceLatch(ulong* word, byte* cells, nint stride)
{
    private const ulong Sleepers = 1;
    private const ulong Preparing = 2;
    private const int VersionShift = 2;

    // A reader of version v (word 4v) has a whole copy while version v + 2 is not being prepared, that is until the word reaches 4(v + 1) + 2.
    private const ulong WholeUntil = (1 << VersionShift) + Preparing;

    /// <summary>The lower half of the word, on which sleepers sleep. All machines of this format are little-endian.</summary>
    public int* FutexWord => (int*)word;

    /// <summary>How often a value was published.</summary>
    public long Version => (long)(Volatile.Read(ref *word) >> VersionShift);

    /// <summary>Whether the cell that is not current may differ from the current one, because a preparation was given up or is under way.</summary>
    public bool IsPreparing => (Volatile.Read(ref *word) & Preparing) != 0;

    /// <summary>Copies the current value.</summary>
    /// <returns>False if writers published and began again meanwhile, so that the copy may be torn: try again.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryCopy<T>(out T value, out long version)
        where T : unmanaged
    {
        // Acquire: pairs with the publication in Publish. Who sees a version sees the value that was prepared for it.
        ulong before = Volatile.Read(ref *word) >> VersionShift;
        value = Unsafe.Read<T>(cells + ((nint)(before & 1) * stride));

        // The copy above must not pass the load below. Pairs with the full fence in Prepare: who sees anything of version v + 2 in the cell sees
        // its mark in the word as well.
        Volatile.ReadBarrier();
        version = (long)before;
        return IsWhole(before, Volatile.Read(ref *word));
    }

    /// <summary>Whether a copy that was begun with one version is whole when the word has got so far.</summary>
    public static bool IsWhole(ulong version, ulong wordAfterwards) => wordAfterwards - (version << VersionShift) < WholeUntil;

    /// <summary>The current cell. Whoever holds the mutex may look at it in place: nobody else can publish.</summary>
    public byte* Current => cells + ((nint)((*word >> VersionShift) & 1) * stride);

    /// <summary>The other cell, in which the next value is prepared. Only with the mutex held.</summary>
    public byte* Next => cells + ((nint)(((*word >> VersionShift) + 1) & 1) * stride);

    /// <summary>Marks that <see cref="Next"/> will be written. Before the first byte.</summary>
    public void Prepare()
    {
        if ((*word & Preparing) == 0)
        {
            // A full fence: the mark must be visible before anything that is written to the cell afterwards.
            _ = Interlocked.Or(ref *word, Preparing);
        }
    }

    /// <summary>Makes <see cref="Next"/> the current value and wakes who sleeps. With the mutex held, after <see cref="Prepare"/>.</summary>
    public void Publish()
    {
        // Release and acquire at once: pairs with the first load in TryCopy.
        ulong prepared = *word;
        ulong next = ((prepared >> VersionShift) + 1) << VersionShift;
        if ((prepared & Sleepers) == 0 && Interlocked.CompareExchange(ref *word, next, prepared) == prepared)
        {
            return;
        }

        // From here on "sleepers" is set, and only publishers clear it, of which there is one: preparing + sleepers + 1 is the next version.
        prepared |= Sleepers;
        if ((uint)prepared != uint.MaxValue)
        {
            Futex.AddAndWake(FutexWord, 1);
            return;
        }

        // Once in 2^30 versions the addition has to carry into the upper half, which the kernel cannot do.
        _ = Interlocked.Exchange(ref *word, next);
        _ = Futex.Wake(FutexWord, int.MaxValue);
    }

    /// <summary>Announces a sleeper, and says on what to sleep.</summary>
    /// <param name="version">What the sleeper knows.</param>
    /// <param name="expected">The value of <see cref="FutexWord"/> to sleep on.</param>
    /// <returns>False if the version is another one already.</returns>
    public bool TryAnnounceSleeper(long version, out int expected)
    {
        while (true)
        {
            ulong now = Volatile.Read(ref *word);
            expected = (int)(now | Sleepers);
            if ((long)(now >> VersionShift) != version)
            {
                return false;
            }

            if ((now & Sleepers) != 0 || Interlocked.CompareExchange(ref *word, now | Sleepers, now) == now)
            {
                return true;
            }
        }
    }
}
