using System.Runtime.InteropServices;

namespace Contracts.Ipc.Native;

/// <summary>A descriptor that stands for a process and becomes readable when it ends: pidfd_open(2), since Linux 5.3.</summary>
internal static unsafe partial class ProcessDescriptor
{
    // The same number on every architecture. Wrapped by libc only since glibc 2.36.
    private const nint Number = 434;

    /// <summary>False where the kernel does not have this call. Tests set it.</summary>
    internal static bool IsSupported { get; set; } = true;

    /// <summary>Opens it; close-on-exec is set by the kernel.</summary>
    /// <param name="process">The process id.</param>
    /// <param name="isUnknown">The kernel does not have this call, or no descriptor is left.</param>
    /// <returns>Null if there is no such process, or if that is unknown.</returns>
    public static SafeDescriptor? TryOpen(int process, out bool isUnknown)
    {
        if (!IsSupported)
        {
            isUnknown = true;
            return null;
        }

        nint descriptor = Call(Number, process, 0);
        int error = descriptor < 0 ? NativeError.Last : 0;
        isUnknown = error is Errno.ENOSYS or Errno.EPERM or Errno.EMFILE or Errno.ENFILE or Errno.ENOMEM;
        return error switch
        {
            0 => new SafeDescriptor((int)descriptor),
            Errno.ESRCH or Errno.EINVAL => null,
            _ when isUnknown => null,
            _ => throw new NativeException("pidfd_open", error),
        };
    }

    /// <summary>Whether every thread of the process has ended. It may still be there for its parent to ask for the exit code.</summary>
    public static bool HasEnded(SafeDescriptor process) => Poll.Readable(process.Number, -1, 0).First;

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Call(nint number, nint process, nint flags);
}
