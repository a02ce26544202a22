using System.Runtime.InteropServices;

namespace Contracts.Ipc.Native;

/// <summary>read(2), write(2) and writev(2) on a pipe, a FIFO or a device that was opened with O_NONBLOCK, which is what keeps them from waiting.</summary>
/// <remarks>errno is read as in <see cref="SocketIO"/>.</remarks>
internal readonly unsafe partial struct FileIO : IDescriptorIO
{
    /// <summary>Writes to a pipe whose reader is gone must fail, not end the process.</summary>
    public static void Prepare() => BrokenPipe.Ignore();

    /// <inheritdoc/>
    public static int Receive(int descriptor, Span<byte> destination)
    {
        while (true)
        {
            nint count;
            fixed (byte* buffer = destination)
            {
                count = Read(descriptor, buffer, (nuint)destination.Length);
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
    public static int Send(int descriptor, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        while (true)
        {
            nint count;
            fixed (byte* firstBuffer = first, secondBuffer = second)
            {
                if (second.IsEmpty)
                {
                    count = Write(descriptor, firstBuffer, (nuint)first.Length);
                }
                else
                {
                    VectorPair vectors = new(firstBuffer, first.Length, secondBuffer, second.Length);
                    count = WriteVectors(descriptor, &vectors, 2);
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

    /// <summary>Nothing: the peer learns of the end when the descriptor is closed.</summary>
    public static void ShutDown(SafeDescriptor descriptor)
    {
    }

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint Read(int descriptor, byte* buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(int descriptor, byte* buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "writev")]
    private static partial nint WriteVectors(int descriptor, VectorPair* vectors, int count);
}
