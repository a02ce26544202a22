using System.Diagnostics;
using Contracts.Ipc.Native;

namespace Contracts.Ipc.Transports.SharedMemory;

/// <summary>The sending end of a ring. Its senders may be threads and processes: they take turns by the robust mutex in the segment.</summary>
/// <remarks>
/// <para>A record becomes visible with its commit word, in one store; until then the receiver sees nothing of it. Only then does the tail move on. A sender
/// that dies in between leaves a record that counts and a tail that does not know it: <see cref="Recover"/>.</para>
/// <para>The receiver looks at the word at its head alone, so what lies there from an earlier lap must never look like a commit word of this one. An old commit
/// word does not, for it carries its own position. Old content could, if somebody made it so: then <see cref="Seal"/> clears it beforehand.</para>
/// <para>The methods are the steps of <see cref="TryWrite"/>, apart so that a test can die between any two of them.</para>
/// </remarks>
internal sealed unsafe class RingWriter
{
    /// <summary>No honest sender holds the mutex for longer than a copy takes; one that is stopped meanwhile may go on.</summary>
    private static readonly long Patience = Stopwatch.Frequency;

    /// <summary>About what a receiver takes to copy half of a ring of the default size.</summary>
    private static readonly long RoomPatience = Stopwatch.Frequency / 40_000;

    private readonly byte* _control;
    private readonly byte* _data;
    private readonly ulong _capacity;
    private readonly ulong _mask;
    private readonly int _maximumContent;

    /// <summary>The receiver's head when it was last looked at: only a lower bound is needed, and looking costs the way of a cache line.</summary>
    private ulong _seenHead;

    /// <summary>Where the head stood when the receiver did nothing while this side waited for it; no head is 0.</summary>
    private ulong _stuckHead;

    /// <summary>Where the tail was last: it never goes back.</summary>
    private ulong _seenTail;

    /// <summary>The sending end of a ring that nobody has used yet.</summary>
    public RingWriter(RingSegment segment, RingDirection direction)
    {
        _control = segment.Control(direction);
        _data = segment.Data(direction);
        _capacity = (ulong)segment.Capacity;
        _mask = _capacity - 1;

        // Long batches go as several records, so that the receiver takes the first while the next is written.
        _maximumContent = (segment.Capacity / 4) - RingLayout.WordLength;
        _seenHead = RingLayout.FirstPosition(segment.Capacity);
        _seenTail = _seenHead;
    }

    /// <summary>How often a dead sender was found to hold the mutex.</summary>
    public int Recoveries { get; private set; }

    /// <summary>Whether the receiver has asked to be woken.</summary>
    public bool IsReceiverParked => Volatile.Read(ref *(int*)(_control + RingLayout.ReceiverParkedOffset)) != 0;

    /// <summary>Whether at least half of the ring is free. From any thread; a hint.</summary>
    public bool HasRoom => (long)(Tail() - Head()) <= (long)(_capacity / 2);

    /// <summary>Takes back the receiver's wish to be woken: whoever does must wake it.</summary>
    public bool TryClaimWake() => Interlocked.Exchange(ref *(int*)(_control + RingLayout.ReceiverParkedOffset), 0) != 0;

    /// <summary>Says whether a sender wants to be woken when there is room.</summary>
    public void SetParked(bool parked) => Volatile.Write(ref *(int*)(_control + RingLayout.SenderParkedOffset), parked ? 1 : 0);

    /// <summary>
    /// Puts as much as fits into the ring: everything in one record if it fits, else whole frames, so that what one sender has begun no other one has to end.
    /// </summary>
    /// <returns>How many bytes were taken; 0 when the ring is full.</returns>
    /// <exception cref="IpcProtocolException">What the peer has written into the segment cannot be.</exception>
    public int TryWrite(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        Lock();
        ulong tail = Begin();
        int length = Fit(tail, first, second);
        if (length == 0)
        {
            Unlock();
            return 0;
        }

        Copy(tail, first, second, length);
        ulong next = Seal(tail, length);
        Commit(tail, length);
        Advance(next);
        Unlock();
        return length;
    }

    /// <summary>
    /// Waits some microseconds for a receiver that is just reading to make room: shorter than it takes to put this side to sleep and wake it again.
    /// </summary>
    /// <returns>Whether there is room now.</returns>
    public bool WaitForReceiver()
    {
        ulong head = Head();
        if (IsReceiverParked || head == _stuckHead)
        {
            // It sleeps, or has done nothing the last time either: it may need this very processor.
            return false;
        }

        long end = Stopwatch.GetTimestamp() + RoomPatience;
        do
        {
            Thread.SpinWait(8);
            if (HasRoom)
            {
                return true;
            }
        }
        while (Stopwatch.GetTimestamp() < end);
        _stuckHead = Head() == head ? head : 0;
        return false;
    }

    /// <summary>Takes the mutex, and puts the ring in order if its last holder died.</summary>
    internal void Lock()
    {
        byte* mutex = _control + RingLayout.MutexOffset;
        MutexState state = RobustMutex.TryLock(mutex);
        if (state == MutexState.Taken)
        {
            return;
        }

        if (state == MutexState.Busy)
        {
            state = RobustMutex.Lock(mutex, Stopwatch.GetTimestamp() + Patience);
        }

        switch (state)
        {
            case MutexState.Taken:
                return;
            case MutexState.OwnerDied:
                Recover();
                return;
            default:
                throw RingError.NotLocked(state);
        }
    }

    internal void Unlock()
    {
        try
        {
            RobustMutex.Unlock(_control + RingLayout.MutexOffset);
        }
        catch (NativeException error)
        {
            throw RingError.NotUnlocked(error);
        }
    }

    /// <summary>Where the next record goes.</summary>
    internal ulong Begin()
    {
        // Read once. Mostly it is where this sender left it; another one may have moved it on.
        ulong tail = Tail();
        if (tail != _seenTail)
        {
            CheckMoved(tail);
        }

        return tail;
    }

    /// <summary>The content of the record, behind the place of its commit word. It may go round the ring's end: it is copied out anyway.</summary>
    internal void Copy(ulong tail, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, int length)
    {
        ulong position = tail + RingLayout.WordLength;
        if (length <= first.Length)
        {
            CopyPart(position, first[..length]);
            return;
        }

        CopyPart(position, first);
        CopyPart(position + (ulong)first.Length, second[..(length - first.Length)]);
    }

    /// <summary>Sees to it that the receiver, once it has taken the record, does not take what lies behind it for another one.</summary>
    /// <returns>Where the record ends.</returns>
    internal ulong Seal(ulong tail, int length)
    {
        ulong next = tail + (ulong)RingLayout.RecordLength(length);
        ref ulong word = ref *(ulong*)(_data + (next & _mask));
        if (RingLayout.IsCommitted(word, next))
        {
            // Content of an earlier lap that happens, or was made, to look so. If the ring is full up to here, it is the word at the head, which has its own position.
            word = 0;
        }

        return next;
    }

    /// <summary>Makes the record visible. Pairs with the acquire in <see cref="RingReader.HasRecord"/>: who sees the word sees the content before it.</summary>
    internal void Commit(ulong tail, int length) => Volatile.Write(ref *(ulong*)(_data + (tail & _mask)), RingLayout.CommitWord(tail, length));

    /// <summary>Moves the tail behind a visible record.</summary>
    internal void Advance(ulong next)
    {
        _seenTail = next;
        Volatile.Write(ref *(ulong*)(_control + RingLayout.TailOffset), next);
    }

    /// <summary>
    /// The last holder died with the mutex in its hands. If it made its record visible, that counts, and the tail goes behind it; of what it only began
    /// nobody has seen anything, and the next record is written over it.
    /// </summary>
    /// <remarks>
    /// The head is no guide here: the receiver may have taken the visible record already, and then stands before the tail. The word stays where it is
    /// until the tail has passed it. Everything else about the cursors is checked by <see cref="Begin"/>, which comes next.
    /// </remarks>
    private void Recover()
    {
        ulong tail = Tail();

        // Who died may have been no honest sender: at an odd place a word could reach beyond the end of the ring.
        if ((tail & (RingLayout.RecordAlignment - 1)) == 0)
        {
            ulong word = Volatile.Read(ref *(ulong*)(_data + (tail & _mask)));
            int length = RingLayout.LengthOf(word);
            if (RingLayout.IsCommitted(word, tail) && length > 0 && length <= _maximumContent)
            {
                Volatile.Write(ref *(ulong*)(_control + RingLayout.TailOffset), tail + (ulong)RingLayout.RecordLength(length));
            }
        }

        RobustMutex.MarkConsistent(_control + RingLayout.MutexOffset);
        Recoveries++;
    }

    private void CheckMoved(ulong tail)
    {
        ulong head = Head();
        if ((tail & (RingLayout.RecordAlignment - 1)) != 0 || (long)(tail - _seenTail) < 0 || tail - head > _capacity || (long)(head - _seenHead) < 0)
        {
            Unlock();
            throw RingError.Tail(tail, _seenTail, head, _capacity);
        }

        _seenTail = tail;
        _seenHead = head;
    }

    /// <summary>How many bytes the next record takes: all, whole frames, or 0.</summary>
    private int Fit(ulong tail, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        int wanted = first.Length + second.Length;
        int limit = Math.Min(wanted, _maximumContent);
        int room = Room(tail, limit);
        if (wanted <= room)
        {
            return wanted;
        }

        int frames = FrameLengths.WholeFramesWithin(first, second, room);

        // A frame that no record could ever hold, which only a stranger to the session sends, goes in pieces.
        return frames > 0 ? frames : FrameLengths.FirstOf(first, second) > _maximumContent ? room : 0;
    }

    /// <summary>How much content a record at the tail can have, at most <paramref name="wanted"/>.</summary>
    private int Room(ulong tail, int wanted)
    {
        ulong used = tail - _seenHead;
        if (used + (ulong)RingLayout.RecordLength(wanted) > _capacity)
        {
            ulong head = Head();
            used = tail - head;
            if (used > tail - _seenHead || (head & (RingLayout.RecordAlignment - 1)) != 0)
            {
                ulong seen = _seenHead;
                Unlock();
                throw RingError.Head(head, seen, tail);
            }

            _seenHead = head;
        }

        long room = (long)(_capacity - used) - RingLayout.WordLength;
        return (int)Math.Clamp(room, 0, wanted);
    }

    private void CopyPart(ulong position, ReadOnlySpan<byte> bytes)
    {
        int offset = (int)(position & _mask);
        int untilEnd = (int)_capacity - offset;
        if (bytes.Length <= untilEnd)
        {
            bytes.CopyTo(new Span<byte>(_data + offset, bytes.Length));
            return;
        }

        bytes[..untilEnd].CopyTo(new Span<byte>(_data + offset, untilEnd));
        bytes[untilEnd..].CopyTo(new Span<byte>(_data, bytes.Length - untilEnd));
    }

    private ulong Tail() => Volatile.Read(ref *(ulong*)(_control + RingLayout.TailOffset));

    private ulong Head() => Volatile.Read(ref *(ulong*)(_control + RingLayout.HeadOffset));
}
