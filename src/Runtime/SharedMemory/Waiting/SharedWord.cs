using Contracts.Ipc.Native;

namespace Contracts.Ipc.SharedMemory.Waiting;

/// <summary>
/// A word that processes change and sleep on. Bit 0 says that somebody may sleep; the rest belongs to the kind of object, which counts in units of
/// <see cref="Unit"/>.
/// </summary>
/// <remarks>
/// <para>Whoever is about to sleep sets bit 0 and sleeps on exactly that value; the kernel compares once more. Whoever changes the word looks at bit 0 in the same atomic
/// step: clear, and nobody can be asleep; set, and changing and waking are one system call. So there is no moment in which a kill could come between a
/// change and its wake, and no flag beside the word whose load would have to be fenced against the store of the word.</para>
/// <para>Everybody who sleeps is woken, which is one waiter for each process (<see cref="WaitingRoom"/>): a single one that is woken may be stopped or killed
/// before it has taken what it was woken for.</para>
/// </remarks>
internal readonly unsafe struct SharedWord(MappedMemory memory, byte* address)
{
    /// <summary>Bit 0.</summary>
    public const int Sleepers = 1;

    /// <summary>One, in what the kind counts.</summary>
    public const int Unit = 2;

    /// <summary>How many units <see cref="Publish"/> can add at once.</summary>
    public const int LargestStep = Futex.LargestAddend / Unit;

    private readonly int* _word = (int*)address;

    /// <summary>
    /// The word as it is. Acquire: pairs with <see cref="Publish"/> and <see cref="TryReplace"/> (both are full barriers), so that what was
    /// written before the change is visible after this.
    /// </summary>
    public int Value => Volatile.Read(ref *_word);

    /// <summary>Replaces the word if it still is <paramref name="seen"/>. A full barrier.</summary>
    public bool TryReplace(int seen, int value) => Interlocked.CompareExchange(ref *_word, value, seen) == seen;

    /// <summary>
    /// Adds and wakes those who sleep; bit 0 is clear afterwards. One at a time: others may meanwhile set bit 0 or take units away, nothing else.
    /// </summary>
    /// <param name="units">Up to <see cref="LargestStep"/>.</param>
    public void Publish(int units)
    {
        while (true)
        {
            int seen = Value;
            if ((seen & Sleepers) != 0)
            {
                // The kernel's change is atomic; what was written before it must not be seen after it, on any processor.
                Volatile.WriteBarrier();
                Futex.AddAndWake(_word, (units * Unit) - Sleepers);
                return;
            }

            if (TryReplace(seen, seen + (units * Unit)))
            {
                return;
            }
        }
    }

    /// <summary>Adds, by any number of threads at once, and wakes those who sleep. Bit 0 stays as it is: whoever slept clears it.</summary>
    /// <param name="units">Negative to take away.</param>
    public void Change(int units)
    {
        while (true)
        {
            int seen = Value;
            if ((seen & Sleepers) != 0)
            {
                Volatile.WriteBarrier();
                Futex.AddAndWake(_word, units * Unit);
                return;
            }

            if (TryReplace(seen, seen + (units * Unit)))
            {
                return;
            }
        }
    }

    /// <summary>Sets bits and wakes everybody. For those who have seen bit 0.</summary>
    public void SetAndWake(int bits)
    {
        Volatile.WriteBarrier();
        Futex.OrAndWake(_word, bits);
    }

    /// <summary>Adds without waking: only what nobody waits for.</summary>
    public void AddQuietly(int units) => Interlocked.Add(ref *_word, units * Unit);

    /// <summary>Clears bit 0. Only where the caller alone sleeps on this word.</summary>
    public void ClearSleepers() => Interlocked.And(ref *_word, ~Sleepers);

    /// <summary>Sets bit 0 if the word still is <paramref name="seen"/>.</summary>
    /// <param name="seen">What the caller saw when it found nothing to take; afterwards what it may sleep on.</param>
    public bool TryAnnounceSleeper(ref int seen)
    {
        if ((seen & Sleepers) == 0)
        {
            if (!TryReplace(seen, seen | Sleepers))
            {
                return false;
            }

            seen |= Sleepers;
        }

        return true;
    }

    /// <summary>See <see cref="WordWait.Block"/>.</summary>
    public WaitOutcome Block(int expected, long deadline, CancellationToken token, CancellationToken closing)
        => WordWait.Block(_word, expected, deadline, token, closing);

    /// <summary>See <see cref="WordWait.WaitAsync"/>.</summary>
    public Task<WaitOutcome> WaitAsync(int expected, long deadline, CancellationToken token, CancellationToken closing)
        => WordWait.WaitAsync(memory, _word, expected, deadline, token, closing);
}
