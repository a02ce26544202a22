using System.Runtime.InteropServices;

namespace Contracts.Ipc.Native;

/// <summary>A System V message queue, by its identifier: msgget(2), msgop(2), msgctl(2).</summary>
/// <param name="Id">The identifier, which the kernel does not use again soon.</param>
/// <remarks>
/// <para>A message is its type, a C long above 0, and then up to kernel.msgmax bytes; <see cref="TypeLength"/> bytes of what is passed here are the type. A
/// queue takes msg_qbytes bytes in all. A message of no bytes therefore always fits, up to one per byte of that.</para>
/// <para>The queue is no descriptor: nothing polls it, and no wait has a deadline. A wait ends by a message, by the queue's removal (EIDRM), or by a signal
/// (EINTR, whatever SA_RESTART says), after which it is begun again here.</para>
/// </remarks>
internal readonly unsafe partial record struct SystemVMessageQueue(int Id)
{
    /// <summary>The bytes of a message's type, before its text.</summary>
    public static readonly int TypeLength = sizeof(nint);

    private const int PrivateKey = 0;
    private const int Create = 0x200;
    private const int Exclusive = 0x400;
    private const int DoNotWait = 0x800;
    private const int RemoveCommand = 0;
    private const int SetCommand = 1;
    private const int StatusCommand = 2;

    /// <summary>Makes a queue; null if the key is taken.</summary>
    /// <exception cref="NativeException">ENOSPC: kernel.msgmni queues exist. ENOMEM.</exception>
    public static SystemVMessageQueue? TryCreate(int key, int permissions)
    {
        int id = Get(key, Create | Exclusive | permissions);
        return id < 0 && NativeError.Last == Errno.EEXIST ? null : new SystemVMessageQueue(NativeError.Check(id, "msgget"));
    }

    /// <summary>Makes a queue without a key: found by its identifier only.</summary>
    /// <exception cref="NativeException">As <see cref="TryCreate"/>.</exception>
    public static SystemVMessageQueue CreatePrivate(int permissions) => new(NativeError.Check(Get(PrivateKey, permissions), "msgget"));

    /// <summary>Finds a queue; null if the key is free.</summary>
    public static SystemVMessageQueue? TryFind(int key)
    {
        // Mode 0: whose it is and who may use it is looked at by Status, which says more than EACCES would.
        int id = Get(key, 0);
        return id < 0 && NativeError.Last == Errno.ENOENT ? null : new SystemVMessageQueue(NativeError.Check(id, "msgget"));
    }

    /// <summary>What the kernel says about it; null if it is gone.</summary>
    /// <exception cref="NativeException">EACCES: this user may not look.</exception>
    public MessageQueueStatus? Status()
    {
        Record record;
        if (Control(Id, StatusCommand, &record) < 0)
        {
            return NativeError.Last is Errno.EINVAL or Errno.EIDRM ? null : throw new NativeException("msgctl(IPC_STAT)", NativeError.Last);
        }

        return new MessageQueueStatus(
            record.Key, record.Owner, record.Creator, (int)(record.Mode & 0x1FF), record.ChangedAt, (long)record.Bytes, (long)record.Messages, (long)record.Capacity, record.LastSender);
    }

    /// <summary>Sets msg_qbytes: anybody up to kernel.msgmnb, beyond that with CAP_SYS_RESOURCE.</summary>
    /// <returns>False if that is more than this process may ask for, or the queue is gone.</returns>
    public bool TrySetCapacity(long bytes)
    {
        Record record;
        if (Control(Id, StatusCommand, &record) < 0)
        {
            return false;
        }

        record.Capacity = (ulong)bytes;
        return Control(Id, SetCommand, &record) == 0;
    }

    /// <summary>IPC_RMID: the key is free at once, what is in the queue is lost, and whoever waits for it is released. False if it was gone.</summary>
    public bool Remove()
    {
        if (Control(Id, RemoveCommand, null) == 0)
        {
            return true;
        }

        return NativeError.Last is Errno.EINVAL or Errno.EIDRM ? false : throw new NativeException("msgctl(IPC_RMID)", NativeError.Last);
    }

    /// <summary>Sends without waiting.</summary>
    /// <param name="message">The type, then the text.</param>
    /// <returns>0, or the error number: EAGAIN for a full queue, EIDRM or EINVAL for one that is gone.</returns>
    public int TrySend(ReadOnlySpan<byte> message)
    {
        fixed (byte* start = message)
        {
            // Without waiting there is nothing that a signal could interrupt.
            return Send(Id, start, (nuint)(message.Length - TypeLength), DoNotWait) < 0 ? NativeError.Last : 0;
        }
    }

    /// <summary>Sends a message of no bytes, which says all by its type. As <see cref="TrySend"/>.</summary>
    public int TrySendEmpty(nint type) => Send(Id, &type, 0, DoNotWait) < 0 ? NativeError.Last : 0;

    /// <summary>Takes the message with the lowest type, of these the oldest, without waiting.</summary>
    /// <param name="room">For the type and the text.</param>
    /// <returns>The bytes of the text; or the error number, negated: ENOMSG for an empty queue, EIDRM or EINVAL for one that is gone, E2BIG for a message with
    /// more bytes than there is room, which stays.</returns>
    public int TryReceive(Span<byte> room)
    {
        fixed (byte* start = room)
        {
            nint received = Receive(Id, start, (nuint)(room.Length - TypeLength), -nint.MaxValue, DoNotWait);
            return received < 0 ? -NativeError.Last : (int)received;
        }
    }

    /// <summary>
    /// Waits until a message is there. One with a text stays in the queue: receiving it into no room fails with E2BIG, and that only once there is one. One
    /// without is taken. All who wait are woken.
    /// </summary>
    /// <param name="type">The type of the message that was taken, or 0.</param>
    /// <param name="highest">Messages with a type above this one are as if they were not there.</param>
    /// <returns>0 when there is a message or one was taken; else the error number: EIDRM or EINVAL for a queue that is gone.</returns>
    public int Wait(out nint type, nint? highest = null) => Look(out type, 0, highest ?? nint.MaxValue);

    /// <summary>As <see cref="Wait"/>, without waiting: ENOMSG when there is none.</summary>
    public int Look(out nint type) => Look(out type, DoNotWait, nint.MaxValue);

    private int Look(out nint type, int flags, nint highest)
    {
        nint taken = 0;
        int error;
        do
        {
            error = Receive(Id, &taken, 0, -highest, flags) < 0 ? NativeError.Last : 0;
        }
        while (error == Errno.EINTR);

        type = error == 0 ? taken : 0;
        return error == Errno.E2BIG ? 0 : error;
    }

    [LibraryImport("libc", EntryPoint = "msgget", SetLastError = true)]
    private static partial int Get(int key, int flags);

    [LibraryImport("libc", EntryPoint = "msgctl", SetLastError = true)]
    private static partial int Control(int id, int command, Record* record);

    [LibraryImport("libc", EntryPoint = "msgsnd", SetLastError = true)]
    private static partial int Send(int id, void* message, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "msgrcv", SetLastError = true)]
    private static partial nint Receive(int id, void* room, nuint length, nint type, int flags);

    // struct msqid_ds of 64-bit Linux, the same on x64 and Arm64: ipc_perm of 48 bytes (key, uid, gid, cuid, cgid, mode, …), then three times, the bytes and messages
    // held, the limit of bytes, two process ids. The mode has 2 bytes in older headers of glibc and 4 in newer ones and musl, at one offset.
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    private struct Record
    {
        [FieldOffset(0)]
        public int Key;

        [FieldOffset(4)]
        public uint Owner;

        [FieldOffset(12)]
        public uint Creator;

        [FieldOffset(20)]
        public uint Mode;

        [FieldOffset(64)]
        public long ChangedAt;

        [FieldOffset(72)]
        public ulong Bytes;

        [FieldOffset(80)]
        public ulong Messages;

        [FieldOffset(88)]
        public ulong Capacity;

        [FieldOffset(96)]
        public int LastSender;
    }
}

/// <summary>What the kernel says about a queue.</summary>
/// <param name="Key">By which it is found; 0 if by its identifier only.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="Creator">Who made it.</param>
/// <param name="Permissions">The nine permission bits.</param>
/// <param name="ChangedAt">When it was made or its attributes set, in seconds since 1970: with the identifier, tells it from a later one.</param>
/// <param name="Bytes">Of the messages in it.</param>
/// <param name="Messages">In it.</param>
/// <param name="Capacity">How many bytes it takes.</param>
/// <param name="LastSender">The process that sent last, or 0 if nobody ever has.</param>
internal readonly record struct MessageQueueStatus(
    int Key, uint Owner, uint Creator, int Permissions, long ChangedAt, long Bytes, long Messages, long Capacity, int LastSender);
