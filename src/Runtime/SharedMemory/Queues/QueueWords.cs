using Contracts.Ipc.SharedMemory.Objects;

namespace Contracts.Ipc.SharedMemory.Queues;

/// <summary>Where the words of a queue lie, from the start of the object. What one side writes often has its own 128 bytes: cache lines are fetched in pairs.</summary>
/// <remarks>Part of the format, docs/shared-memory.md; the C header says the same.</remarks>
internal static class QueueWords
{
    /// <summary>How producers that find it full behave: <see cref="SharedQueueFullMode"/>.</summary>
    public const int FullMode = ObjectHeader.WordsOffset;

    /// <summary>Where the next item will be written. Consumers sleep on it.</summary>
    public const int Tail = 256;

    /// <summary>The head as a producer saw it last; belongs to who holds the producers' mutex.</summary>
    public const int SeenHead = Tail + 4;

    /// <summary>Where the next item will be read. Producers sleep on it.</summary>
    public const int Head = 384;

    /// <summary>The tail as a consumer saw it last; belongs to who holds the consumers' mutex.</summary>
    public const int SeenTail = Head + 4;

    /// <summary>The consumers' mutex; the producers' is the one that every object has.</summary>
    public const int ConsumersMutex = 512;

    /// <summary>How many items were dropped to make room: 64 bits; belongs to who holds both mutexes.</summary>
    public const int Dropped = 640;

    public const int End = 768;

    /// <summary>Positions count items modulo 2^31, so that they fit into a word beside bit 0.</summary>
    public const int PositionMask = int.MaxValue;

    /// <summary>So many slots at most: half of the positions would do, and lengths stay far from their limits.</summary>
    public const int LargestCapacity = 1 << 28;

    /// <summary>The slots of a queue: positions are mapped to them by a mask, so their number is a power of two. The capacity itself is exact.</summary>
    public static uint Slots(uint capacity) => System.Numerics.BitOperations.RoundUpToPowerOf2(Math.Max(capacity, 1));
}
