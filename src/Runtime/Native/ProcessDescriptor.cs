using System.Runtime.InteropServices;

namespace Contracts.Ipc.Native;

/// <summary>A descriptor that stands for a process and becomes readable when it ends: pidfd_open(2), since Linux 5.3.</summary>
internal static unsafe partial class ProcessDescriptor
{
    // The same number on every architecture. Wrapped by libc only since glibc 2.36.
    private const nint Number = 434;

    /// <summary>Opens it; close-on-exec is set by the kernel.</summary>
    /// <param name="process">The process id.</param>
    /// <param name="isUnsupported">The kernel does not have this call.</param>
    /// <returns>Null if there is no such process, or if the call is not supported.</returns>
    public static SafeDescriptor? TryOpen(int process, out bool isUnsupported)
    {
        nint descriptor = Call(Number, process, 0);
        int error = descriptor < 0 ? NativeError.Last : 0;
        isUnsupported = error is Errno.ENOSYS or Errno.EPERM;
        return error switch
        {
            0 => new SafeDescriptor((int)descriptor),
            Errno.ESRCH or Errno.EINVAL or Errno.ENOSYS or Errno.EPERM => null,
            _ => throw new NativeException("pidfd_open", error),
        };
    }

    /// <summary>Whether every thread of the process has ended. It may still be there for its parent to ask for the exit code.</summary>
    public static bool HasEnded(SafeDescriptor process) => Poll.Readable(process.Number, -1, 0).First;

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Call(nint number, nint process, nint flags);
}
