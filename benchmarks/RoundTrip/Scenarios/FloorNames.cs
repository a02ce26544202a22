namespace Contracts.Ipc.Benchmarks.RoundTrip.Scenarios;

/// <summary>The kinds of floor.c that belong to this benchmark.</summary>
internal static class FloorNames
{
    /// <summary>Both sides poll a Unix socket and never sleep.</summary>
    public const string Polling = "udspoll";

    /// <summary>Both sides sleep in the kernel until a message comes.</summary>
    public const string Blocking = "uds";

    /// <summary>Both sides poll a word in shared memory and never sleep.</summary>
    public const string Spinning = "spin";

    /// <summary>Both sides sleep on a word in shared memory.</summary>
    public const string Futex = "futex";

    /// <summary>Both sides sleep on a process-shared condition variable.</summary>
    public const string Condition = "pthread";

    /// <summary>Both sides sleep in mq_receive.</summary>
    public const string PosixQueue = "mq";

    /// <summary>Both sides sleep in read of a pipe.</summary>
    public const string Fifo = "fifo";

    /// <summary>Both sides sleep in msgrcv.</summary>
    public const string SystemVQueue = "sysv";

    /// <summary>Those that never sleep.</summary>
    public static IReadOnlyList<string> Awake { get; } = [Polling, Spinning];

    /// <summary>Those that sleep in the kernel.</summary>
    public static IReadOnlyList<string> Asleep { get; } = [Blocking, Futex, Condition, Fifo, PosixQueue, SystemVQueue];
}
