using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Contracts.Ipc.Serialization;

// An integer may come in any width, signed or not, as long as its value fits the type: other encoders choose differently.
public ref partial struct MessagePackReader
{
    /// <summary>Reads an integer of any width that fits the type.</summary>
    /// <returns>The value.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int ReadInt32()
    {
        if (Unsafe.IsAddressLessThan(ref _next, ref _end))
        {
            int value = _next;
            if (value <= MessagePackCode.MaxFixInt)
            {
                _next = ref Unsafe.Add(ref _next, 1);
                return value;
            }
        }

        return ReadLongInt32();
    }

    /// <inheritdoc cref="ReadInt32"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long ReadInt64()
    {
        if (Unsafe.IsAddressLessThan(ref _next, ref _end))
        {
            int value = _next;
            if (value <= MessagePackCode.MaxFixInt)
            {
                _next = ref Unsafe.Add(ref _next, 1);
                return value;
            }
        }

        return ReadLongInt64("a 64-bit integer");
    }

    /// <inheritdoc cref="ReadInt32"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong ReadUInt64()
    {
        if (Unsafe.IsAddressLessThan(ref _next, ref _end))
        {
            int value = _next;
            if (value <= MessagePackCode.MaxFixInt)
            {
                _next = ref Unsafe.Add(ref _next, 1);
                return (uint)value;
            }
        }

        return ReadLongUInt64();
    }

    /// <inheritdoc cref="ReadInt32"/>
    public uint ReadUInt32() => (uint)ReadWithin(0, uint.MaxValue, "an unsigned 32-bit integer");

    /// <inheritdoc cref="ReadInt32"/>
    public short ReadInt16() => (short)ReadWithin(short.MinValue, short.MaxValue, "a 16-bit integer");

    /// <inheritdoc cref="ReadInt32"/>
    public ushort ReadUInt16() => (ushort)ReadWithin(0, ushort.MaxValue, "an unsigned 16-bit integer");

    /// <inheritdoc cref="ReadInt32"/>
    public byte ReadByte() => (byte)ReadWithin(0, byte.MaxValue, "an unsigned 8-bit integer");

    /// <inheritdoc cref="ReadInt32"/>
    public sbyte ReadSByte() => (sbyte)ReadWithin(sbyte.MinValue, sbyte.MaxValue, "an 8-bit integer");

    /// <summary>Reads a character: the number of its UTF-16 code unit.</summary>
    /// <returns>The value.</returns>
    public char ReadChar() => (char)ReadWithin(0, char.MaxValue, "a character (an unsigned 16-bit integer)");

    /// <summary>Reads a number; integers are converted, 64 bits are rounded.</summary>
    /// <returns>The value.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float ReadSingle()
    {
        if (Unsafe.ByteOffset(ref _next, ref _end) >= 5 && _next == MessagePackCode.Float32)
        {
            float value = BitConverter.UInt32BitsToSingle(UInt32At(1));
            Advance(5);
            return value;
        }

        return ReadOtherSingle();
    }

    /// <summary>Reads a number; integers are converted, 32 bits are extended.</summary>
    /// <returns>The value.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double ReadDouble()
    {
        if (Unsafe.ByteOffset(ref _next, ref _end) >= 9 && _next == MessagePackCode.Float64)
        {
            double value = BitConverter.UInt64BitsToDouble(UInt64At(1));
            Advance(9);
            return value;
        }

        return ReadOtherDouble();
    }

    private long ReadWithin(long minimum, long maximum, string expected)
    {
        int position = Consumed;
        long value = ReadLongInt64(expected);
        if (value < minimum || value > maximum)
        {
            ThrowOutOfRange(position, expected, value);
        }

        return value;
    }

    private int ReadLongInt32()
    {
        const string Expected = "a 32-bit integer";

        // The three widths that an int of more than seven bits usually has, when all their bytes are certainly there.
        if (Unsafe.ByteOffset(ref _next, ref _end) >= 5)
        {
            int value;
            switch (_next)
            {
                case MessagePackCode.UInt8:
                    value = UInt8At(1);
                    Advance(2);
                    return value;
                case MessagePackCode.UInt16:
                    value = UInt16At(1);
                    Advance(3);
                    return value;
                case MessagePackCode.UInt32 when (int)UInt32At(1) >= 0:
                case MessagePackCode.Int32:
                    value = (int)UInt32At(1);
                    Advance(5);
                    return value;
            }
        }

        return (int)ReadWithin(int.MinValue, int.MaxValue, Expected);
    }

    private long ReadLongInt64(string expected)
    {
        byte code = PeekCode(expected);
        long value;
        switch (code)
        {
            case <= MessagePackCode.MaxFixInt:
                Advance(1);
                return code;
            case >= MessagePackCode.MinNegativeFixInt:
                Advance(1);
                return (sbyte)code;
            case MessagePackCode.UInt8:
                Need(2, expected);
                value = UInt8At(1);
                Advance(2);
                return value;
            case MessagePackCode.Int8:
                Need(2, expected);
                value = (sbyte)UInt8At(1);
                Advance(2);
                return value;
            case MessagePackCode.UInt16:
                Need(3, expected);
                value = UInt16At(1);
                Advance(3);
                return value;
            case MessagePackCode.Int16:
                Need(3, expected);
                value = (short)UInt16At(1);
                Advance(3);
                return value;
            case MessagePackCode.UInt32:
                Need(5, expected);
                value = UInt32At(1);
                Advance(5);
                return value;
            case MessagePackCode.Int32:
                Need(5, expected);
                value = (int)UInt32At(1);
                Advance(5);
                return value;
            case MessagePackCode.UInt64:
                Need(9, expected);
                ulong unsigned = UInt64At(1);
                if (unsigned > long.MaxValue)
                {
                    throw SerializationError.OutOfRange(Consumed, expected, unsigned.ToString(CultureInfo.InvariantCulture));
                }

                Advance(9);
                return (long)unsigned;
            case MessagePackCode.Int64:
                Need(9, expected);
                value = (long)UInt64At(1);
                Advance(9);
                return value;
            default:
                ThrowUnexpected(expected);
                return 0;
        }
    }

    private ulong ReadLongUInt64()
    {
        const string Expected = "an unsigned 64-bit integer";
        if (PeekCode(Expected) == MessagePackCode.UInt64)
        {
            Need(9, Expected);
            ulong value = UInt64At(1);
            Advance(9);
            return value;
        }

        return (ulong)ReadWithin(0, long.MaxValue, Expected);
    }

    private float ReadOtherSingle()
    {
        const string Expected = "a number";
        switch (PeekCode(Expected))
        {
            case MessagePackCode.Float32:
                ThrowTruncated(5, Expected);
                return 0;
            case MessagePackCode.Float64:
                return (float)ReadDouble();
            case MessagePackCode.UInt64:
                return ReadLongUInt64();
            default:
                return ReadLongInt64(Expected);
        }
    }

    private double ReadOtherDouble()
    {
        const string Expected = "a number";
        switch (PeekCode(Expected))
        {
            case MessagePackCode.Float64:
                ThrowTruncated(9, Expected);
                return 0;
            case MessagePackCode.Float32:
                return ReadSingle();
            case MessagePackCode.UInt64:
                return ReadLongUInt64();
            default:
                return ReadLongInt64(Expected);
        }
    }

    [DoesNotReturn]
    private static void ThrowOutOfRange(int position, string expected, long value)
        => throw SerializationError.OutOfRange(position, expected, value.ToString(CultureInfo.InvariantCulture));
}
