using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Contracts.Ipc.Serialization;

public ref partial struct MessagePackReader
{
    /// <summary>Reads the header of an array and opens a level, or consumes nil.</summary>
    /// <param name="count">How many values follow. It is not larger than the number of bytes that follow.</param>
    /// <returns>False if the value was nil. After true, <see cref="Leave"/> must be called behind the last value.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryEnterArray(out int count)
    {
        if (Unsafe.IsAddressLessThan(ref _next, ref _end))
        {
            int fix = _next - MessagePackCode.FixArray;
            if ((uint)fix <= 15)
            {
                _next = ref Unsafe.Add(ref _next, 1);
                count = fix;
                Charge(fix);
                return true;
            }
        }

        return TryEnterLongArray(out count);
    }

    /// <summary>Reads the header of an array, which may not be nil, and opens a level.</summary>
    /// <returns>How many values follow. It is not larger than the number of bytes that follow.</returns>
    public int EnterArray()
    {
        if (!TryEnterArray(out int count))
        {
            ThrowNil("an array");
        }

        return count;
    }

    /// <summary>Reads the header of an array that must have a given length, and opens a level.</summary>
    /// <param name="expected">The length.</param>
    /// <param name="type">What the array stands for, in the words of an error message.</param>
    internal void EnterArray(int expected, string type)
    {
        int position = Consumed;
        int count = EnterArray();
        if (count != expected)
        {
            throw SerializationError.WrongCount(position, type, expected, count);
        }
    }

    /// <summary>Reads the header of a map and opens a level, or consumes nil.</summary>
    /// <param name="count">How many keys follow, each with a value. Twice as many bytes follow at least.</param>
    /// <returns>False if the value was nil. After true, <see cref="Leave"/> must be called behind the last value.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryEnterMap(out int count)
    {
        if (Unsafe.IsAddressLessThan(ref _next, ref _end))
        {
            int fix = _next - MessagePackCode.FixMap;
            if ((uint)fix <= 15)
            {
                _next = ref Unsafe.Add(ref _next, 1);
                count = fix;
                Charge(2 * fix);
                return true;
            }
        }

        return TryEnterLongMap(out count);
    }

    /// <summary>Reads the header of a map, which may not be nil, and opens a level.</summary>
    /// <returns>How many keys follow, each with a value.</returns>
    public int EnterMap()
    {
        if (!TryEnterMap(out int count))
        {
            ThrowNil("a map");
        }

        return count;
    }

    /// <summary>Reads <c>[tag, value]</c> up to the value and opens a level, or consumes nil.</summary>
    /// <param name="tag">Which subtype follows.</param>
    /// <returns>False if the value was nil. After true, <see cref="Leave"/> must be called behind the value.</returns>
    public bool TryEnterUnion(out int tag)
    {
        int position = Consumed;
        if (!TryEnterArray(out int count))
        {
            tag = 0;
            return false;
        }

        if (count != 2)
        {
            throw SerializationError.WrongCount(position, "A union", 2, count);
        }

        tag = ReadInt32();
        return true;
    }

    /// <summary>Closes the level that the last <c>Enter</c> opened.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Leave() => _depthLeft++;

    /// <summary>Reads the header of an array without opening a level: for arrays that are read in place, not by a formatter of their own.</summary>
    /// <returns>How many values follow.</returns>
    public int ReadArrayHeader()
    {
        int count = EnterArray();
        Leave();
        return count;
    }

    /// <summary>Reads the header of a map without opening a level: for maps that are read in place, not by a formatter of their own.</summary>
    /// <returns>How many keys follow, each with a value.</returns>
    public int ReadMapHeader()
    {
        int count = EnterMap();
        Leave();
        return count;
    }

    // Both counters are tested by one branch: either is negative once it is used up.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Charge(int elements)
    {
        _elementsLeft -= elements;
        _depthLeft--;
        if ((_elementsLeft | _depthLeft) < 0)
        {
            ThrowCharged();
        }
    }

    [DoesNotReturn]
    private readonly void ThrowCharged()
        => throw (_depthLeft < 0
            ? SerializationError.TooDeep(Consumed, _maxDepth)
            : SerializationError.TooManyElements(Consumed));

    [DoesNotReturn]
    private readonly void ThrowNil(string expected)
        => throw SerializationError.Unexpected(Consumed - 1, expected, MessagePackCode.Nil);

    private bool TryEnterLongArray(out int count)
    {
        const string Expected = "an array";
        switch (PeekCode(Expected))
        {
            case MessagePackCode.Nil:
                Advance(1);
                count = 0;
                return false;
            case MessagePackCode.Array16:
                Need(3, Expected);
                count = Declared("The array", UInt16At(1), 3, elementSize: 1);
                break;
            case MessagePackCode.Array32:
                Need(5, Expected);
                count = Declared("The array", UInt32At(1), 5, elementSize: 1);
                break;
            default:
                ThrowUnexpected(Expected);
                count = 0;
                break;
        }

        Charge(count);
        return true;
    }

    private bool TryEnterLongMap(out int count)
    {
        const string Expected = "a map";
        switch (PeekCode(Expected))
        {
            case MessagePackCode.Nil:
                Advance(1);
                count = 0;
                return false;
            case MessagePackCode.Map16:
                Need(3, Expected);
                count = Declared("The map", UInt16At(1), 3, elementSize: 2);
                break;
            case MessagePackCode.Map32:
                Need(5, Expected);
                count = Declared("The map", UInt32At(1), 5, elementSize: 2);
                break;
            default:
                ThrowUnexpected(Expected);
                count = 0;
                break;
        }

        Charge(2 * count);
        return true;
    }

    // No count is believed beyond the bytes that are there: each element takes at least one, each entry of a map two.
    private int Declared(string container, uint count, int header, int elementSize)
    {
        int follow = Remaining - header;
        if (count > (uint)(follow / elementSize))
        {
            throw SerializationError.CountBeyondMessage(Consumed, container, count, follow);
        }

        Advance(header);
        return (int)count;
    }
}
