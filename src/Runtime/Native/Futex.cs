using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Contracts.Ipc.Native;

/// <summary>Sleeping until a word of shared memory changes: futex(2). Linux only.</summary>
/// <remarks>
/// <para>Without FUTEX_PRIVATE_FLAG: the word is found by file and offset, so that every process which has mapped it is woken. A mapping for reading is
/// enough to wait.</para>
/// <para>Never with SuppressGCTransition: a collection would wait as long as the sleeper.</para>
/// </remarks>
internal static unsafe partial class Futex
{
    private const int WaitBitset = 9;
    private const int WakeOperation = 1;
    private const int WakeAfterOperation = 5;
    private const int Private = 128;
    private const uint Add = 1u << 28;
    private const uint Or = 2u << 28;
    private const int OperandShift = 12;
    private const uint OperandMask = 0xFFF;
    private const uint AnyBit = uint.MaxValue;

    /// <summary>The largest number that <see cref="AddAndWake"/> takes.</summary>
    public const int LargestAddend = 2047;

    // x86-64 has a table of its own; all later 64-bit architectures share one.
    private static readonly nint Number = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 202 : 98;

    /// <summary>
    /// Sleeps as long as the word is <paramref name="expected"/>. It may also return early, for no reason or for a signal that the runtime uses
    /// to stop threads for a collection: callers look at the word again.
    /// </summary>
    /// <param name="word">The word, aligned to 4 bytes.</param>
    /// <param name="expected">What it is while there is something to wait for. The kernel compares and sleeps in one step.</param>
    /// <param name="deadline">Until when, in nanoseconds as <see cref="Stopwatch.GetTimestamp"/> counts them; <see cref="long.MaxValue"/> for ever.</param>
    /// <returns>False when the deadline passed.</returns>
    public static bool Wait(int* word, int expected, long deadline)
    {
        // FUTEX_WAIT_BITSET takes the absolute time of CLOCK_MONOTONIC: nothing to compute anew after an interruption.
        TimeSpecification until = new(deadline);
        if (Call(Number, word, WaitBitset, expected, deadline == long.MaxValue ? null : &until, null, AnyBit) == 0)
        {
            return true;
        }

        return NativeError.Last switch
        {
            Errno.EAGAIN or Errno.EINTR => true,
            Errno.ETIMEDOUT => false,
            int error => throw new NativeException("futex(FUTEX_WAIT_BITSET)", error),
        };
    }

    /// <summary>Wakes at most so many of those that sleep on the word.</summary>
    /// <returns>How many were woken.</returns>
    public static int Wake(int* word, int count) =>
        NativeError.Check((int)Call(Number, word, WakeOperation, count, null, null, 0), "futex(FUTEX_WAKE)");

    /// <summary>Wakes everybody who sleeps on a word of this process alone (<see cref="FutexWord.Own"/>): cheaper, but no other process is found this way.</summary>
    public static void WakeOwn(int* word) =>
        _ = NativeError.Check((int)Call(Number, word, WakeOperation | Private, int.MaxValue, null, null, 0), "futex(FUTEX_WAKE_PRIVATE)");

    /// <summary>
    /// Adds to the word and wakes everybody who sleeps on it, in one system call (FUTEX_WAKE_OP): a process that is killed has either done both or
    /// nothing. A store that is followed by a wake leaves sleepers behind if the kill comes between the two.
    /// </summary>
    /// <param name="word">The word, aligned to 4 bytes.</param>
    /// <param name="addend">From -2048 to <see cref="LargestAddend"/>: the kernel takes twelve bits.</param>
    public static void AddAndWake(int* word, int addend) => ChangeAndWake(word, Add | (((uint)addend & OperandMask) << OperandShift));

    /// <summary>Sets bits of the word and wakes everybody who sleeps on it, in one system call. See <see cref="AddAndWake"/>.</summary>
    /// <param name="word">The word, aligned to 4 bytes.</param>
    /// <param name="bits">Up to <see cref="LargestAddend"/>.</param>
    public static void OrAndWake(int* word, int bits) => ChangeAndWake(word, Or | (((uint)bits & OperandMask) << OperandShift));

    // One address for both roles: the word that is changed and the word whose sleepers are woken. The change is a full barrier.
    private static void ChangeAndWake(int* word, uint operation) =>
        _ = NativeError.Check((int)Call(Number, word, WakeAfterOperation, int.MaxValue, null, word, operation), "futex(FUTEX_WAKE_OP)");

    // syscall(2) is variadic in C; on Linux its integer arguments travel in the same registers as fixed ones.
    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Call(nint number, int* word, int operation, int value, TimeSpecification* until, int* secondWord, uint bits);
}
