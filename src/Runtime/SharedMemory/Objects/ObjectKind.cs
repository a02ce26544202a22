namespace Contracts.Ipc.SharedMemory.Objects;

/// <summary>What a named object is. The numbers stand in its header and never change.</summary>
internal enum ObjectKind : uint
{
    Segment = 1,
    Mutex = 2,
    Semaphore = 3,
    Event = 4,
    ReaderWriterLock = 5,
    Queue = 6,
}

/// <summary>How messages call them.</summary>
internal static class ObjectKinds
{
    public static string InWords(this ObjectKind kind) => kind switch
    {
        ObjectKind.Segment => "shared segment",
        ObjectKind.Mutex => "shared mutex",
        ObjectKind.Semaphore => "shared semaphore",
        ObjectKind.Event => "shared event",
        ObjectKind.ReaderWriterLock => "shared reader-writer lock",
        ObjectKind.Queue => "shared queue",
        _ => $"object of the unknown kind {(uint)kind}",
    };
}
