using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;

namespace Contracts.Ipc.Serialization.Formatters;

/// <summary>Formats <see cref="Half"/> as a 32-bit float.</summary>
public readonly struct HalfFormatter : IMessageFormatter<Half>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Half value)
        => writer.Write((float)value);

    /// <inheritdoc/>
    public static Half Read(ref MessagePackReader reader)
        => (Half)reader.ReadSingle();
}

/// <summary>Formats <see cref="decimal"/> as a string in the invariant culture.</summary>
public readonly struct DecimalFormatter : IMessageFormatter<decimal>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, decimal value)
    {
        Span<byte> text = stackalloc byte[64];
        value.TryFormat(text, out int length, default, CultureInfo.InvariantCulture);
        writer.WriteUtf8String(text[..length]);
    }

    /// <inheritdoc/>
    public static decimal Read(ref MessagePackReader reader)
    {
        int position = reader.Consumed;
        return decimal.TryParse(reader.ReadUtf8Span(), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value)
            ? value
            : throw SerializationError.InvalidValue(position, "a decimal number");
    }
}

/// <summary>Formats <see cref="Int128"/> as 16 bytes of binary data, little-endian.</summary>
public readonly struct Int128Formatter : IMessageFormatter<Int128>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Int128 value)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt128LittleEndian(bytes, value);
        writer.WriteBinary(bytes);
    }

    /// <inheritdoc/>
    public static Int128 Read(ref MessagePackReader reader)
    {
        int position = reader.Consumed;
        ReadOnlySpan<byte> bytes = reader.ReadBinarySpan();
        return bytes.Length == 16
            ? BinaryPrimitives.ReadInt128LittleEndian(bytes)
            : throw SerializationError.WrongLength(position, nameof(Int128), "16 bytes", bytes.Length);
    }
}

/// <summary>Formats <see cref="UInt128"/> as 16 bytes of binary data, little-endian.</summary>
public readonly struct UInt128Formatter : IMessageFormatter<UInt128>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, UInt128 value)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, value);
        writer.WriteBinary(bytes);
    }

    /// <inheritdoc/>
    public static UInt128 Read(ref MessagePackReader reader)
    {
        int position = reader.Consumed;
        ReadOnlySpan<byte> bytes = reader.ReadBinarySpan();
        return bytes.Length == 16
            ? BinaryPrimitives.ReadUInt128LittleEndian(bytes)
            : throw SerializationError.WrongLength(position, nameof(UInt128), "16 bytes", bytes.Length);
    }
}

/// <summary>Formats <see cref="BigInteger"/> as binary data: its bytes in two's complement, little-endian.</summary>
public readonly struct BigIntegerFormatter : IMessageFormatter<BigInteger>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, BigInteger value)
    {
        int length = value.GetByteCount();
        byte[]? rented = null;
        Span<byte> bytes = length <= 256 ? stackalloc byte[256] : rented = ArrayPool<byte>.Shared.Rent(length);
        value.TryWriteBytes(bytes, out int written);
        writer.WriteBinary(bytes[..written]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <inheritdoc/>
    public static BigInteger Read(ref MessagePackReader reader)
        => new(reader.ReadBinarySpan());
}

/// <summary>Formats <see cref="Complex"/> as [real, imaginary].</summary>
public readonly struct ComplexFormatter : IMessageFormatter<Complex>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Complex value)
    {
        writer.WriteArrayHeader(2);
        writer.Write(value.Real);
        writer.Write(value.Imaginary);
    }

    /// <inheritdoc/>
    public static Complex Read(ref MessagePackReader reader)
    {
        reader.EnterArray(2, nameof(Complex));
        var value = new Complex(reader.ReadDouble(), reader.ReadDouble());
        reader.Leave();
        return value;
    }
}
