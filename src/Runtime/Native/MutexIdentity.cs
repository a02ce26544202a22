using System.Globalization;
using System.Runtime.InteropServices;

namespace Contracts.Ipc.Native;

/// <summary>
/// What about this process decides whether it may use a mutex that another process made: the library that implements it, and the
/// namespace in which its holder's number means something.
/// </summary>
internal static partial class MutexIdentity
{
    public const uint Glibc = 1;
    public const uint Musl = 2;

    /// <summary>Whose pthread functions this process calls.</summary>
    public static uint Libc { get; } = FindLibc();

    /// <summary>sizeof(pthread_mutex_t).</summary>
    public static uint MutexSize { get; } =
        Libc == Glibc && RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 48u : 40u;

    /// <summary>The inode of the pid namespace; zero where /proc does not tell.</summary>
    public static ulong PidNamespace { get; } = FindPidNamespace();

    public static string LibcInWords(uint libc) => libc switch
    {
        Glibc => "glibc",
        Musl => "musl",
        _ => $"the C library number {libc}",
    };

    private static uint FindLibc()
    {
        try
        {
            _ = GnuVersion();
            return Glibc;
        }
        catch (EntryPointNotFoundException)
        {
            return Musl;
        }
    }

    private static ulong FindPidNamespace()
    {
        try
        {
            // The link reads "pid:[4026531836]".
            string target = new FileInfo("/proc/self/ns/pid").LinkTarget ?? "";
            return target.Length > 6 && ulong.TryParse(target.AsSpan(5, target.Length - 6), CultureInfo.InvariantCulture, out ulong inode) ? inode : 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    [LibraryImport("libc", EntryPoint = "gnu_get_libc_version")]
    private static partial nint GnuVersion();
}
