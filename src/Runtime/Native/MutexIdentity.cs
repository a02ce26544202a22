using System.Globalization;
using System.Runtime.InteropServices;

namespace Contracts.Ipc.Native;

/// <summary>
/// What two processes must have in common to share a pthread mutex: the C library, since each lays it out in its own way, and the pid namespace, since the
/// mutex names its holder by a thread id that means another thread elsewhere.
/// </summary>
/// <param name="Libc">The C library, numbered as in the headers of shared objects: 1 glibc, 2 musl.</param>
/// <param name="MutexSize">sizeof(pthread_mutex_t).</param>
/// <param name="PidNamespace">The inode of /proc/self/ns/pid; zero where /proc does not tell.</param>
internal readonly partial record struct MutexIdentity(uint Libc, uint MutexSize, ulong PidNamespace)
{
    private const uint Glibc = 1;
    private const uint Musl = 2;

    /// <summary>This process's.</summary>
    public static MutexIdentity Own { get; } = FindOwn();

    /// <summary>The C library in words.</summary>
    public string LibcName => Libc switch
    {
        Glibc => "glibc",
        Musl => "musl",
        _ => $"the C library number {Libc}",
    };

    private static MutexIdentity FindOwn()
    {
        uint libc = FindLibc();
        return new MutexIdentity(libc, libc == Glibc && RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 48u : 40u, FindPidNamespace());
    }

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
