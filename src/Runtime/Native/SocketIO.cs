using System.Runtime.InteropServices;

namespace Contracts.Ipc.Native;

/// <summary>The three calls of the hot path: recv(2), send(2), sendmsg(2), none of which ever waits (MSG_DONTWAIT).</summary>
/// <remarks>
/// <para>SuppressGCTransition is left off: it would save about 5 ns of 300, and a send that wakes the peer, or copies a large
/// frame, lasts too long to hold up a collection.</para>
/// <para>errno is read directly after the call and only when it failed, which is what SetLastError does for every call.</para>
/// </remarks>
internal readonly unsafe partial struct SocketIO : IDescriptorIO
{
    private const int DontWait = 0x40;
    private const int NoSignal = 0x4000;

    /// <summary>Nothing: MSG_NOSIGNAL sees to SIGPIPE.</summary>
    public static void Prepare()
    {
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Without a control buffer, descriptors that the peer attaches are closed by the kernel: nothing leaks, whatever it sends.
    /// </remarks>
    public static int Receive(int socket, Span<byte> destination)
    {
        while (true)
        {
            nint count;
            fixed (byte* buffer = destination)
            {
                count = Receive(socket, buffer, (nuint)destination.Length, DontWait);
            }

            if (count >= 0)
            {
                return (int)count;
            }

            int error = Marshal.GetLastSystemError();
            if (error != Errno.EINTR)
            {
                return -error;
            }
        }
    }

    /// <inheritdoc/>
    public static int Send(int socket, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        while (true)
        {
            nint count;
            fixed (byte* firstBuffer = first, secondBuffer = second)
            {
                if (second.IsEmpty)
                {
                    count = Send(socket, firstBuffer, (nuint)first.Length, DontWait | NoSignal);
                }
                else
                {
                    VectorPair vectors = new(firstBuffer, first.Length, secondBuffer, second.Length);
                    Message message = new() { Vectors = &vectors, VectorCount = 2 };
                    count = SendMessage(socket, &message, DontWait | NoSignal);
                }
            }

            if (count >= 0)
            {
                return (int)count;
            }

            int error = Marshal.GetLastSystemError();
            if (error != Errno.EINTR)
            {
                return -error;
            }
        }
    }

    /// <inheritdoc/>
    public static void ShutDown(SafeDescriptor descriptor) => Sockets.ShutDown(descriptor);

    [LibraryImport("libc", EntryPoint = "recv")]
    private static partial nint Receive(int socket, byte* buffer, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "send")]
    private static partial nint Send(int socket, byte* buffer, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "sendmsg")]
    private static partial nint SendMessage(int socket, Message* message, int flags);

    // struct msghdr as glibc has it; musl's narrower counts sit in the same places, low half first.
    private struct Message
    {
        public nint Name;
        public uint NameLength;
        public VectorPair* Vectors;
        public nuint VectorCount;
        public nint Control;
        public nuint ControlLength;
        public int Flags;
    }
}
