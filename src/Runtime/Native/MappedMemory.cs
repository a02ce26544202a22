using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Contracts.Ipc.Native;

/// <summary>A mapping of memory that other processes see as well: mmap(2) with MAP_SHARED. Unmapped when it is disposed and nobody holds a reference.</summary>
/// <remarks>
/// <para>A thread that is inside a lock or an unlock of a mutex in this memory must hold a reference (<see cref="SafeHandle.DangerousAddRef"/>, or a
/// flag of its own that the owner waits for): glibc may still write to the mutex after another thread can take it, and the kernel writes there when
/// the thread dies (glibc bug 14485).</para>
/// <para>Touching a page that the file no longer has is a SIGBUS, which ends the process. So whoever maps first makes sure that the pages exist and
/// stay: <see cref="SharedFile.Allocate"/>, and seals where the other side could truncate.</para>
/// </remarks>
internal sealed unsafe partial class MappedMemory : SafeHandleZeroOrMinusOneIsInvalid
{
    private const int Read = 1;
    private const int Write = 2;
    private const int Shared = 1;

    private readonly bool _isAttached;
    private AddressRange? _addresses;

    private MappedMemory(nint start, long length, bool isAttached = false)
        : base(ownsHandle: true)
    {
        _isAttached = isAttached;
        Length = length;
        SetHandle(start);
    }

    /// <summary>How many bytes are mapped.</summary>
    public long Length { get; }

    /// <summary>The first byte, at the start of a page. Valid only while the caller knows that nobody disposes this object.</summary>
    public byte* Start => (byte*)handle;

    /// <summary>Maps the first <paramref name="length"/> bytes of a file.</summary>
    /// <exception cref="NativeException">EACCES: the descriptor does not allow it; ENOMEM: no address space.</exception>
    public static MappedMemory Map(SafeDescriptor file, long length, bool writable)
    {
        nint start = MapCall(0, (nuint)length, writable ? Read | Write : Read, Shared, file, 0);
        return start == -1 ? throw new NativeException("mmap", NativeError.Last) : new MappedMemory(start, length);
    }

    /// <summary>Attaches a System V segment, which has <paramref name="length"/> bytes.</summary>
    /// <exception cref="NativeException">EACCES: its mode does not allow it; EIDRM or EINVAL: it is gone.</exception>
    public static MappedMemory Attach(SystemVSegment segment, long length, bool writable) => new(segment.Attach(writable), length, isAttached: true);

    /// <summary>
    /// Keeps the addresses readable after the memory has been released, as long as this object can be reached: for readers without a reference, who find
    /// zeros then. Called before anybody else knows this object.
    /// </summary>
    public void KeepAddresses() => _addresses = new AddressRange(handle, (nuint)Length);

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        if (_addresses is { } addresses)
        {
            addresses.Vacate();
            return true;
        }

        return _isAttached ? SystemVSegment.Detach(handle) : Unmap(handle, (nuint)Length) == 0;
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint MapCall(nint address, nuint length, int protection, int flags, SafeDescriptor file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nuint length);
}
