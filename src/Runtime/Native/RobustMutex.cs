using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Contracts.Ipc.Native;

/// <summary>
/// A pthread mutex in shared memory: process-shared, robust, and of the error-checking type. pthread_mutexattr_setrobust(3).
/// </summary>
/// <remarks>
/// <para>The kernel keeps a list of the robust mutexes that a thread holds and marks them when the thread ends, however it ends; the next locker
/// gets EOWNERDEAD. It is the thread that counts, not the process: lock and unlock must happen on one thread, with no await between them. A
/// holder that is merely stopped is never reported, so every lock has a deadline.</para>
/// <para>The mutex contains pointers into its holder's address space, through which an unlock writes. Whoever can write this memory can therefore
/// write the memory of the process that unlocks: only between processes of one user, in one pid namespace, with one libc.</para>
/// <para>SuppressGCTransition is left off, except for the attempt that cannot sleep: a collection would wait as long as the sleeper.</para>
/// </remarks>
internal static unsafe partial class RobustMutex
{
    /// <summary>Room for the mutex of every libc that .NET runs on (glibc: 40 bytes, 48 on Arm; musl: 40), a cache line of its own.</summary>
    public const int ReservedSize = 64;

    private const int ProcessShared = 1;
    private const int Robust = 1;
    private const int ErrorCheck = 2;
    private const int Monotonic = 1;

    private static bool s_hasClockLock = true;

    /// <summary>Makes the mutex in memory that nobody uses yet. Where one was before, it must be unused for good.</summary>
    public static void Initialize(byte* mutex)
    {
        // pthread_mutexattr_t has 4 bytes, 8 on Arm.
        long* attributes = stackalloc long[8];
        Check(InitializeAttributes(attributes), "pthread_mutexattr_init");
        Check(SetProcessShared(attributes, ProcessShared), "pthread_mutexattr_setpshared");
        Check(SetRobust(attributes, Robust), "pthread_mutexattr_setrobust");
        Check(SetType(attributes, ErrorCheck), "pthread_mutexattr_settype");
        Check(InitializeMutex(mutex, attributes), "pthread_mutex_init");
        _ = DestroyAttributes(attributes);
    }

    /// <summary>Waits for the mutex as long as it takes. Only where no holder can be stopped or hang: prefer the form with a deadline.</summary>
    public static MutexState Lock(byte* mutex) => StateOf(LockCall(mutex), "pthread_mutex_lock");

    /// <summary>Takes the mutex if it is free.</summary>
    public static MutexState TryLock(byte* mutex) => StateOf(TryLockCall(mutex), "pthread_mutex_trylock");

    /// <summary>Waits for the mutex.</summary>
    /// <param name="mutex">The mutex.</param>
    /// <param name="deadline">Until when, in nanoseconds as <see cref="Stopwatch.GetTimestamp"/> counts them, which on Linux is CLOCK_MONOTONIC.</param>
    public static MutexState Lock(byte* mutex, long deadline)
    {
        if (Volatile.Read(ref s_hasClockLock))
        {
            try
            {
                TimeSpecification until = new(deadline);
                return StateOf(ClockLock(mutex, Monotonic, &until), "pthread_mutex_clocklock");
            }
            catch (EntryPointNotFoundException)
            {
                // musl, and glibc before 2.30.
                Volatile.Write(ref s_hasClockLock, false);
            }
        }

        return LockByWallClock(mutex, deadline);
    }

    /// <summary>
    /// Says that the data which the mutex guards are in order again, after <see cref="MutexState.OwnerDied"/>. Unlocking without it makes the mutex
    /// unusable for ever.
    /// </summary>
    public static void MarkConsistent(byte* mutex) => Check(Consistent(mutex), "pthread_mutex_consistent");

    /// <summary>Gives the mutex back. On the thread that took it.</summary>
    public static void Unlock(byte* mutex) => Check(UnlockCall(mutex), "pthread_mutex_unlock");

    // CLOCK_REALTIME can be set meanwhile, so the deadline is looked at again after each wait.
    private static MutexState LockByWallClock(byte* mutex, long deadline)
    {
        while (true)
        {
            long left = deadline - Stopwatch.GetTimestamp();
            long wallClock = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
            TimeSpecification until = new(wallClock + Math.Max(left, 0));
            MutexState state = StateOf(TimedLock(mutex, &until), "pthread_mutex_timedlock");
            if (state != MutexState.TimedOut || Stopwatch.GetTimestamp() >= deadline)
            {
                return state;
            }
        }
    }

    private static MutexState StateOf(int error, string call) => error switch
    {
        0 => MutexState.Taken,
        Errno.EOWNERDEAD => MutexState.OwnerDied,
        Errno.EBUSY => MutexState.Busy,
        Errno.ETIMEDOUT => MutexState.TimedOut,
        Errno.ENOTRECOVERABLE => MutexState.Unusable,
        Errno.EDEADLK => MutexState.HeldByThisThread,
        _ => throw new NativeException(call, error),
    };

    // These calls return the error number; errno is not set.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Check(int error, string call)
    {
        if (error != 0)
        {
            throw new NativeException(call, error);
        }
    }

    [LibraryImport("libc", EntryPoint = "pthread_mutexattr_init")]
    private static partial int InitializeAttributes(long* attributes);

    [LibraryImport("libc", EntryPoint = "pthread_mutexattr_setpshared")]
    private static partial int SetProcessShared(long* attributes, int value);

    [LibraryImport("libc", EntryPoint = "pthread_mutexattr_setrobust")]
    private static partial int SetRobust(long* attributes, int value);

    [LibraryImport("libc", EntryPoint = "pthread_mutexattr_settype")]
    private static partial int SetType(long* attributes, int value);

    [LibraryImport("libc", EntryPoint = "pthread_mutexattr_destroy")]
    private static partial int DestroyAttributes(long* attributes);

    [LibraryImport("libc", EntryPoint = "pthread_mutex_init")]
    private static partial int InitializeMutex(byte* mutex, long* attributes);

    [LibraryImport("libc", EntryPoint = "pthread_mutex_lock")]
    private static partial int LockCall(byte* mutex);

    // The one call here that never sleeps and makes no system call: a compare-and-swap and a few stores.
    [SuppressGCTransition]
    [LibraryImport("libc", EntryPoint = "pthread_mutex_trylock")]
    private static partial int TryLockCall(byte* mutex);

    [LibraryImport("libc", EntryPoint = "pthread_mutex_clocklock")]
    private static partial int ClockLock(byte* mutex, int clock, TimeSpecification* until);

    [LibraryImport("libc", EntryPoint = "pthread_mutex_timedlock")]
    private static partial int TimedLock(byte* mutex, TimeSpecification* until);

    [LibraryImport("libc", EntryPoint = "pthread_mutex_consistent")]
    private static partial int Consistent(byte* mutex);

    [LibraryImport("libc", EntryPoint = "pthread_mutex_unlock")]
    private static partial int UnlockCall(byte* mutex);
}

/// <summary>How an attempt to take a <see cref="RobustMutex"/> ended.</summary>
internal enum MutexState
{
    /// <summary>The caller holds it.</summary>
    Taken,

    /// <summary>
    /// The caller holds it, and its last holder ended without giving it back: repair what it guards, then <see cref="RobustMutex.MarkConsistent"/>.
    /// </summary>
    OwnerDied,

    /// <summary>Somebody else holds it.</summary>
    Busy,

    /// <summary>The deadline passed; somebody else holds it.</summary>
    TimedOut,

    /// <summary>A holder died and the next one gave it back without repair: it cannot be taken any more.</summary>
    Unusable,

    /// <summary>The calling thread holds it already.</summary>
    HeldByThisThread,
}
