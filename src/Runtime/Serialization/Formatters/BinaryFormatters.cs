namespace Contracts.Ipc.Serialization.Formatters;

// Bytes travel as binary data, not as an array of numbers. What is read is a copy: nothing refers to the message afterwards.

/// <summary>Formats an array of bytes as binary data.</summary>
public readonly struct ByteArrayFormatter : IMessageFormatter<byte[]?>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, byte[]? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            writer.WriteBinary(value);
        }
    }

    /// <inheritdoc/>
    public static byte[]? Read(ref MessagePackReader reader)
        => reader.TryReadNil() ? null : Packed.Copy<byte>(reader.ReadBinarySpan());
}

/// <summary>Formats memory of bytes as binary data.</summary>
public readonly struct ByteMemoryFormatter : IMessageFormatter<Memory<byte>>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Memory<byte> value)
        => writer.WriteBinary(value.Span);

    /// <inheritdoc/>
    public static Memory<byte> Read(ref MessagePackReader reader)
        => reader.TryReadNil() ? default : Packed.Copy<byte>(reader.ReadBinarySpan());
}

/// <summary>Formats memory of bytes as binary data.</summary>
public readonly struct ByteReadOnlyMemoryFormatter : IMessageFormatter<ReadOnlyMemory<byte>>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ReadOnlyMemory<byte> value)
        => writer.WriteBinary(value.Span);

    /// <inheritdoc/>
    public static ReadOnlyMemory<byte> Read(ref MessagePackReader reader)
        => reader.TryReadNil() ? default : Packed.Copy<byte>(reader.ReadBinarySpan());
}

/// <summary>Formats a segment of an array of bytes as binary data.</summary>
public readonly struct ByteArraySegmentFormatter : IMessageFormatter<ArraySegment<byte>>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ArraySegment<byte> value)
    {
        if (value.Array is null)
        {
            writer.WriteNil();
        }
        else
        {
            writer.WriteBinary(value);
        }
    }

    /// <inheritdoc/>
    public static ArraySegment<byte> Read(ref MessagePackReader reader)
        => reader.TryReadNil() ? default : new ArraySegment<byte>(Packed.Copy<byte>(reader.ReadBinarySpan()));
}
