using System.Runtime.InteropServices;

namespace Contracts.Ipc.Native;

/// <summary>What kind of thing a path names.</summary>
internal enum FileKind
{
    Other = 0,
    Fifo = 0x1000,
    CharacterDevice = 0x2000,
    Directory = 0x4000,
    Regular = 0x8000,
    SymbolicLink = 0xA000,
    Socket = 0xC000,
}

/// <summary>Who owns a file, who may use it, and which one it is.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Permissions">The twelve permission bits.</param>
/// <param name="UserId">Its owner.</param>
/// <param name="Device">With <paramref name="Inode"/>: its identity.</param>
/// <param name="Inode">With <paramref name="Device"/>: its identity.</param>
/// <param name="Length">How many bytes it has.</param>
internal readonly record struct FileStatus(FileKind Kind, int Permissions, uint UserId, ulong Device, ulong Inode, ulong Length)
{
    /// <summary>Whether both are the same object, whatever happened to their names.</summary>
    public bool IsSameFileAs(FileStatus other) => Inode == other.Inode && Device == other.Device;
}

/// <summary>The calls on files, directories and users that .NET lacks, or makes follow symbolic links.</summary>
internal static unsafe partial class Files
{
    private const int ReadWrite = 2;
    private const int Create = 0x40;
    private const int NonBlocking = 0x800;
    private const int Cloexec = 0x80000;
    private const int CurrentDirectory = -100;
    private const int SymlinkNoFollow = 0x100;
    private const int EmptyPath = 0x1000;
    private const uint BasicStats = 0x7ff;
    private const int LockExclusive = 2;
    private const int LockNonBlocking = 4;

    // O_NOFOLLOW is 0100000 on Arm and 0400000 elsewhere, O_DIRECTORY 040000 and 0200000; the other flags above are the same everywhere that .NET runs.
    private static readonly int NoFollow =
        RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64 ? 0x8000 : 0x20000;

    private static readonly int DirectoryOnly =
        RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64 ? 0x4000 : 0x10000;

    /// <summary>The effective user id: whom the kernel asks about.</summary>
    public static uint EffectiveUserId => GetEffectiveUserId();

    /// <summary>What a path names, itself and not what a link points to; null if nothing is there.</summary>
    public static FileStatus? Status(string path)
    {
        StatX status;
        if (StatXCall(CurrentDirectory, path, SymlinkNoFollow, BasicStats, &status) == 0)
        {
            return status.ToStatus();
        }

        return NativeError.Last is Errno.ENOENT or Errno.ENOTDIR ? null : throw new NativeException($"statx('{path}')", NativeError.Last);
    }

    /// <summary>What a descriptor is open on.</summary>
    public static FileStatus Status(SafeDescriptor descriptor)
    {
        StatX status;
        _ = NativeError.Check(StatXCall(descriptor, "", EmptyPath, BasicStats, &status), "statx");
        return status.ToStatus();
    }

    /// <summary>What a number stands for; null if for nothing.</summary>
    public static FileStatus? TryStatus(int descriptor)
    {
        StatX status;
        return StatXCall(descriptor, "", EmptyPath, BasicStats, &status) == 0 ? status.ToStatus() : null;
    }

    /// <summary>mkdir(2); false if something is there already.</summary>
    public static bool TryMakeDirectory(string path, int permissions)
    {
        if (MakeDirectory(path, permissions) == 0)
        {
            return true;
        }

        return NativeError.Last == Errno.EEXIST ? false : throw new NativeException($"mkdir('{path}')", NativeError.Last);
    }

    /// <summary>Opens or makes a file that nobody else may read; a symbolic link in its place is an error (ELOOP).</summary>
    public static SafeDescriptor OpenPrivate(string path)
    {
        int descriptor;
        do
        {
            descriptor = Open(path, ReadWrite | Create | Cloexec | NoFollow, 0x180 /* 0600 */);
        }
        while (descriptor < 0 && NativeError.Last == Errno.EINTR);

        return new SafeDescriptor(NativeError.Check(descriptor, $"open('{path}')"));
    }

    /// <summary>Opens a file for reading and writing, without making one and without waiting for anybody; a symbolic link is an error (ELOOP).</summary>
    /// <returns>Null if nothing is there.</returns>
    public static SafeDescriptor? TryOpen(string path)
    {
        int descriptor = Open(path, ReadWrite | NonBlocking | Cloexec | NoFollow, 0);
        return descriptor < 0 && NativeError.Last is (Errno.ENOENT or Errno.ENOTDIR)
            ? null
            : new SafeDescriptor(NativeError.Check(descriptor, $"open('{path}')"));
    }

    /// <summary>Opens a directory, to lock it.</summary>
    public static SafeDescriptor OpenDirectory(string path) =>
        new(NativeError.Check(Open(path, DirectoryOnly | Cloexec | NoFollow, 0), $"open('{path}')"));

    /// <summary>flock(2), exclusive, without waiting. The kernel drops it when the last copy of the descriptor is closed, however the process ends.</summary>
    public static bool TryLock(SafeDescriptor descriptor)
    {
        while (Lock(descriptor, LockExclusive | LockNonBlocking) < 0)
        {
            switch (NativeError.Last)
            {
                case Errno.EINTR:
                    continue;
                case Errno.EAGAIN:
                    return false;
                default:
                    throw new NativeException("flock", NativeError.Last);
            }
        }

        return true;
    }

    /// <summary>unlink(2). A path that is gone already is as good.</summary>
    public static void Remove(string path)
    {
        if (Unlink(path) < 0 && NativeError.Last != Errno.ENOENT)
        {
            throw new NativeException($"unlink('{path}')", NativeError.Last);
        }
    }

    /// <summary>rename(2): replaces what the new name stood for in one step.</summary>
    public static void Rename(string from, string to) => _ = NativeError.Check(RenameCall(from, to), $"rename('{from}', '{to}')");

    /// <summary>fchmod(2). On a socket that is not bound yet it sets the mode that its path will be born with.</summary>
    public static void ChangeMode(SafeDescriptor descriptor, int permissions) =>
        _ = NativeError.Check(ChangeModeCall(descriptor, (uint)permissions), "fchmod");

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUserId();

    // statx(2) rather than stat(2): its structure is the same on every architecture, and glibc before 2.33 exports no lstat.
    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatXCall(int directory, string path, int flags, uint mask, StatX* status);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatXCall(SafeDescriptor descriptor, string path, int flags, uint mask, StatX* status);

    [LibraryImport("libc", EntryPoint = "mkdir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeDirectory(string path, int permissions);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, int permissions);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Lock(SafeDescriptor descriptor, int operation);

    [LibraryImport("libc", EntryPoint = "unlink", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Unlink(string path);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameCall(string from, string to);

    [LibraryImport("libc", EntryPoint = "fchmod", SetLastError = true)]
    private static partial int ChangeModeCall(SafeDescriptor descriptor, uint permissions);

    // struct statx, 256 bytes, of which we read six fields.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct StatX
    {
        [FieldOffset(20)]
        public uint UserId;

        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(32)]
        public ulong Inode;

        [FieldOffset(40)]
        public ulong Size;

        [FieldOffset(136)]
        public uint DeviceMajor;

        [FieldOffset(140)]
        public uint DeviceMinor;

        public readonly FileStatus ToStatus() =>
            new((FileKind)(Mode & 0xF000), Mode & 0xFFF, UserId, ((ulong)DeviceMajor << 32) | DeviceMinor, Inode, Size);
    }
}
