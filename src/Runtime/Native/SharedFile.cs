using System.Runtime.InteropServices;

namespace Contracts.Ipc.Native;

/// <summary>Files that live in memory: memfd_create(2) without a name, shm_open(3) with one, and what makes them safe to map.</summary>
internal static partial class SharedFile
{
    /// <summary>F_SEAL_SHRINK, F_SEAL_GROW and F_SEAL_SEAL: the size stays as it is for ever, and nobody can take that back.</summary>
    public const int FixedSize = 1 | 2 | 4;

    private const uint MemoryCloexec = 1;
    private const uint MemoryAllowSealing = 2;
    private const uint MemoryNotExecutable = 8;
    private const int AddSealsCommand = 1033;
    private const int GetSealsCommand = 1034;
    /// <summary>Where shm_open(3) of glibc and musl keeps its files, on every Linux.</summary>
    private const string Directory = "/dev/shm";

    private const int ReadWrite = 2;
    private const int Cloexec = 0x80000;
    private const int OwnerReadWrite = 0x180; // 0600
    private const int CurrentDirectory = -100;
    private const int FollowSymlinks = 0x400;

    // O_TMPFILE contains O_DIRECTORY, which is 040000 on Arm and 0200000 elsewhere.
    private static readonly int TemporaryFile =
        RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64 ? 0x404000 : 0x410000;

    /// <summary>A file without a name, gone with its last descriptor and mapping. It can be sealed.</summary>
    /// <param name="label">What /proc shows for it.</param>
    public static SafeDescriptor CreateAnonymous(string label)
    {
        // MFD_NOEXEC_SEAL exists since Linux 6.3; older kernels answer EINVAL to a flag that they do not know.
        int descriptor = MemoryFile(label, MemoryCloexec | MemoryAllowSealing | MemoryNotExecutable);
        if (descriptor < 0 && NativeError.Last == Errno.EINVAL)
        {
            descriptor = MemoryFile(label, MemoryCloexec | MemoryAllowSealing);
        }

        return new SafeDescriptor(NativeError.Check(descriptor, "memfd_create"));
    }

    /// <summary>Makes a file in <see cref="Directory"/> that has no name yet: O_TMPFILE of open(2). If this process dies before it publishes, nothing is left.</summary>
    /// <param name="permissions">The twelve permission bits, set as they are: the umask is not applied.</param>
    public static SafeDescriptor CreateUnpublished(int permissions)
    {
        SafeDescriptor file = new(NativeError.Check(Open(Directory, ReadWrite | TemporaryFile | Cloexec, OwnerReadWrite), $"open('{Directory}', O_TMPFILE)"));
        try
        {
            Files.ChangeMode(file, permissions);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Gives an unpublished file its name, in one step: nobody can ever open it half made, and of two makers one wins.
    /// </summary>
    /// <param name="file">From <see cref="CreateUnpublished"/>, with its contents complete.</param>
    /// <param name="name">As for shm_open(3): with its leading slash and no other.</param>
    /// <returns>False if the name is taken.</returns>
    public static bool TryPublish(SafeDescriptor file, string name)
    {
        // linkat with AT_EMPTY_PATH needs CAP_DAC_READ_SEARCH; by way of /proc everybody may.
        if (Link(CurrentDirectory, $"/proc/self/fd/{file.Number}", CurrentDirectory, Directory + name, FollowSymlinks) == 0)
        {
            return true;
        }

        return NativeError.Last == Errno.EEXIST ? false : throw new NativeException($"linkat('{Directory}{name}')", NativeError.Last);
    }

    /// <summary>Opens a named file for shared memory.</summary>
    /// <returns>Null if there is none of that name.</returns>
    public static SafeDescriptor? TryOpenNamed(string name, bool writable)
    {
        int descriptor = OpenNamed(name, writable ? ReadWrite : 0, 0);
        return descriptor < 0 && NativeError.Last == Errno.ENOENT
            ? null
            : new SafeDescriptor(NativeError.Check(descriptor, $"shm_open('{name}')"));
    }

    /// <summary>Removes the name; whoever has the file open or mapped keeps it.</summary>
    /// <returns>False if there was none of that name.</returns>
    public static bool TryUnlinkNamed(string name)
    {
        if (UnlinkNamed(name) == 0)
        {
            return true;
        }

        return NativeError.Last == Errno.ENOENT ? false : throw new NativeException($"shm_unlink('{name}')", NativeError.Last);
    }

    /// <summary>
    /// posix_fallocate(3): makes the file this long with every page in place. ftruncate would make a hole, and writing into it when memory has run out
    /// is a SIGBUS; this way it is an error here.
    /// </summary>
    /// <exception cref="NativeException">ENOSPC: /dev/shm or the memory limit of the container is used up.</exception>
    public static void Allocate(SafeDescriptor file, long length)
    {
        int error;
        do
        {
            error = AllocateCall(file, 0, length);
        }
        while (error == Errno.EINTR);

        // It returns the error number; errno is not set.
        if (error != 0)
        {
            throw new NativeException("posix_fallocate", error);
        }
    }

    /// <summary>Forbids for ever what <paramref name="seals"/> name.</summary>
    public static void Seal(SafeDescriptor file, int seals) => _ = NativeError.Check(Control(file, AddSealsCommand, seals), "fcntl(F_ADD_SEALS)");

    /// <summary>What has been forbidden; null if the file is of a kind that cannot be sealed.</summary>
    public static int? SealsOf(SafeDescriptor file)
    {
        int seals = Control(file, GetSealsCommand, 0);
        return seals >= 0 ? seals : NativeError.Last == Errno.EINVAL ? null : throw new NativeException("fcntl(F_GET_SEALS)", NativeError.Last);
    }

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MemoryFile(string label, uint flags);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, uint permissions);

    [LibraryImport("libc", EntryPoint = "linkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(int fromDirectory, string from, int toDirectory, string to, int flags);

    // shm_open sets O_CLOEXEC and O_NOFOLLOW itself. In libc itself since glibc 2.34 and always in musl.
    [LibraryImport("libc", EntryPoint = "shm_open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenNamed(string name, int flags, uint permissions);

    [LibraryImport("libc", EntryPoint = "shm_unlink", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int UnlinkNamed(string name);

    [LibraryImport("libc", EntryPoint = "posix_fallocate")]
    private static partial int AllocateCall(SafeDescriptor file, long offset, long length);

    // Variadic in C; on Linux a fixed integer argument travels in the same register (not so on macOS).
    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(SafeDescriptor file, int command, nint argument);
}
