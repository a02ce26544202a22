using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Contracts.Ipc.Serialization;

/// <summary>
/// Writes MessagePack into an <see cref="IBufferWriter{T}"/>, every value in its shortest form. Pass it by reference; call
/// <see cref="Flush"/> at the end.
/// </summary>
/// <remarks>
/// The writer keeps the position inside the output's current span as a managed reference and asks the output for more only when a
/// value does not fit. Invariant: <c>_start &lt;= _next &lt;= _end</c>, all within one span of the output, or all null.
/// </remarks>
public ref partial struct MessagePackWriter
{
    // Asked of the output at least, so that a run of small values does not ask for each.
    private const int MinimumSpan = 256;

    private readonly IBufferWriter<byte> _output;
    private ref byte _start;
    private ref byte _next;
    private ref byte _end;
    private int _depth;

    /// <summary>Writes into a buffer.</summary>
    /// <param name="output">Where to. Call <see cref="Flush"/> at the end.</param>
    public MessagePackWriter(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        _output = output;
        Take(output.GetSpan(MinimumSpan));
    }

    /// <summary>Hands what was written to the output. More may be written afterwards.</summary>
    public void Flush()
    {
        int written = (int)Unsafe.ByteOffset(ref _start, ref _next);
        _start = ref Unsafe.NullRef<byte>();
        _next = ref Unsafe.NullRef<byte>();
        _end = ref Unsafe.NullRef<byte>();
        if (written != 0)
        {
            _output.Advance(written);
        }
    }

    /// <summary>
    /// Counts one level of a type that can contain itself. Generated formatters of such types call it before their members and
    /// <see cref="Leave"/> after them, so that a cyclic graph ends in an exception and not in a stack overflow.
    /// </summary>
    /// <exception cref="IpcSerializationException">More than 64 levels are open.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Enter()
    {
        if (++_depth > MessagePackReaderOptions.DefaultMaxDepth)
        {
            throw SerializationError.CyclicGraph(MessagePackReaderOptions.DefaultMaxDepth);
        }
    }

    /// <summary>Ends what <see cref="Enter"/> began.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Leave() => _depth--;

    /// <summary>Appends bytes that already are MessagePack.</summary>
    /// <param name="messagePack">Whole values. They are not checked.</param>
    public void WriteRaw(scoped ReadOnlySpan<byte> messagePack)
    {
        ref byte destination = ref Reserve(messagePack.Length);
        messagePack.CopyTo(MemoryMarshal.CreateSpan(ref destination, messagePack.Length));
        Advance(messagePack.Length);
    }

    /// <summary>Makes sure that <paramref name="size"/> bytes can be written at the returned position without further checks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref byte Reserve(int size)
    {
        if (Unsafe.ByteOffset(ref _next, ref _end) < size)
        {
            Grow(size);
        }

        return ref _next;
    }

    /// <summary>Counts bytes that were written at a reserved position.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Advance(int count) => _next = ref Unsafe.Add(ref _next, count);

    /// <summary>Moves the position to the end of what was written at a reserved position.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void MoveTo(ref byte next) => _next = ref Unsafe.AddByteOffset(ref _next, Unsafe.ByteOffset(ref _next, ref next));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int size)
    {
        if (_output is null)
        {
            throw SerializationError.WriterWithoutOutput();
        }

        Flush();
        Take(_output.GetSpan(Math.Max(size, MinimumSpan)));
        if (Unsafe.ByteOffset(ref _next, ref _end) < size)
        {
            throw SerializationError.OutputTooSmall(size);
        }
    }

    private void Take(Span<byte> span)
    {
        _start = ref MemoryMarshal.GetReference(span);
        _next = ref _start;
        _end = ref Unsafe.Add(ref _start, span.Length);
    }
}
