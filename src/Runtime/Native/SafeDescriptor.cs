using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Contracts.Ipc.Native;

/// <summary>Owns one file descriptor. Closed when it is disposed and no native call that got it as an argument is running.</summary>
internal sealed partial class SafeDescriptor : SafeHandleMinusOneIsInvalid
{
    public SafeDescriptor()
        : base(ownsHandle: true)
    {
    }

    public SafeDescriptor(int descriptor)
        : base(ownsHandle: true) => SetHandle(descriptor);

    /// <summary>The number. Valid only while the caller knows that nobody disposes this object.</summary>
    public int Number => (int)handle;

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => Close((int)handle) == 0;

    // close(2). Not repeated after EINTR: on Linux the descriptor is gone by then, and its number may already belong to another thread.
    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
