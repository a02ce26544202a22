using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.CompilerServices;

/// <summary>
/// Plumbing of generated formatters: writes runs of values behind one check for room. Not for user code, which has
/// <see cref="MessagePackWriter"/>.
/// </summary>
/// <remarks>
/// <see cref="Reserve"/> makes room for the largest form of a whole run; the methods after it write <b>without any check</b> and return the
/// position behind what they wrote; <see cref="Advance"/> ends the run. Whoever writes more than was reserved corrupts memory: the
/// sizes below are the contract. The position lives in a local, hence in a register, which is where the speed comes from.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RawMessagePack
{
    /// <summary>The most that <see cref="WriteInt32(ref byte, int)"/> and <see cref="WriteUInt32(ref byte, uint)"/> write.</summary>
    public const int MaxInt32 = 5;

    /// <summary>The most that <see cref="WriteInt64"/> and <see cref="WriteUInt64"/> write.</summary>
    public const int MaxInt64 = 9;

    /// <summary>The most that <see cref="WriteInt16"/> and <see cref="WriteUInt16"/> write.</summary>
    public const int MaxInt16 = 3;

    /// <summary>The most that <see cref="WriteByte"/> and <see cref="WriteSByte"/> write.</summary>
    public const int MaxByte = 2;

    /// <summary>What <see cref="WriteSingle"/> writes.</summary>
    public const int MaxSingle = 5;

    /// <summary>What <see cref="WriteDouble"/> writes.</summary>
    public const int MaxDouble = 9;

    /// <summary>What <see cref="WriteString"/> needs: strings that do not fit make their own room.</summary>
    public const int MaxString = 32;

    /// <summary>Makes room for a run.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="size">The sum of the largest forms of the run's values.</param>
    /// <returns>Where the run starts.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref byte Reserve(ref MessagePackWriter writer, int size) => ref writer.Reserve(size);

    /// <summary>Ends a run.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="next">The position behind the run.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Advance(ref MessagePackWriter writer, ref byte next) => writer.MoveTo(ref next);

    /// <summary>Writes one byte: nil, a short header, a small constant.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref byte WriteCode(ref byte next, byte code)
    {
        next = code;
        return ref Unsafe.Add(ref next, 1);
    }

    /// <summary>Copies bytes that already are MessagePack, such as the constant key of a map.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref byte WriteBytes(ref byte next, scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(MemoryMarshal.CreateSpan(ref next, bytes.Length));
        return ref Unsafe.Add(ref next, bytes.Length);
    }

    /// <summary>Writes a boolean: 1 byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref byte WriteBoolean(ref byte next, bool value)
    {
        next = value ? MessagePackCode.True : MessagePackCode.False;
        return ref Unsafe.Add(ref next, 1);
    }

    /// <summary>Writes an integer: 1 or 2 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref byte WriteByte(ref byte next, byte value)
    {
        if (value <= MessagePackCode.MaxFixInt)
        {
            next = value;
            return ref Unsafe.Add(ref next, 1);
        }

        next = MessagePackCode.UInt8;
        Unsafe.Add(ref next, 1) = value;
        return ref Unsafe.Add(ref next, 2);
    }

    /// <summary>Writes an integer: 1 or 2 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref byte WriteSByte(ref byte next, sbyte value)
    {
        if (value >= -32)
        {
            next = (byte)value;
            return ref Unsafe.Add(ref next, 1);
        }

        next = MessagePackCode.Int8;
        Unsafe.Add(ref next, 1) = (byte)value;
        return ref Unsafe.Add(ref next, 2);
    }

    /// <summary>Writes an integer: 1 to 3 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref byte WriteInt16(ref byte next, short value) => ref WriteInt32(ref next, value, 2);

    /// <summary>Writes an integer: 1 to 3 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref byte WriteUInt16(ref byte next, ushort value) => ref WriteUInt32(ref next, value, 2);

    /// <summary>Writes an integer: 1 to 5 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref byte WriteInt32(ref byte next, int value) => ref WriteInt32(ref next, value, 4);

    /// <summary>Writes an integer: 1 to 5 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref byte WriteUInt32(ref byte next, uint value) => ref WriteUInt32(ref next, value, 4);

    /// <summary>Writes an integer: 1 to 9 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref byte WriteInt64(ref byte next, long value)
        => ref (ulong)value <= MessagePackCode.MaxFixInt ? ref WriteCode(ref next, (byte)value) : ref WriteLongInt64(ref next, value);

    /// <summary>Writes an integer: 1 to 9 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref byte WriteUInt64(ref byte next, ulong value)
        => ref value <= MessagePackCode.MaxFixInt ? ref WriteCode(ref next, (byte)value) : ref WriteLongUInt64(ref next, value);

    /// <summary>Writes a number: 5 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref byte WriteSingle(ref byte next, float value)
    {
        next = MessagePackCode.Float32;
        BigEndian.Store(ref Unsafe.Add(ref next, 1), BitConverter.SingleToUInt32Bits(value));
        return ref Unsafe.Add(ref next, 5);
    }

    /// <summary>Writes a number: 9 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref byte WriteDouble(ref byte next, double value)
    {
        next = MessagePackCode.Float64;
        BigEndian.Store(ref Unsafe.Add(ref next, 1), BitConverter.DoubleToUInt64Bits(value));
        return ref Unsafe.Add(ref next, 9);
    }

    /// <summary>Writes a string or nil: <see cref="MaxString"/> bytes of the run, or outside it where the string is longer or not ASCII.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="next">The position in the run.</param>
    /// <param name="value">The string.</param>
    /// <param name="rest">The sum of the largest forms of the values that follow in the run.</param>
    /// <returns>The position behind the string, with room for the rest of the run.</returns>
    public static ref byte WriteString(ref MessagePackWriter writer, ref byte next, string? value, int rest)
    {
        if (value is null)
        {
            return ref WriteCode(ref next, MessagePackCode.Nil);
        }

        int length = value.Length;
        if (length < MaxString && ShortAscii.TryNarrow(value, ref Unsafe.Add(ref next, 1)))
        {
            next = (byte)(MessagePackCode.FixStr | length);
            return ref Unsafe.Add(ref next, 1 + length);
        }

        writer.MoveTo(ref next);
        writer.WriteUtf8(value);
        return ref writer.Reserve(rest);
    }

    /// <summary>The error for a value whose type the union does not list.</summary>
    /// <param name="value">The value.</param>
    /// <param name="union">The union's name.</param>
    /// <returns>What to throw.</returns>
    public static IpcSerializationException UnlistedUnionType(object value, string union)
        => SerializationError.UnlistedUnionType(value.GetType(), union);

    /// <summary>The error for a tag that the union does not list.</summary>
    /// <param name="reader">Stands behind the tag.</param>
    /// <param name="tag">The tag.</param>
    /// <param name="union">The union's name.</param>
    /// <returns>What to throw.</returns>
    public static IpcSerializationException UnknownUnionTag(ref MessagePackReader reader, int tag, string union)
        => SerializationError.UnknownUnionTag(reader.Consumed, tag, union);

    /// <summary>The error for a number that a closed enum does not name.</summary>
    /// <param name="reader">Stands behind the number.</param>
    /// <param name="value">The number.</param>
    /// <param name="type">The enum's name.</param>
    /// <returns>What to throw.</returns>
    public static IpcSerializationException UnknownEnumValue(ref MessagePackReader reader, Int128 value, string type)
        => SerializationError.UnknownEnumValue(reader.Consumed, value, type);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref byte WriteInt32(ref byte next, int value, int width)
        => ref value >= 0 ? ref WriteUInt32(ref next, (uint)value, width) : ref WriteNegativeInt32(ref next, value);

    // Above 127 without a branch: k tells 1, 2 or 4 bytes as 0, 1 or 2; the codes of the three widths follow each other. All four
    // bytes (of two where the type has only 16 bits) are stored and the position moves by what counts.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref byte WriteUInt32(ref byte next, uint value, int width)
    {
        if (value <= MessagePackCode.MaxFixInt)
        {
            next = (byte)value;
            return ref Unsafe.Add(ref next, 1);
        }

        if (width == 2)
        {
            int wide = value > byte.MaxValue ? 1 : 0;
            next = (byte)(MessagePackCode.UInt8 + wide);
            BigEndian.Store(ref Unsafe.Add(ref next, 1), (ushort)(value << (8 - (wide << 3))));
            return ref Unsafe.Add(ref next, 2 + wide);
        }

        int k = (value > byte.MaxValue ? 1 : 0) + (value > ushort.MaxValue ? 1 : 0);
        int size = 1 << k;
        next = (byte)(MessagePackCode.UInt8 + k);
        BigEndian.Store(ref Unsafe.Add(ref next, 1), value << (32 - (size << 3)));
        return ref Unsafe.Add(ref next, 1 + size);
    }

    private static ref byte WriteNegativeInt32(ref byte next, int value)
    {
        if (value >= -32)
        {
            return ref WriteCode(ref next, (byte)value);
        }

        if (value >= sbyte.MinValue)
        {
            next = MessagePackCode.Int8;
            Unsafe.Add(ref next, 1) = (byte)value;
            return ref Unsafe.Add(ref next, 2);
        }

        if (value >= short.MinValue)
        {
            next = MessagePackCode.Int16;
            BigEndian.Store(ref Unsafe.Add(ref next, 1), (ushort)value);
            return ref Unsafe.Add(ref next, 3);
        }

        next = MessagePackCode.Int32;
        BigEndian.Store(ref Unsafe.Add(ref next, 1), (uint)value);
        return ref Unsafe.Add(ref next, 5);
    }

    private static ref byte WriteLongInt64(ref byte next, long value)
    {
        if (value >= 0)
        {
            return ref WriteLongUInt64(ref next, (ulong)value);
        }

        if (value >= int.MinValue)
        {
            return ref WriteNegativeInt32(ref next, (int)value);
        }

        next = MessagePackCode.Int64;
        BigEndian.Store(ref Unsafe.Add(ref next, 1), (ulong)value);
        return ref Unsafe.Add(ref next, 9);
    }

    private static ref byte WriteLongUInt64(ref byte next, ulong value)
    {
        if (value <= uint.MaxValue)
        {
            return ref WriteUInt32(ref next, (uint)value);
        }

        next = MessagePackCode.UInt64;
        BigEndian.Store(ref Unsafe.Add(ref next, 1), value);
        return ref Unsafe.Add(ref next, 9);
    }
}
