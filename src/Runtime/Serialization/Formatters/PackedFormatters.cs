using System.Runtime.InteropServices;

namespace Contracts.Ipc.Serialization.Formatters;

/// <summary>Formats an array of an unmanaged type as one binary value, little-endian.</summary>
/// <typeparam name="T">The element.</typeparam>
public readonly struct PackedArrayFormatter<T> : IMessageFormatter<T[]?>
    where T : unmanaged
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
            Packed.Write<T>(ref writer, value);
        }
    }

    /// <inheritdoc/>
    public static T[]? Read(ref MessagePackReader reader)
        => Packed.TryRead(ref reader, out T[] values) ? values : null;
}

/// <summary>Formats a list of an unmanaged type as one binary value, little-endian.</summary>
/// <typeparam name="T">The element.</typeparam>
public readonly struct PackedListFormatter<T> : IMessageFormatter<List<T>?>
    where T : unmanaged
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, List<T>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            Packed.Write<T>(ref writer, CollectionsMarshal.AsSpan(value));
        }
    }

    /// <inheritdoc/>
    public static List<T>? Read(ref MessagePackReader reader)
        => Packed.TryRead(ref reader, out T[] values) ? [.. values] : null;
}

/// <summary>Formats memory of an unmanaged type as one binary value, little-endian.</summary>
/// <typeparam name="T">The element.</typeparam>
public readonly struct PackedMemoryFormatter<T> : IMessageFormatter<Memory<T>>
    where T : unmanaged
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Memory<T> value)
        => Packed.Write<T>(ref writer, value.Span);

    /// <inheritdoc/>
    public static Memory<T> Read(ref MessagePackReader reader)
        => Packed.TryRead(ref reader, out T[] values) ? values : default(Memory<T>);
}

/// <summary>Formats memory of an unmanaged type as one binary value, little-endian.</summary>
/// <typeparam name="T">The element.</typeparam>
public readonly struct PackedReadOnlyMemoryFormatter<T> : IMessageFormatter<ReadOnlyMemory<T>>
    where T : unmanaged
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ReadOnlyMemory<T> value)
        => Packed.Write(ref writer, value.Span);

    /// <inheritdoc/>
    public static ReadOnlyMemory<T> Read(ref MessagePackReader reader)
        => Packed.TryRead(ref reader, out T[] values) ? values : default(ReadOnlyMemory<T>);
}
