using System.Runtime.InteropServices;
using System.Text;

namespace Contracts.Ipc.Native;

/// <summary>POSIX message queues, mq_overview(7): the calls on names and descriptors, none of which ever waits. Linux only.</summary>
/// <remarks>
/// <para>By number, for the functions around them are in librt in glibc before 2.34, and add nothing: a descriptor of a queue is an ordinary one, close-on-exec
/// from birth. The kernel wants names without the leading slash.</para>
/// <para>Sending and receiving take a bare descriptor, as <see cref="SocketIO"/> does and for the same reasons.</para>
/// </remarks>
internal static unsafe partial class PosixMessageQueue
{
    /// <summary>Of a name, leading slash not counted; NAME_MAX.</summary>
    public const int MaximumNameLength = 255;

    private const int ReadOnly = 0;
    private const int WriteOnly = 1;
    private const int CreateFlag = 0x40;
    private const int Exclusive = 0x80;
    private const int NonBlocking = 0x800;
    private const int Cloexec = 0x80000;
    private const int OwnerReadWrite = 0x180; // 0600

    // mq_open, mq_unlink, mq_timedsend, mq_timedreceive, mq_notify, mq_getsetattr have numbers in a row everywhere.
    private static readonly nint OpenNumber = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 240,
        Architecture.Arm => 274,
        Architecture.S390x => 271,
        Architecture.Ppc64le => 262,
        _ => 180,
    };

    private static readonly nint UnlinkNumber = OpenNumber + 1;
    private static readonly nint SendNumber = OpenNumber + 2;
    private static readonly nint ReceiveNumber = OpenNumber + 3;
    private static readonly nint AttributesNumber = OpenNumber + 5;

    /// <summary>Makes a queue that did not exist, mode 0600, and opens it for receiving.</summary>
    /// <param name="name">With its leading slash.</param>
    /// <param name="depth">How many messages it holds.</param>
    /// <param name="messageLength">The longest of them.</param>
    /// <exception cref="NativeException">EEXIST, EMFILE (a limit of descriptors, or RLIMIT_MSGQUEUE), ENOSPC (queues_max), EINVAL (msg_max, msgsize_max) …</exception>
    public static SafeDescriptor Create(string name, int depth, int messageLength)
    {
        Attributes wanted = new() { Depth = depth, MessageLength = messageLength };
        SafeDescriptor queue = new(NativeError.Check(Open(name, ReadOnly | CreateFlag | Exclusive, &wanted), $"mq_open('{name}')"));
        try
        {
            // A umask may have taken from the owner what it needs.
            Files.ChangeMode(queue, OwnerReadWrite);
            return queue;
        }
        catch
        {
            queue.Dispose();
            Remove(name);
            throw;
        }
    }

    /// <summary>Opens an existing queue for sending.</summary>
    /// <returns>Null if there is none of that name.</returns>
    public static SafeDescriptor? TryOpenForSending(string name) => TryOpen(name, WriteOnly);

    /// <summary>Opens an existing queue, to look at it.</summary>
    /// <returns>Null if there is none of that name.</returns>
    public static SafeDescriptor? TryOpen(string name) => TryOpen(name, ReadOnly);

    /// <summary>Takes the name away. The queue lives as long as somebody has it open. A name that is gone already is as good.</summary>
    public static void Remove(string name)
    {
        fixed (byte* kernelName = KernelName(name))
        {
            if (Call(UnlinkNumber, (nint)kernelName, 0, 0, 0, 0) < 0 && NativeError.Last != Errno.ENOENT)
            {
                throw new NativeException($"mq_unlink('{name}')", NativeError.Last);
            }
        }
    }

    /// <summary>How large a queue is.</summary>
    public static (int Depth, int MessageLength, int Waiting) Measure(SafeDescriptor queue)
    {
        Attributes found;
        _ = NativeError.Check((int)Call(AttributesNumber, queue.Number, 0, (nint)(&found), 0, 0), "mq_getsetattr");
        return ((int)found.Depth, (int)found.MessageLength, (int)found.Waiting);
    }

    /// <summary>Takes the first of the messages with the highest priority.</summary>
    /// <param name="queue">Its descriptor, which the caller keeps open.</param>
    /// <param name="destination">As long as the longest message of the queue.</param>
    /// <returns>Its length; a negated error number, EAGAIN if there is none.</returns>
    public static int Receive(int queue, Span<byte> destination)
    {
        while (true)
        {
            nint length;
            fixed (byte* buffer = destination)
            {
                length = CallBare(ReceiveNumber, queue, (nint)buffer, destination.Length, 0, 0);
            }

            if (length >= 0)
            {
                return (int)length;
            }

            int error = Marshal.GetLastSystemError();
            if (error != Errno.EINTR)
            {
                return -error;
            }
        }
    }

    /// <summary>Puts a message into the queue.</summary>
    /// <returns>0; a negated error number, EAGAIN if there is no room.</returns>
    public static int Send(int queue, ReadOnlySpan<byte> message, int priority)
    {
        while (true)
        {
            nint result;
            fixed (byte* buffer = message)
            {
                result = CallBare(SendNumber, queue, (nint)buffer, message.Length, priority, 0);
            }

            if (result == 0)
            {
                return 0;
            }

            int error = Marshal.GetLastSystemError();
            if (error != Errno.EINTR)
            {
                return -error;
            }
        }
    }

    private static SafeDescriptor? TryOpen(string name, int access)
    {
        int descriptor = Open(name, access, null);
        return descriptor >= 0 ? new SafeDescriptor(descriptor)
            : NativeError.Last == Errno.ENOENT ? null
            : throw new NativeException($"mq_open('{name}')", NativeError.Last);
    }

    private static int Open(string name, int flags, Attributes* attributes)
    {
        fixed (byte* kernelName = KernelName(name))
        {
            return (int)Call(OpenNumber, (nint)kernelName, flags | NonBlocking | Cloexec, OwnerReadWrite, (nint)attributes, 0);
        }
    }

    private static byte[] KernelName(string name)
    {
        byte[] bytes = new byte[Encoding.UTF8.GetMaxByteCount(name.Length)];
        _ = Encoding.UTF8.GetBytes(name.AsSpan(1), bytes);
        return bytes;
    }

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Call(nint number, nint first, nint second, nint third, nint fourth, nint fifth);

    // Without SetLastError: errno is read directly after the call, and only when it failed.
    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint CallBare(nint number, nint first, nint second, nint third, nint fourth, nint fifth);

    // struct mq_attr.
    private struct Attributes
    {
        public nint Flags;
        public nint Depth;
        public nint MessageLength;
        public nint Waiting;
        public nint Reserved0;
        public nint Reserved1;
        public nint Reserved2;
        public nint Reserved3;
    }
}
