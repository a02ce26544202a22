namespace Contracts.Ipc.Transports.Queues;

/// <summary>
/// The messages of one client that were taken out of the shared queue and not yet by its session: a ring with one producer, who holds the hub's right to
/// take messages, and one consumer, who holds the session's lease.
/// </summary>
internal sealed class QueueInbox
{
    public const int Capacity = 64;

    /// <summary>Once it was full, the hub goes on when no more than this is left.</summary>
    public const int LowMark = Capacity / 2;

    private readonly Entry[] _entries = new Entry[Capacity];
    private uint _head;
    private uint _tail;

    /// <summary>How many messages it holds: exact for its consumer and producer as far as their own side goes.</summary>
    public int Count => (int)(Volatile.Read(ref _tail) - Volatile.Read(ref _head));

    public bool IsEmpty => Count == 0;

    /// <summary>Producer: adds a message. There is room: the hub takes none while an inbox is full.</summary>
    public void Add(byte[] buffer, int length)
    {
        uint tail = _tail;
        _entries[tail % Capacity] = new Entry(buffer, length);

        // Publish: pairs with the acquire in TryTake. A consumer that sees this tail sees the entry before it.
        Volatile.Write(ref _tail, tail + 1);
    }

    /// <summary>Consumer: takes the oldest message, and its buffer with it.</summary>
    public bool TryTake(out byte[] buffer, out int length)
    {
        uint head = _head;
        if (head == Volatile.Read(ref _tail))
        {
            (buffer, length) = ([], 0);
            return false;
        }

        (buffer, length) = _entries[head % Capacity];
        _entries[head % Capacity] = default;

        // Publish: pairs with the acquire in Count. A producer that sees this head may use the place again.
        Volatile.Write(ref _head, head + 1);
        return true;
    }

    private readonly record struct Entry(byte[] Buffer, int Length);
}
