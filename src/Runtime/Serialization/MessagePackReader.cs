using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Contracts.Ipc.Serialization;

/// <summary>
/// Reads MessagePack from one contiguous span, which may come from anywhere: whatever the bytes are, the only thing that comes out besides
/// values is <see cref="IpcSerializationException"/>. Pass it by reference.
/// </summary>
/// <remarks>
/// Each method has a short path for the usual first byte, which is inlined, and a long one for everything else. Two counters bound what hostile
/// bytes can cost: the levels that may still open, and the elements that may still be declared. Every element takes at least one byte, so all
/// containers of a message together cannot declare more elements than it has bytes; a message that tries is refused before memory is taken.
/// After an exception the reader must not be used any more.
/// </remarks>
public ref partial struct MessagePackReader
{
    private readonly ref byte _start;
    private readonly ref byte _end;
    private ref byte _next;
    private int _elementsLeft;
    private int _depthLeft;
    private readonly int _maxDepth;

    /// <summary>Reads a span.</summary>
    /// <param name="input">What to read.</param>
    public MessagePackReader(ReadOnlySpan<byte> input)
    {
        _start = ref MemoryMarshal.GetReference(input);
        _next = ref _start;
        _end = ref Unsafe.Add(ref _start, input.Length);
        _elementsLeft = input.Length;
        _maxDepth = MessagePackReaderOptions.DefaultMaxDepth;
        _depthLeft = MessagePackReaderOptions.DefaultMaxDepth;
    }

    /// <summary>Reads a span under limits of its own.</summary>
    /// <param name="input">What to read.</param>
    /// <param name="options">The limits.</param>
    public MessagePackReader(ReadOnlySpan<byte> input, MessagePackReaderOptions options)
        : this(input)
    {
        _elementsLeft = Math.Min(input.Length, options.MaxElements);
        _maxDepth = options.MaxDepth;
        _depthLeft = options.MaxDepth;
    }

    /// <summary>How many bytes were read.</summary>
    public readonly int Consumed => (int)Unsafe.ByteOffset(ref _start, ref _next);

    /// <summary>How many bytes are left.</summary>
    public readonly int Remaining => (int)Unsafe.ByteOffset(ref _next, ref _end);

    /// <summary>Whether everything was read. Whoever reads a whole message checks this at the end.</summary>
    public readonly bool End => Unsafe.AreSame(ref _next, ref _end);

    /// <summary>Checks that everything was read.</summary>
    /// <exception cref="IpcSerializationException">Bytes are left.</exception>
    public readonly void ThrowIfNotAtEnd()
    {
        if (!End)
        {
            throw SerializationError.TrailingBytes(Consumed, Remaining);
        }
    }

    /// <summary>Consumes the next value if it is nil.</summary>
    /// <returns>Whether it was.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadNil()
    {
        if (Unsafe.IsAddressLessThan(ref _next, ref _end) && _next == MessagePackCode.Nil)
        {
            _next = ref Unsafe.Add(ref _next, 1);
            return true;
        }

        return false;
    }

    /// <summary>Reads nil.</summary>
    public void ReadNil()
    {
        if (!TryReadNil())
        {
            ThrowUnexpected("nil");
        }
    }

    /// <summary>Reads a boolean.</summary>
    /// <returns>The value.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool ReadBoolean()
    {
        if (Unsafe.IsAddressLessThan(ref _next, ref _end))
        {
            uint value = (uint)(_next - MessagePackCode.False);
            if (value <= 1)
            {
                _next = ref Unsafe.Add(ref _next, 1);
                return value != 0;
            }
        }

        ThrowUnexpected("a boolean");
        return false;
    }

    /// <summary>Where the reader stands: for code that reads many values at once and has checked what it passes over.</summary>
    internal readonly ref byte Position => ref _next;

    /// <summary>Moves the reader to a position that was reached from <see cref="Position"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void MoveTo(ref byte next) => _next = ref Unsafe.AddByteOffset(ref _next, Unsafe.ByteOffset(ref _next, ref next));

    /// <summary>The first byte of the next value, without consuming it.</summary>
    internal readonly byte PeekCode(string expected)
    {
        if (End)
        {
            throw SerializationError.Truncated(Consumed, expected, 1);
        }

        return _next;
    }

    // Fails unless so many bytes are there, counted from the first byte of the value.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Need(int size, string expected)
    {
        if (Unsafe.ByteOffset(ref _next, ref _end) < size)
        {
            ThrowTruncated(size, expected);
        }
    }

    [DoesNotReturn]
    private readonly void ThrowTruncated(int size, string expected)
        => throw SerializationError.Truncated(Consumed, expected, size - Remaining);

    [DoesNotReturn]
    private readonly void ThrowUnexpected(string expected)
        => throw SerializationError.Unexpected(Consumed, expected, PeekCode(expected));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly byte UInt8At(int offset) => Unsafe.Add(ref _next, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ushort UInt16At(int offset)
        => BigEndian.Load16(ref Unsafe.Add(ref _next, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly uint UInt32At(int offset)
        => BigEndian.Load32(ref Unsafe.Add(ref _next, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ulong UInt64At(int offset)
        => BigEndian.Load64(ref Unsafe.Add(ref _next, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Advance(int size) => _next = ref Unsafe.Add(ref _next, size);
}
