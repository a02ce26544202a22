using Mono.Unix.Native;

namespace Contracts.Ipc.Native;

/// <summary>The calls for which Mono.Posix.NETStandard is used: set-up of FIFOs.</summary>
/// <remarks>The package brings a native library for glibc on x64, x86, arm and arm64. Where that cannot be loaded (musl), the error says so; nothing else depends on it.</remarks>
internal static class PosixHelper
{
    private const int OwnerReadWrite = 0x180; // 0600

    /// <summary>mkfifo(3), mode 0600 whatever the umask leaves of it.</summary>
    /// <exception cref="NativeException">Something is there already (EEXIST), or it cannot be made.</exception>
    public static void MakeFifo(string path)
    {
        try
        {
            _ = NativeError.Check(Syscall.mkfifo(path, FilePermissions.S_IRUSR | FilePermissions.S_IWUSR), $"mkfifo('{path}')");

            // A umask that takes away even the owner's rights is the one case in which more is to be done.
            if (Files.Status(path) is { Kind: FileKind.Fifo, Permissions: not OwnerReadWrite })
            {
                _ = NativeError.Check(Syscall.chmod(path, FilePermissions.S_IRUSR | FilePermissions.S_IWUSR), $"chmod('{path}')");
            }
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException or TypeInitializationException)
        {
            throw new PosixHelperException(error);
        }
    }
}

/// <summary>The native part of Mono.Posix.NETStandard is not there.</summary>
internal sealed class PosixHelperException(Exception cause) : IOException(
    "libMonoPosixHelper, the native part of the package Mono.Posix.NETStandard, cannot be loaded. It exists for glibc on x64, x86, arm and arm64, not for musl; "
    + "unix: and shm: do not need it", cause);
