using System.Buffers;
using System.Diagnostics;

namespace Contracts.Ipc.Serialization;

/// <summary>
/// A growing byte buffer on a pooled array: one message is written into it, sent, and the buffer is used again.
/// </summary>
/// <remarks>
/// Not thread-safe. A buffer that held an unusually large message gives its array back at the next <see cref="Reset"/>, so that one
/// large message does not keep its memory for the life of a connection.
/// </remarks>
internal sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private const int InitialCapacity = 1024;

    // What a buffer may keep between messages: a frame of the byte-stream transports.
    private const int RetainedCapacity = 128 * 1024;

    private byte[] _array;
    private int _count;

    public PooledBuffer(int capacity = InitialCapacity) => _array = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>Everything that was written, reserved bytes at the front included.</summary>
    public Span<byte> WrittenSpan => _array.AsSpan(0, _count);

    /// <summary>Everything that was written, reserved bytes at the front included.</summary>
    public Memory<byte> WrittenMemory => _array.AsMemory(0, _count);

    public int WrittenCount => _count;

    public int Capacity => _array.Length;

    /// <summary>Forgets what was written and keeps room at the front for a header that is filled in later.</summary>
    /// <param name="reserved">How many bytes the header takes. Their content is undefined until they are written.</param>
    public void Reset(int reserved = 0)
    {
        if (_array.Length > RetainedCapacity)
        {
            ArrayPool<byte>.Shared.Return(_array);
            _array = [];
        }

        _count = 0;
        if (_array.Length < reserved)
        {
            Grow(reserved);
        }

        _count = reserved;
    }

    /// <summary>Forgets what was written behind a position.</summary>
    public void Truncate(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)_count, nameof(count));
        _count = count;
    }

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_array.Length - _count), nameof(count));
        _count += count;
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        int needed = Math.Max(sizeHint, 1);
        if (_array.Length - _count < needed)
        {
            Grow(needed);
        }

        return _array.AsSpan(_count);
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        int needed = Math.Max(sizeHint, 1);
        if (_array.Length - _count < needed)
        {
            Grow(needed);
        }

        return _array.AsMemory(_count);
    }

    /// <summary>Appends bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        _count += bytes.Length;
    }

    /// <summary>Gives the memory back. The buffer grows again if it is used afterwards.</summary>
    public void Dispose()
    {
        byte[] array = _array;
        _array = [];
        _count = 0;
        if (array.Length != 0)
        {
            ArrayPool<byte>.Shared.Return(array);
        }
    }

    private void Grow(int needed)
    {
        Debug.Assert(needed > _array.Length - _count, "Only a buffer without room grows.");
        long required = (long)_count + needed;
        if (required > Array.MaxLength)
        {
            throw SerializationError.MessageTooLarge(required);
        }

        long doubled = Math.Max(2L * _array.Length, InitialCapacity);
        byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max(required, doubled), Array.MaxLength));
        _array.AsSpan(0, _count).CopyTo(larger);
        if (_array.Length != 0)
        {
            ArrayPool<byte>.Shared.Return(_array);
        }

        _array = larger;
    }
}
