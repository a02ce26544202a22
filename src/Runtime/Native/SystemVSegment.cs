using System.Runtime.InteropServices;

namespace Contracts.Ipc.Native;

/// <summary>A segment of System V shared memory, by its identifier: shmget(2), shmop(2), shmctl(2).</summary>
/// <param name="Id">The identifier, which the kernel does not use again soon.</param>
/// <remarks>
/// It stays until somebody removes it (IPC_RMID), and after that until the last process has detached it. All its pages are its own from the start (it lives
/// in a file system of the kernel that has no limit of its own), so there is no SIGBUS; what limits it is kernel.shmmax, shmall and shmmni.
/// </remarks>
internal readonly unsafe partial record struct SystemVSegment(int Id)
{
    private const int Create = 0x200;
    private const int Exclusive = 0x400;
    private const int ReadOnly = 0x1000;
    private const int RemoveCommand = 0;
    private const int StatusCommand = 2;

    /// <summary>Makes a segment; null if the key is taken.</summary>
    /// <exception cref="NativeException">ENOSPC, ENOMEM or EINVAL: a limit is reached.</exception>
    public static SystemVSegment? TryCreate(int key, long length, int permissions)
    {
        int id = Get(key, (nuint)length, Create | Exclusive | permissions);
        return id < 0 && NativeError.Last == Errno.EEXIST ? null : new SystemVSegment(NativeError.Check(id, "shmget"));
    }

    /// <summary>Finds a segment; null if the key is free.</summary>
    public static SystemVSegment? TryFind(int key)
    {
        // Mode 0: the permissions are asked for when it is attached.
        int id = Get(key, 0, 0);
        return id < 0 && NativeError.Last == Errno.ENOENT ? null : new SystemVSegment(NativeError.Check(id, "shmget"));
    }

    /// <summary>What the kernel says about it; null if it is gone.</summary>
    public SystemVStatus? Status()
    {
        Record record;
        if (Control(Id, StatusCommand, &record) < 0)
        {
            return NativeError.Last is Errno.EINVAL or Errno.EIDRM ? null : throw new NativeException("shmctl(IPC_STAT)", NativeError.Last);
        }

        return new SystemVStatus(record.Owner, (int)(record.Mode & 0xFFF), (long)record.Length, (long)record.Attached);
    }

    /// <summary>IPC_RMID: the key is free at once, the memory when nobody has it attached any more. False if it was gone.</summary>
    public bool Remove()
    {
        if (Control(Id, RemoveCommand, null) == 0)
        {
            return true;
        }

        return NativeError.Last is Errno.EINVAL or Errno.EIDRM ? false : throw new NativeException("shmctl(IPC_RMID)", NativeError.Last);
    }

    /// <summary>Maps it. Only by <see cref="MappedMemory.Attach"/>, which owns the result.</summary>
    public nint Attach(bool writable)
    {
        nint start = AttachCall(Id, 0, writable ? 0 : ReadOnly);
        return start == -1 ? throw new NativeException("shmat", NativeError.Last) : start;
    }

    public static bool Detach(nint start) => DetachCall(start) == 0;

    [LibraryImport("libc", EntryPoint = "shmget", SetLastError = true)]
    private static partial int Get(int key, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "shmat", SetLastError = true)]
    private static partial nint AttachCall(int id, nint address, int flags);

    [LibraryImport("libc", EntryPoint = "shmdt")]
    private static partial int DetachCall(nint address);

    [LibraryImport("libc", EntryPoint = "shmctl", SetLastError = true)]
    private static partial int Control(int id, int command, Record* record);

    // struct shmid_ds of 64-bit Linux: ipc_perm of 48 bytes (key, uid, gid, cuid, cgid, mode, …), then size, three times, two pids, attachments.
    // The mode has 2 bytes in older headers of glibc and 4 in newer ones and musl, at one offset; its upper bits are masked away.
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    private struct Record
    {
        [FieldOffset(4)]
        public uint Owner;

        [FieldOffset(20)]
        public uint Mode;

        [FieldOffset(48)]
        public ulong Length;

        [FieldOffset(88)]
        public ulong Attached;
    }
}

/// <summary>What the kernel says about a segment.</summary>
/// <param name="Owner">Whose it is.</param>
/// <param name="Permissions">The nine permission bits, and in some kernels a flag.</param>
/// <param name="Length">The bytes that were asked for at its creation.</param>
/// <param name="Attached">How often it is mapped.</param>
internal readonly record struct SystemVStatus(uint Owner, int Permissions, long Length, long Attached);
