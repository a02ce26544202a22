using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Contracts.Ipc.Benchmarks;

/// <summary>
/// On which processor a process runs. A child inherits the mask of the thread that starts it, so every thread of the child has it from its
/// first instruction, those of the runtime included.
/// </summary>
internal static partial class Affinity
{
    /// <summary>Runs <paramref name="action"/> while the calling thread is bound to one processor.</summary>
    public static T On<T>(int processor, Func<T> action)
    {
        ulong before = 0;
        Check(GetAffinity(0, sizeof(ulong), ref before) < 0);
        ulong wanted = 1UL << processor;
        Check(SetAffinity(0, sizeof(ulong), in wanted) != 0);
        try
        {
            return action();
        }
        finally
        {
            _ = SetAffinity(0, sizeof(ulong), in before);
        }
    }

    private static void Check(bool failed)
    {
        if (failed)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    [LibraryImport("libc", EntryPoint = "sched_getaffinity", SetLastError = true)]
    private static partial int GetAffinity(int thread, nuint size, ref ulong mask);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static partial int SetAffinity(int thread, nuint size, in ulong mask);
}
