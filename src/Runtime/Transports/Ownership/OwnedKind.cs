namespace Contracts.Ipc.Transports.Ownership;

/// <summary>What of the kernel a line of a journal stands for, and so how it is checked and removed.</summary>
internal enum OwnedKind
{
    /// <summary>A socket, a FIFO or a file of ours, by its absolute path.</summary>
    File,

    /// <summary>A POSIX message queue, by its name with the leading slash.</summary>
    PosixQueue,

    /// <summary>A System V message queue: "id key ctime" in decimal; id -1 and ctime 0 as long as it is not made.</summary>
    SystemVQueue,

    /// <summary>A named shared-memory object that its maker wants removed with itself: its store, a colon, its name.</summary>
    SharedMemory,

    /// <summary>Nothing in the kernel: an endpoint at which the process listens.</summary>
    Endpoint,
}

/// <summary>How a journal calls them.</summary>
internal static class OwnedKinds
{
    public static string InFile(this OwnedKind kind) => kind switch
    {
        OwnedKind.File => "file",
        OwnedKind.PosixQueue => "mq",
        OwnedKind.SystemVQueue => "sysv",
        OwnedKind.SharedMemory => "shm",
        OwnedKind.Endpoint => "endpoint",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static OwnedKind? Parse(ReadOnlySpan<char> word) => word switch
    {
        "file" => OwnedKind.File,
        "mq" => OwnedKind.PosixQueue,
        "sysv" => OwnedKind.SystemVQueue,
        "shm" => OwnedKind.SharedMemory,
        "endpoint" => OwnedKind.Endpoint,
        _ => null,
    };
}
