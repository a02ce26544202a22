using System.Runtime.InteropServices;

namespace Contracts.Ipc.Native;

/// <summary>A system call failed. Transports turn it into an error that the user understands; it never leaves them bare.</summary>
internal sealed class NativeException(string call, int errno)
    : IOException($"{call} failed: {NativeError.Describe(errno)}")
{
    /// <summary>What the kernel said; see <see cref="Native.Errno"/>.</summary>
    public int Errno { get; } = errno;
}

/// <summary>The one place where an error number becomes an exception or a sentence.</summary>
internal static class NativeError
{
    /// <summary>The error number of the call that this thread made last.</summary>
    public static int Last => Marshal.GetLastPInvokeError();

    /// <summary>Throws if a call that answers -1 on failure did so.</summary>
    public static int Check(int result, string call) => result < 0 ? throw new NativeException(call, Last) : result;

    /// <summary>The number in words, for messages.</summary>
    public static string Describe(int errno) => $"{Marshal.GetPInvokeErrorMessage(errno)} (errno {errno})";
}
