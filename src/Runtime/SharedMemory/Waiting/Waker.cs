using Contracts.Ipc.Native;

namespace Contracts.Ipc.SharedMemory.Waiting;

/// <summary>A word of this process, through which a sleeping thread can be called away from the words of others.</summary>
/// <remarks>A thread sleeps on its waker and on the shared word at once. The word only ever grows, so that a call which comes before the sleep ends it as well.</remarks>
internal sealed unsafe class Waker
{
    [ThreadStatic]
    private static Waker? t_own;

    // Pinned, so that the kernel can be given its address; it lives as long as this object.
    private readonly int[] _word = GC.AllocateArray<int>(1, pinned: true);

    /// <summary>The waker of the calling thread. A thread sleeps in one place at a time, so one is enough.</summary>
    public static Waker OfThisThread => t_own ??= new Waker();

    /// <summary>For <see cref="FutexWord.Own"/>.</summary>
    public int* Word => (int*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref _word[0]);

    /// <summary>What the word is now. Read before looking at the reasons to stay awake.</summary>
    public int Calls => Volatile.Read(ref _word[0]);

    /// <summary>Ends the sleep of the thread, or the next one whose <see cref="Calls"/> was read before.</summary>
    public void Call()
    {
        _ = Interlocked.Increment(ref _word[0]);
        Futex.WakeOwn(Word);
        GC.KeepAlive(this);
    }
}
