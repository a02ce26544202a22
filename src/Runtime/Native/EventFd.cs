using System.Runtime.InteropServices;

namespace Contracts.Ipc.Native;

/// <summary>
/// An eventfd(2): readable from the first <see cref="Signal"/> until the next <see cref="Drain"/>. Wakes a thread that is in poll or epoll.
/// </summary>
internal sealed unsafe partial class EventFd : IDisposable
{
    private const int Cloexec = 0x80000;
    private const int NonBlocking = 0x800;

    private readonly SafeDescriptor _descriptor = new(NativeError.Check(Create(0, Cloexec | NonBlocking), "eventfd"));

    /// <summary>For poll and epoll. Valid until disposal.</summary>
    public int Number => _descriptor.Number;

    /// <summary>Makes it readable. From any thread; after disposal it does nothing.</summary>
    public void Signal()
    {
        ulong one = 1;
        try
        {
            // EAGAIN says that the counter is at its limit: it is readable already, which is all that is wanted.
            while (Write(_descriptor, &one, sizeof(ulong)) < 0 && NativeError.Last == Errno.EINTR)
            {
            }
        }
        catch (ObjectDisposedException)
        {
            // Whoever waited is gone.
        }
    }

    /// <summary>Makes it unreadable again.</summary>
    /// <returns>Whether it had been signalled.</returns>
    public bool Drain()
    {
        ulong count;
        nint read;
        do
        {
            read = Read(_descriptor, &count, sizeof(ulong));
        }
        while (read < 0 && NativeError.Last == Errno.EINTR);
        return read == sizeof(ulong);
    }

    public void Dispose() => _descriptor.Dispose();

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    private static partial int Create(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(SafeDescriptor descriptor, ulong* value, nint length);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(SafeDescriptor descriptor, ulong* value, nint length);
}
