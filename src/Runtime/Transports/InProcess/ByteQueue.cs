namespace Contracts.Ipc.Transports.InProcess;

/// <summary>One direction of an in-process connection: a bounded ring of bytes between one writer and one reader.</summary>
/// <remarks>Like a socket it takes part of what does not fit, keeps what was written when the writer goes, and refuses when the reader goes.</remarks>
internal sealed class ByteQueue
{
    // As much as a socket takes by default. A power of two.
    private const int Capacity = 256 * 1024;

    private readonly Lock _gate = new();
    private readonly byte[] _ring = new byte[Capacity];
    private int _head;
    private int _count;
    private bool _ended;
    private bool _readArmed;
    private bool _writeArmed;

    /// <summary>Called on the writer's thread, outside the lock, when bytes or the end came and an event was asked for.</summary>
    public required Action Readable { get; init; }

    /// <summary>Called on the reader's thread, outside the lock, when there is room or the end came and an event was asked for.</summary>
    public required Action Writable { get; init; }

    /// <summary>Wakes a reader that sleeps; called with every write and with the end.</summary>
    public required Action Wake { get; init; }

    /// <summary>Takes what fits.</summary>
    /// <returns>How many bytes; -1 after the end.</returns>
    public int Write(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        int taken;
        bool notify;
        lock (_gate)
        {
            if (_ended)
            {
                return -1;
            }

            taken = Put(first);
            taken += taken == first.Length ? Put(second) : 0;
            notify = _readArmed && taken > 0;
            _readArmed &= !notify;
        }

        if (taken > 0)
        {
            Wake();
        }

        if (notify)
        {
            Readable();
        }

        return taken;
    }

    /// <summary>Moves bytes out.</summary>
    /// <returns>How many; 0 when nothing is there; -1 at the end.</returns>
    public int Read(Span<byte> destination)
    {
        int taken;
        bool notify;
        lock (_gate)
        {
            taken = Math.Min(destination.Length, _count);
            if (taken == 0)
            {
                return _ended ? -1 : 0;
            }

            int toEnd = Math.Min(taken, _ring.Length - _head);
            _ring.AsSpan(_head, toEnd).CopyTo(destination);
            _ring.AsSpan(0, taken - toEnd).CopyTo(destination[toEnd..]);
            _head = (_head + taken) & (_ring.Length - 1);
            _count -= taken;
            notify = _writeArmed;
            _writeArmed = false;
        }

        if (notify)
        {
            Writable();
        }

        return taken;
    }

    /// <summary>Whether a read would find bytes or the end.</summary>
    public bool CanRead()
    {
        lock (_gate)
        {
            return _count > 0 || _ended;
        }
    }

    /// <summary>Nothing more can be written; what was written can still be read.</summary>
    public void End()
    {
        bool readArmed, writeArmed;
        lock (_gate)
        {
            _ended = true;
            (readArmed, writeArmed) = (_readArmed, _writeArmed);
            _readArmed = _writeArmed = false;
        }

        Wake();
        if (readArmed)
        {
            Readable();
        }

        if (writeArmed)
        {
            Writable();
        }
    }

    /// <summary>Asks for one <see cref="Readable"/>.</summary>
    public void ArmReadable()
    {
        lock (_gate)
        {
            _readArmed = _count == 0 && !_ended;
            if (_readArmed)
            {
                return;
            }
        }

        Readable();
    }

    /// <summary>Asks for one <see cref="Writable"/>.</summary>
    public void ArmWritable()
    {
        lock (_gate)
        {
            _writeArmed = _count == _ring.Length && !_ended;
            if (_writeArmed)
            {
                return;
            }
        }

        Writable();
    }

    private int Put(ReadOnlySpan<byte> bytes)
    {
        int taken = Math.Min(bytes.Length, _ring.Length - _count);
        int tail = (_head + _count) & (_ring.Length - 1);
        int toEnd = Math.Min(taken, _ring.Length - tail);
        bytes[..toEnd].CopyTo(_ring.AsSpan(tail));
        bytes[toEnd..taken].CopyTo(_ring);
        _count += taken;
        return taken;
    }
}
