using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Contracts.Ipc.Native;

/// <summary>Sleeping until one of many words changes: futex_waitv(2), since Linux 5.16. It has no wrapper in libc.</summary>
/// <remarks>Never with SuppressGCTransition: it sleeps.</remarks>
internal static unsafe partial class FutexVector
{
    /// <summary>How many words one call takes: FUTEX_WAITV_MAX.</summary>
    public const int MaximumWords = 128;

    // The same number on every architecture.
    private const nint Number = 449;
    private const int Monotonic = 1;

    private static bool s_isSupported = true;

    /// <summary>False once the kernel, or a filter of system calls in front of it, has said that it does not have this call. Tests set it.</summary>
    internal static bool IsSupported
    {
        get => Volatile.Read(ref s_isSupported);
        set => Volatile.Write(ref s_isSupported, value);
    }

    /// <summary>
    /// Sleeps as long as every word has the value that is expected of it. Like <see cref="Futex.Wait"/> it may return early for no reason.
    /// </summary>
    /// <param name="words">At most <see cref="MaximumWords"/>.</param>
    /// <param name="count">How many.</param>
    /// <param name="deadline">Until when, in nanoseconds as <see cref="Stopwatch.GetTimestamp"/> counts them; <see cref="long.MaxValue"/> for ever.</param>
    /// <returns>How it ended. After <see cref="VectorWait.Unsupported"/>, <see cref="IsSupported"/> is false.</returns>
    public static VectorWait Wait(FutexWord* words, int count, long deadline)
    {
        if (!IsSupported)
        {
            return VectorWait.Unsupported;
        }

        TimeSpecification until = new(deadline);
        if (Call(Number, words, (uint)count, 0, deadline == long.MaxValue ? null : &until, Monotonic) >= 0)
        {
            return VectorWait.Woken;
        }

        switch (NativeError.Last)
        {
            case Errno.EAGAIN or Errno.EINTR:
                return VectorWait.Woken;
            case Errno.ETIMEDOUT:
                return VectorWait.TimedOut;
            case Errno.ENOSYS or Errno.EPERM:
                // EPERM: filters of older container runtimes answer that to calls that they do not know.
                IsSupported = false;
                return VectorWait.Unsupported;
            case int error:
                throw new NativeException("futex_waitv", error);
        }
    }

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Call(nint number, FutexWord* words, uint count, uint flags, TimeSpecification* until, int clock);
}

/// <summary>How a <see cref="FutexVector"/> wait ended.</summary>
internal enum VectorWait
{
    /// <summary>A word changed or was woken, or nothing happened: look.</summary>
    Woken,

    /// <summary>The deadline passed.</summary>
    TimedOut,

    /// <summary>This system has no futex_waitv.</summary>
    Unsupported,
}

/// <summary>struct futex_waitv: one word and what it is while there is something to wait for.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct FutexWord
{
    private const uint Size32 = 2;
    private const uint Private = 128;

    private readonly ulong _expected;
    private readonly ulong _address;
    private readonly uint _flags;
    private readonly uint _reserved;

    private FutexWord(int* word, int expected, uint flags)
    {
        _expected = (uint)expected;
        _address = (ulong)word;
        _flags = flags;
        _reserved = 0;
    }

    /// <summary>A word that other processes change.</summary>
    public static FutexWord Shared(int* word, int expected) => new(word, expected, Size32);

    /// <summary>A word of this process alone.</summary>
    public static FutexWord Own(int* word, int expected) => new(word, expected, Size32 | Private);
}
