using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Contracts.Ipc.Tests;

/// <summary>
/// Raises the limit of POSIX queue bytes where this process may: the limit is the user's, and several test programs of one user run at once. Tests of the limit
/// itself set it for their children.
/// </summary>
internal static unsafe partial class QueueLimit
{
    private const int QueueBytes = 12;

    [ModuleInitializer]
    internal static void Raise()
    {
        if (OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess)
        {
            nuint* limits = stackalloc nuint[2] { 64 << 20, 64 << 20 };
            _ = SetLimit(QueueBytes, limits);
        }
    }

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, nuint* limits);
}
