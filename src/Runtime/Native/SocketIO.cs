using System.Runtime.InteropServices;

namespace Contracts.Ipc.Native;

/// <summary>The three calls of the hot path: recv(2), send(2), sendmsg(2), none of which ever waits (MSG_DONTWAIT).</summary>
/// <remarks>
/// <para>They take a bare descriptor, because a SafeHandle would cost an interlocked pair per call; the caller sees to it that the
/// descriptor is not closed meanwhile. They return a count, or an error number negated.</para>
/// <para>SuppressGCTransition is left off: it would save about 5 ns of 300, and a send that wakes the peer, or copies a large
/// frame, lasts too long to hold up a collection.</para>
/// <para>errno is read directly after the call and only when it failed, which is what SetLastError does for every call.</para>
/// </remarks>
internal static unsafe partial class SocketIO
{
    private const int DontWait = 0x40;
    private const int NoSignal = 0x4000;

    /// <summary>Takes bytes out of the socket.</summary>
    /// <remarks>
    /// Without a control buffer, descriptors that the peer attaches are closed by the kernel: nothing leaks, whatever it sends.
    /// </remarks>
    /// <returns>How many; 0 at the end of the stream; a negated error number.</returns>
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

    /// <summary>Puts as many bytes as fit into the socket, <paramref name="first"/> before <paramref name="second"/>, in one call.</summary>
    /// <returns>How many; a negated error number. Never SIGPIPE (MSG_NOSIGNAL).</returns>
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
                    VectorPair vectors = new()
                    {
                        First = new Vector { Start = firstBuffer, Length = (nuint)first.Length },
                        Second = new Vector { Start = secondBuffer, Length = (nuint)second.Length },
                    };
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

    [LibraryImport("libc", EntryPoint = "recv")]
    private static partial nint Receive(int socket, byte* buffer, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "send")]
    private static partial nint Send(int socket, byte* buffer, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "sendmsg")]
    private static partial nint SendMessage(int socket, Message* message, int flags);

    // struct iovec.
    private struct Vector
    {
        public byte* Start;
        public nuint Length;
    }

    // What stands in for struct iovec[2].
    private struct VectorPair
    {
        public Vector First;
        public Vector Second;
    }

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
