using System.Globalization;
using System.Runtime.InteropServices;

namespace Contracts.Ipc.Native;

/// <summary>For what a <see cref="StreamFile"/> is opened.</summary>
internal enum StreamAccess
{
    Read = 0,
    Write = 1,
    ReadWrite = 2,
}

/// <summary>Opening FIFOs and devices so that neither the call nor what follows ever waits: open(2) with O_NONBLOCK.</summary>
internal static partial class StreamFile
{
    private const int NoControllingTerminal = 0x100;
    private const int NonBlocking = 0x800;
    private const int Cloexec = 0x80000;
    private const int SetPipeSize = 1031;
    private const int GetPipeSize = 1032;

    private static readonly int NoFollow =
        RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64 ? 0x8000 : 0x20000;

    // What an unprivileged process may ask for; the kernel's default where /proc does not tell.
    private static readonly Lazy<int> MaximumCapacity = new(static () =>
    {
        try
        {
            return int.Parse(File.ReadAllText("/proc/sys/fs/pipe-max-size"), CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            return 1 << 20;
        }
    });

    /// <summary>Opens a file that is there. A terminal does not become the process's controlling one.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="access">For what.</param>
    /// <param name="followLink">Whether a symbolic link at the end of the path is followed; else it is an error (ELOOP).</param>
    /// <param name="error">The error number, or 0. ENXIO: a FIFO opened for writing that nobody reads, or a device that is not there.</param>
    public static SafeDescriptor? TryOpen(string path, StreamAccess access, bool followLink, out int error)
    {
        int flags = (int)access | NonBlocking | Cloexec | NoControllingTerminal | (followLink ? 0 : NoFollow);
        int descriptor;
        do
        {
            descriptor = Open(path, flags, 0);
            error = descriptor < 0 ? NativeError.Last : 0;
        }
        while (error == Errno.EINTR);

        return descriptor < 0 ? null : new SafeDescriptor(descriptor);
    }

    /// <summary>Raises what a pipe holds before it is full, as far as the system allows.</summary>
    public static void RaiseCapacity(SafeDescriptor pipe, int wanted)
    {
        wanted = Math.Min(wanted, MaximumCapacity.Value);
        if (Control(pipe, GetPipeSize, 0) < wanted)
        {
            // EPERM: this user's pipes hold as many pages as they may. The pipe works, and is full sooner.
            _ = Control(pipe, SetPipeSize, wanted);
        }
    }

    /// <summary>How much a pipe holds.</summary>
    public static int CapacityOf(SafeDescriptor pipe) => NativeError.Check(Control(pipe, GetPipeSize, 0), "fcntl(F_GETPIPE_SZ)");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, int permissions);

    // Variadic in C; on Linux a fixed integer argument travels in the same register (not so on macOS).
    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(SafeDescriptor file, int command, nint argument);
}
