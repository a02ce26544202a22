using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Contracts.Ipc.Serialization;

public ref partial struct MessagePackReader
{
    /// <summary>Reads a string, or nil as null.</summary>
    /// <returns>The string.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public string? ReadString()
    {
        if (Unsafe.IsAddressLessThan(ref _next, ref _end))
        {
            int length = _next - MessagePackCode.FixStr;
            if ((uint)(length - 1) <= 30 && Unsafe.ByteOffset(ref _next, ref _end) > length
                && ShortAscii.TryWiden(ref Unsafe.Add(ref _next, 1), length) is { } text)
            {
                _next = ref Unsafe.Add(ref _next, 1 + length);
                return text;
            }
        }

        return ReadLongString();
    }

    /// <summary>Reads the bytes of a string in place. They are valid as long as the input is, and are not checked to be UTF-8.</summary>
    /// <returns>The bytes.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> ReadUtf8Span()
    {
        if (Unsafe.IsAddressLessThan(ref _next, ref _end))
        {
            int length = _next - MessagePackCode.FixStr;
            if ((uint)length <= 31 && Unsafe.ByteOffset(ref _next, ref _end) > length)
            {
                ReadOnlySpan<byte> bytes = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref _next, 1), length);
                _next = ref Unsafe.Add(ref _next, 1 + length);
                return bytes;
            }
        }

        return ReadLongUtf8Span();
    }

    /// <summary>
    /// Reads the key of a map that stands for an object. A key that is no string belongs to a member that this side does not know: it is
    /// skipped, and an empty span is returned.
    /// </summary>
    /// <returns>The bytes of the key.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> ReadKey()
    {
        if (Unsafe.IsAddressLessThan(ref _next, ref _end))
        {
            int length = _next - MessagePackCode.FixStr;
            if ((uint)length <= 31 && Unsafe.ByteOffset(ref _next, ref _end) > length)
            {
                ReadOnlySpan<byte> bytes = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref _next, 1), length);
                _next = ref Unsafe.Add(ref _next, 1 + length);
                return bytes;
            }
        }

        return ReadLongKey();
    }

    /// <summary>Reads binary data in place. It is valid as long as the input is.</summary>
    /// <returns>The bytes.</returns>
    public ReadOnlySpan<byte> ReadBinarySpan()
    {
        const string Expected = "binary data";
        int length;
        switch (PeekCode(Expected))
        {
            case MessagePackCode.Bin8:
                Need(2, Expected);
                length = UInt8At(1);
                return Content(2, length, Expected);
            case MessagePackCode.Bin16:
                Need(3, Expected);
                length = UInt16At(1);
                return Content(3, length, Expected);
            case MessagePackCode.Bin32:
                Need(5, Expected);
                return Content(5, UInt32At(1), Expected);

            // Encoders of the older specification, and MessagePack-CSharp, put binary data into strings.
            case MessagePackCode.Str8 or MessagePackCode.Str16 or MessagePackCode.Str32:
            case >= MessagePackCode.FixStr and < MessagePackCode.Nil:
                return ReadUtf8Span();
            default:
                ThrowUnexpected(Expected);
                return default;
        }
    }

    /// <summary>Reads an extension in place. Its bytes are valid as long as the input is.</summary>
    /// <param name="typeCode">The type of the extension. Negative ones belong to the MessagePack specification.</param>
    /// <returns>The bytes.</returns>
    public ReadOnlySpan<byte> ReadExtensionSpan(out sbyte typeCode)
    {
        const string Expected = "an extension";
        int header;
        uint length;
        byte code = PeekCode(Expected);
        switch (code)
        {
            case >= MessagePackCode.FixExt1 and <= MessagePackCode.FixExt16:
                Need(2, Expected);
                header = 2;
                length = 1u << (code - MessagePackCode.FixExt1);
                break;
            case MessagePackCode.Ext8:
                Need(3, Expected);
                header = 3;
                length = UInt8At(1);
                break;
            case MessagePackCode.Ext16:
                Need(4, Expected);
                header = 4;
                length = UInt16At(1);
                break;
            case MessagePackCode.Ext32:
                Need(6, Expected);
                header = 6;
                length = UInt32At(1);
                break;
            default:
                ThrowUnexpected(Expected);
                typeCode = 0;
                return default;
        }

        typeCode = (sbyte)UInt8At(header - 1);
        return Content(header, length, Expected);
    }

    private ReadOnlySpan<byte> Content(int header, long length, string expected)
    {
        if (length > Remaining - header)
        {
            throw SerializationError.Truncated(Consumed, expected, (int)Math.Min(length - (Remaining - header), int.MaxValue));
        }

        ReadOnlySpan<byte> content = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref _next, header), (int)length);
        Advance(header + (int)length);
        return content;
    }

    private string? ReadLongString()
    {
        if (TryReadNil())
        {
            return null;
        }

        int position = Consumed;
        ReadOnlySpan<byte> bytes = ReadLongUtf8Span();
        try
        {
            return MessagePackWriter.StrictUtf8.GetString(bytes);
        }
        catch (ArgumentException exception)
        {
            throw SerializationError.InvalidUtf8(position, exception);
        }
    }

    private ReadOnlySpan<byte> ReadLongUtf8Span()
    {
        const string Expected = "a string";
        byte code = PeekCode(Expected);
        switch (code)
        {
            case >= MessagePackCode.FixStr and < MessagePackCode.Nil:
                return Content(1, code - MessagePackCode.FixStr, Expected);
            case MessagePackCode.Str8:
                Need(2, Expected);
                return Content(2, UInt8At(1), Expected);
            case MessagePackCode.Str16:
                Need(3, Expected);
                return Content(3, UInt16At(1), Expected);
            case MessagePackCode.Str32:
                Need(5, Expected);
                return Content(5, UInt32At(1), Expected);
            default:
                ThrowUnexpected(Expected);
                return default;
        }
    }

    private ReadOnlySpan<byte> ReadLongKey()
    {
        switch (PeekCode("the key of a map"))
        {
            case MessagePackCode.Str8 or MessagePackCode.Str16 or MessagePackCode.Str32:
            case >= MessagePackCode.FixStr and < MessagePackCode.Nil:
                return ReadLongUtf8Span();
            default:
                Skip();
                return default;
        }
    }
}
