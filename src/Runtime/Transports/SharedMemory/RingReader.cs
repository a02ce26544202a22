namespace Contracts.Ipc.Transports.SharedMemory;

/// <summary>The receiving end of a ring: one process, one thread at a time.</summary>
/// <remarks>
/// The head is this object's own and only published, never read back. Every word of the peer's is read once and checked before anything follows from it;
/// the content is copied out, so that what is decoded cannot change any more.
/// </remarks>
internal sealed unsafe class RingReader
{
    private readonly byte* _control;
    private readonly byte* _data;
    private readonly ulong _mask;
    private readonly ulong _capacity;
    private ulong _head;

    /// <summary>Where the rest of a record begins that did not fit the destination.</summary>
    private ulong _position;
    private int _left;

    public RingReader(RingSegment segment, RingDirection direction)
    {
        _control = segment.Control(direction);
        _data = segment.Data(direction);
        _capacity = (ulong)segment.Capacity;
        _mask = _capacity - 1;
        _head = RingLayout.FirstPosition(segment.Capacity);
    }

    /// <summary>Whether there is something to read. From any thread; exact for the one that reads.</summary>
    public bool HasRecord
    {
        get
        {
            ulong head = Volatile.Read(ref _head);
            return _left > 0 || RingLayout.IsCommitted(Volatile.Read(ref *(ulong*)(_data + (head & _mask))), head);
        }
    }

    /// <summary>Whether a record was taken in part.</summary>
    public bool IsInsideRecord => _left > 0;

    /// <summary>Why nothing can be read any more: what the peer wrote cannot be.</summary>
    public IpcProtocolException? Violation { get; private set; }

    /// <summary>Whether a sender waits for room, and there is enough to wake it.</summary>
    public bool IsSenderWaiting => Volatile.Read(ref *(int*)(_control + RingLayout.SenderParkedOffset)) != 0;

    /// <summary>Takes back the sender's wish to be woken: whoever does must wake it.</summary>
    public bool TryClaimWake()
    {
        // Not for each record that was taken: it would send one, and wait again.
        ulong tail = Volatile.Read(ref *(ulong*)(_control + RingLayout.TailOffset));
        return (long)(tail - _head) <= (long)(_capacity / 2) && Interlocked.Exchange(ref *(int*)(_control + RingLayout.SenderParkedOffset), 0) != 0;
    }

    /// <summary>Says whether the receiver wants to be woken when a record comes.</summary>
    public void SetParked(bool parked) => Volatile.Write(ref *(int*)(_control + RingLayout.ReceiverParkedOffset), parked ? 1 : 0);

    /// <summary>Copies out what is there.</summary>
    /// <returns>How many bytes; 0 if nothing is there, or after a <see cref="Violation"/>.</returns>
    public int Read(Span<byte> destination)
    {
        if (_left == 0 && !Open())
        {
            return 0;
        }

        int count = Math.Min(_left, destination.Length);
        CopyPart(_position, destination[..count]);
        _position += (ulong)count;
        _left -= count;
        if (_left == 0)
        {
            // Release: pairs with the acquire of the sender that looks for room; what it then overwrites has been copied.
            _head = (_position + RingLayout.RecordAlignment - 1) & ~(ulong)(RingLayout.RecordAlignment - 1);
            Volatile.Write(ref *(ulong*)(_control + RingLayout.HeadOffset), _head);
        }

        return count;
    }

    /// <summary>Looks for a record at the head.</summary>
    private bool Open()
    {
        ulong word = Volatile.Read(ref *(ulong*)(_data + (_head & _mask)));
        if (!RingLayout.IsCommitted(word, _head) || Violation is not null)
        {
            return false;
        }

        int length = RingLayout.LengthOf(word);
        if ((uint)(length - 1) >= (uint)(_capacity - RingLayout.WordLength))
        {
            Violation = RingError.RecordLength(length, (int)_capacity - RingLayout.WordLength);
            return false;
        }

        _position = _head + RingLayout.WordLength;
        _left = length;
        return true;
    }

    private void CopyPart(ulong position, Span<byte> destination)
    {
        int offset = (int)(position & _mask);
        int untilEnd = (int)_capacity - offset;
        if (destination.Length <= untilEnd)
        {
            new ReadOnlySpan<byte>(_data + offset, destination.Length).CopyTo(destination);
            return;
        }

        new ReadOnlySpan<byte>(_data + offset, untilEnd).CopyTo(destination);
        new ReadOnlySpan<byte>(_data, destination.Length - untilEnd).CopyTo(destination[untilEnd..]);
    }
}
