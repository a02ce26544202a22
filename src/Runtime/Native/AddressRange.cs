using System.Runtime.ConstrainedExecution;
using System.Runtime.InteropServices;

namespace Contracts.Ipc.Native;

/// <summary>The addresses of a mapping, which stay readable when the mapping is given up, until nobody can reach this object any more.</summary>
/// <remarks>
/// For readers who are too fast to count: one that looks at memory while another thread gives it up finds zeros there, and then looks whether that has happened. The shared
/// pages themselves are let go at once; what stays is a number in the table of mappings, until the next collection.
/// </remarks>
internal sealed partial class AddressRange(nint start, nuint length) : CriticalFinalizerObject
{
    private const int Read = 1;
    private const int Private = 2;
    private const int Fixed = 0x10;
    private const int Anonymous = 0x20;
    private const int NoReserve = 0x4000;

    private const int Mapped = 0;
    private const int Vacated = 1;
    private const int Gone = 2;

    private int _state = Mapped;

    // Nobody holds a reference, so nobody reads. The mapping's own finalizer may run before or after this one.
    ~AddressRange()
    {
        if (Interlocked.Exchange(ref _state, Gone) != Gone)
        {
            _ = Unmap(start, length);
        }
    }

    /// <summary>Puts zeros in the place of the shared pages, in one step: no reader ever finds nothing.</summary>
    public void Vacate()
    {
        if (Interlocked.CompareExchange(ref _state, Vacated, Mapped) == Mapped)
        {
            // Should the kernel refuse (it has no room for another mapping), the pages stay until the finalizer.
            _ = MapCall(start, length, Read, Private | Fixed | Anonymous | NoReserve, -1, 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint MapCall(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nuint length);
}
