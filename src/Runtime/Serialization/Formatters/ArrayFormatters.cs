namespace Contracts.Ipc.Serialization.Formatters;

/// <summary>Formats an array.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TFormatter">Its formatter.</typeparam>
public readonly struct ArrayFormatter<T, TFormatter> : IMessageFormatter<T[]?>
    where TFormatter : struct, IMessageFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, T[]? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            Elements.Write<T, TFormatter>(ref writer, new ReadOnlySpan<T>(value));
        }
    }

    /// <inheritdoc/>
    public static T[]? Read(ref MessagePackReader reader)
        => Elements.TryReadArray<T, TFormatter>(ref reader, out T[] values) ? values : null;
}

/// <summary>Formats memory.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TFormatter">Its formatter.</typeparam>
public readonly struct MemoryFormatter<T, TFormatter> : IMessageFormatter<Memory<T>>
    where TFormatter : struct, IMessageFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Memory<T> value)
        => Elements.Write<T, TFormatter>(ref writer, value.Span);

    /// <inheritdoc/>
    public static Memory<T> Read(ref MessagePackReader reader)
        => Elements.TryReadArray<T, TFormatter>(ref reader, out T[] values) ? values : default(Memory<T>);
}

/// <summary>Formats memory.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TFormatter">Its formatter.</typeparam>
public readonly struct ReadOnlyMemoryFormatter<T, TFormatter> : IMessageFormatter<ReadOnlyMemory<T>>
    where TFormatter : struct, IMessageFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ReadOnlyMemory<T> value)
        => Elements.Write<T, TFormatter>(ref writer, value.Span);

    /// <inheritdoc/>
    public static ReadOnlyMemory<T> Read(ref MessagePackReader reader)
        => Elements.TryReadArray<T, TFormatter>(ref reader, out T[] values) ? values : default(ReadOnlyMemory<T>);
}

/// <summary>Formats a segment of an array.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TFormatter">Its formatter.</typeparam>
public readonly struct ArraySegmentFormatter<T, TFormatter> : IMessageFormatter<ArraySegment<T>>
    where TFormatter : struct, IMessageFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ArraySegment<T> value)
    {
        if (value.Array is null)
        {
            writer.WriteNil();
        }
        else
        {
            Elements.Write<T, TFormatter>(ref writer, new ReadOnlySpan<T>(value.Array, value.Offset, value.Count));
        }
    }

    /// <inheritdoc/>
    public static ArraySegment<T> Read(ref MessagePackReader reader)
        => Elements.TryReadArray<T, TFormatter>(ref reader, out T[] values) ? values : default(ArraySegment<T>);
}
