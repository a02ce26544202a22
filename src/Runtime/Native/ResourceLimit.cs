using System.Runtime.InteropServices;

namespace Contracts.Ipc.Native;

/// <summary>getrlimit(2): what this process is allowed to use.</summary>
internal static unsafe partial class ResourceLimit
{
    /// <summary>What stands for no limit.</summary>
    public const ulong Infinity = ulong.MaxValue;

    private const int OpenFilesResource = 7;
    private const int QueueBytesResource = 12;

    /// <summary>RLIMIT_NOFILE: how many descriptors.</summary>
    public static ulong OpenFiles => Get(OpenFilesResource);

    /// <summary>RLIMIT_MSGQUEUE: how many bytes all POSIX message queues together may take that this user has made.</summary>
    public static ulong QueueBytes => Get(QueueBytesResource);

    private static ulong Get(int resource)
    {
        Limits limits;
        _ = NativeError.Check(GetLimit(resource, &limits), "getrlimit");

        // rlim_t is as wide as a machine word.
        return limits.Current == nuint.MaxValue ? Infinity : limits.Current;
    }

    [LibraryImport("libc", EntryPoint = "getrlimit", SetLastError = true)]
    private static partial int GetLimit(int resource, Limits* limits);

    // struct rlimit.
    private struct Limits
    {
        public nuint Current;
        public nuint Maximum;
    }
}
