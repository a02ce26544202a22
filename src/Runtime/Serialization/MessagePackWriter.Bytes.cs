using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Contracts.Ipc.CompilerServices;

namespace Contracts.Ipc.Serialization;

public ref partial struct MessagePackWriter
{
    private const int LongestHeader = 5;

    /// <summary>Writes a string as UTF-8, or nil.</summary>
    /// <param name="value">The string.</param>
    /// <exception cref="IpcSerializationException">The string holds a lone surrogate, which has no UTF-8 form.</exception>
    public void Write(string? value)
        => MoveTo(ref RawMessagePack.WriteString(ref this, ref Reserve(RawMessagePack.MaxString), value, 0));

    /// <summary>Writes characters as a UTF-8 string.</summary>
    /// <param name="value">The characters.</param>
    /// <exception cref="IpcSerializationException">The characters hold a lone surrogate, which has no UTF-8 form.</exception>
    public void WriteString(scoped ReadOnlySpan<char> value) => WriteUtf8(value);

    /// <summary>Starts a string whose bytes were encoded already, and writes them.</summary>
    /// <param name="utf8">Valid UTF-8. It is not checked.</param>
    public void WriteUtf8String(scoped ReadOnlySpan<byte> utf8)
    {
        ref byte next = ref Reserve(LongestHeader + utf8.Length);
        int header = StringHeader(ref next, utf8.Length);
        utf8.CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref next, header), utf8.Length));
        Advance(header + utf8.Length);
    }

    /// <summary>Writes binary data.</summary>
    /// <param name="value">The data.</param>
    public void WriteBinary(scoped ReadOnlySpan<byte> value)
    {
        WriteBinaryHeader(value.Length);
        WriteRaw(value);
    }

    /// <summary>Starts binary data. Exactly <paramref name="length"/> bytes must follow by <see cref="WriteRaw"/>.</summary>
    /// <param name="length">How many bytes follow.</param>
    public void WriteBinaryHeader(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (length <= byte.MaxValue)
        {
            WriteHeader(MessagePackCode.Bin8, (byte)length);
        }
        else if (length <= ushort.MaxValue)
        {
            WriteHeader(MessagePackCode.Bin16, (ushort)length);
        }
        else
        {
            WriteHeader(MessagePackCode.Bin32, (uint)length);
        }
    }

    /// <summary>Starts an extension. Exactly <paramref name="length"/> bytes must follow by <see cref="WriteRaw"/>.</summary>
    /// <param name="typeCode">The type of the extension. Negative ones belong to the MessagePack specification.</param>
    /// <param name="length">How many bytes follow.</param>
    public void WriteExtensionHeader(sbyte typeCode, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        byte fixedCode = length switch
        {
            1 => MessagePackCode.FixExt1,
            2 => MessagePackCode.FixExt2,
            4 => MessagePackCode.FixExt4,
            8 => MessagePackCode.FixExt8,
            16 => MessagePackCode.FixExt16,
            _ => 0,
        };
        if (fixedCode != 0)
        {
            Reserve(1) = fixedCode;
            Advance(1);
        }
        else if (length <= byte.MaxValue)
        {
            WriteHeader(MessagePackCode.Ext8, (byte)length);
        }
        else if (length <= ushort.MaxValue)
        {
            WriteHeader(MessagePackCode.Ext16, (ushort)length);
        }
        else
        {
            WriteHeader(MessagePackCode.Ext32, (uint)length);
        }

        Reserve(1) = (byte)typeCode;
        Advance(1);
    }

    // The header's width depends on the number of bytes, which is known only after encoding. Short strings are encoded behind the
    // header that is right for ASCII and moved if it was not; long ones are measured first, so that room is not asked for three times over.
    internal void WriteUtf8(scoped ReadOnlySpan<char> value)
    {
        const int MeasureFrom = 4096;
        try
        {
            if (value.Length >= MeasureFrom)
            {
                WriteMeasured(value, StrictUtf8.GetByteCount(value));
                return;
            }

            ref byte next = ref Reserve(LongestHeader + (3 * value.Length));
            int guess = HeaderLength(value.Length);
            int length = StrictUtf8.GetBytes(value, MemoryMarshal.CreateSpan(ref Unsafe.Add(ref next, guess), 3 * value.Length));
            int header = HeaderLength(length);
            if (header != guess)
            {
                MemoryMarshal.CreateSpan(ref Unsafe.Add(ref next, guess), length)
                    .CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref next, header), length));
            }

            StringHeader(ref next, length);
            Advance(header + length);
        }
        catch (EncoderFallbackException exception)
        {
            throw SerializationError.LoneSurrogate(exception);
        }
    }

    internal static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private void WriteMeasured(scoped ReadOnlySpan<char> value, int length)
    {
        if (length > Array.MaxLength - LongestHeader)
        {
            throw SerializationError.MessageTooLarge(length);
        }

        ref byte next = ref Reserve(LongestHeader + length);
        int header = StringHeader(ref next, length);
        StrictUtf8.GetBytes(value, MemoryMarshal.CreateSpan(ref Unsafe.Add(ref next, header), length));
        Advance(header + length);
    }

    private static int HeaderLength(int length) => length switch
    {
        <= 31 => 1,
        <= byte.MaxValue => 2,
        <= ushort.MaxValue => 3,
        _ => 5,
    };

    private static int StringHeader(ref byte next, int length)
    {
        if (length <= 31)
        {
            next = (byte)(MessagePackCode.FixStr | length);
            return 1;
        }

        if (length <= byte.MaxValue)
        {
            next = MessagePackCode.Str8;
            Unsafe.Add(ref next, 1) = (byte)length;
            return 2;
        }

        Span<byte> span = MemoryMarshal.CreateSpan(ref next, LongestHeader);
        if (length <= ushort.MaxValue)
        {
            span[0] = MessagePackCode.Str16;
            BinaryPrimitives.WriteUInt16BigEndian(span[1..], (ushort)length);
            return 3;
        }

        span[0] = MessagePackCode.Str32;
        BinaryPrimitives.WriteUInt32BigEndian(span[1..], (uint)length);
        return 5;
    }

    private void WriteHeader(byte code, byte length)
    {
        ref byte next = ref Reserve(2);
        next = code;
        Unsafe.Add(ref next, 1) = length;
        Advance(2);
    }

    private void WriteHeader(byte code, ushort length)
    {
        Span<byte> span = MemoryMarshal.CreateSpan(ref Reserve(3), 3);
        span[0] = code;
        BinaryPrimitives.WriteUInt16BigEndian(span[1..], length);
        Advance(3);
    }

    private void WriteHeader(byte code, uint length)
    {
        Span<byte> span = MemoryMarshal.CreateSpan(ref Reserve(5), 5);
        span[0] = code;
        BinaryPrimitives.WriteUInt32BigEndian(span[1..], length);
        Advance(5);
    }
}
