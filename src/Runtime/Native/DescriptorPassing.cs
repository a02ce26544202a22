using System.Runtime.InteropServices;

namespace Contracts.Ipc.Native;

/// <summary>Messages over a Unix socket that carry a file descriptor: SCM_RIGHTS of unix(7). Neither call ever waits.</summary>
/// <remarks>
/// For set-up only. The received descriptor is closed on exec from its first moment; of several, one is kept and the others are closed, so that
/// nothing leaks whatever the peer attaches.
/// </remarks>
internal static unsafe partial class DescriptorPassing
{
    private const int SocketLevel = 1;
    private const int Rights = 1;
    private const int DontWait = 0x40;
    private const int NoSignal = 0x4000;
    private const int CloseOnExec = 0x40000000;

    // struct cmsghdr has 16 bytes on 64-bit systems (musl counts its length in the low half of what glibc calls size_t).
    private const int ControlHeader = 16;
    private const int MaximumDescriptors = 4;
    private const int ControlLength = ControlHeader + (MaximumDescriptors * sizeof(int));

    /// <summary>Sends bytes, and with the first of them a copy of a descriptor.</summary>
    /// <returns>How many bytes were taken; a negated error number.</returns>
    public static int Send(SafeDescriptor socket, ReadOnlySpan<byte> bytes, SafeDescriptor descriptor)
    {
        byte* control = stackalloc byte[ControlLength];
        *(nuint*)control = ControlHeader + sizeof(int);
        *(int*)(control + 8) = SocketLevel;
        *(int*)(control + 12) = Rights;
        bool referenced = false;
        try
        {
            descriptor.DangerousAddRef(ref referenced);
            *(int*)(control + ControlHeader) = descriptor.Number;
            fixed (byte* start = bytes)
            {
                Vector vector = new() { Start = start, Length = (nuint)bytes.Length };
                Message message = new() { Vectors = &vector, VectorCount = 1, Control = control, ControlLength = ControlHeader + 8 };
                return Result(SendMessage(socket, &message, DontWait | NoSignal));
            }
        }
        finally
        {
            if (referenced)
            {
                descriptor.DangerousRelease();
            }
        }
    }

    /// <summary>Receives bytes, and the descriptor that came with them.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="bytes">Where the bytes go.</param>
    /// <param name="descriptor">The descriptor, the caller's from now on; null if none came.</param>
    /// <returns>How many bytes; 0 at the end of the stream; a negated error number.</returns>
    public static int Receive(SafeDescriptor socket, Span<byte> bytes, out SafeDescriptor? descriptor)
    {
        descriptor = null;
        byte* control = stackalloc byte[ControlLength];
        fixed (byte* start = bytes)
        {
            Vector vector = new() { Start = start, Length = (nuint)bytes.Length };
            Message message = new() { Vectors = &vector, VectorCount = 1, Control = control, ControlLength = ControlLength };
            int count = Result(ReceiveMessage(socket, &message, DontWait | CloseOnExec));
            if (count <= 0 || message.ControlLength < ControlHeader + sizeof(int))
            {
                return count;
            }

            // What had no room here (MSG_CTRUNC), the kernel has closed.
            if (*(int*)(control + 8) == SocketLevel && *(int*)(control + 12) == Rights)
            {
                int length = (int)Math.Min(*(uint*)control, (uint)message.ControlLength) - ControlHeader;
                for (int i = 0; i < length / sizeof(int); i++)
                {
                    SafeDescriptor received = new(((int*)(control + ControlHeader))[i]);
                    if (descriptor is null)
                    {
                        descriptor = received;
                    }
                    else
                    {
                        received.Dispose();
                    }
                }
            }

            return count;
        }
    }

    private static int Result(nint count) => count >= 0 ? (int)count : -NativeError.Last;

    [LibraryImport("libc", EntryPoint = "sendmsg", SetLastError = true)]
    private static partial nint SendMessage(SafeDescriptor socket, Message* message, int flags);

    [LibraryImport("libc", EntryPoint = "recvmsg", SetLastError = true)]
    private static partial nint ReceiveMessage(SafeDescriptor socket, Message* message, int flags);

    // struct iovec.
    private struct Vector
    {
        public byte* Start;
        public nuint Length;
    }

    // struct msghdr as glibc has it; musl's narrower counts sit in the same places, low half first.
    private struct Message
    {
        public nint Name;
        public uint NameLength;
        public Vector* Vectors;
        public nuint VectorCount;
        public byte* Control;
        public nuint ControlLength;
        public int Flags;
    }
}
