using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Contracts.Ipc.Serialization;

/// <summary>
/// Converts short strings between UTF-16 and ASCII, several characters at a time. Most strings of messages are names and keys, where
/// the general encoder spends more time on arriving than on converting.
/// </summary>
/// <remarks>Ranges that are no multiple of a vector are covered by two vectors that overlap: nothing is touched outside the range.</remarks>
internal static class ShortAscii
{
    /// <summary>The longest text that <see cref="TryWiden"/> takes.</summary>
    public const int MaxLength = 32;

    private const ulong NonAsciiChars = 0xFF80_FF80_FF80_FF80;
    private const ulong NonAsciiBytes = 0x8080_8080_8080_8080;

    /// <summary>Writes a string of at most 32 characters as ASCII.</summary>
    /// <param name="text">The string.</param>
    /// <param name="destination">Where to; room for as many bytes as the string has characters.</param>
    /// <returns>False, with undefined bytes written, if a character is not ASCII.</returns>
    public static bool TryNarrow(string text, ref byte destination)
    {
        ref ushort source = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text.AsSpan()));
        int length = text.Length;
        if (length >= 8)
        {
            Vector128<ushort> first = Vector128.LoadUnsafe(ref source);
            Vector128<ushort> last = Vector128.LoadUnsafe(ref source, (nuint)(length - 8));
            Vector128<ushort> seen = first | last;
            if (length > 16)
            {
                Vector128<ushort> second = Vector128.LoadUnsafe(ref source, 8);
                Vector128<ushort> third = Vector128.LoadUnsafe(ref source, (nuint)(length - 16));
                seen |= second | third;
                Store8(second, ref Unsafe.Add(ref destination, 8));
                Store8(third, ref Unsafe.Add(ref destination, length - 16));
            }

            Store8(first, ref destination);
            Store8(last, ref Unsafe.Add(ref destination, length - 8));
            return (seen & Vector128.Create((ushort)0xFF80)) == Vector128<ushort>.Zero;
        }

        if (length >= 4)
        {
            ulong first = Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<ushort, byte>(ref source));
            ulong last = Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<ushort, byte>(ref Unsafe.Add(ref source, length - 4)));
            Store4(first, ref destination);
            Store4(last, ref Unsafe.Add(ref destination, length - 4));
            return ((first | last) & NonAsciiChars) == 0;
        }

        uint all = 0;
        for (int i = 0; i < length; i++)
        {
            uint c = Unsafe.Add(ref source, i);
            all |= c;
            Unsafe.Add(ref destination, i) = (byte)c;
        }

        return all < 0x80;
    }

    /// <summary>Makes a string of ASCII.</summary>
    /// <param name="source">The bytes.</param>
    /// <param name="length">How many: 1 to <see cref="MaxLength"/>.</param>
    /// <returns>The string, or null if a byte is not ASCII.</returns>
    public static string? TryWiden(ref byte source, int length)
    {
        if (length >= 8)
        {
            ulong first = Unsafe.ReadUnaligned<ulong>(ref source);
            ulong last = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref source, length - 8));
            ulong second = 0;
            ulong third = 0;
            if (length > 16)
            {
                second = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref source, 8));
                third = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref source, length - 16));
            }

            if (((first | last | second | third) & NonAsciiBytes) != 0)
            {
                return null;
            }

            string text = Allocate(length, out Span<char> characters);
            ref ushort destination = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(characters));
            Widen8(first, ref destination);
            if (length > 16)
            {
                Widen8(second, ref Unsafe.Add(ref destination, 8));
                Widen8(third, ref Unsafe.Add(ref destination, length - 16));
            }

            Widen8(last, ref Unsafe.Add(ref destination, length - 8));
            return text;
        }

        if (length >= 4)
        {
            uint first = Unsafe.ReadUnaligned<uint>(ref source);
            uint last = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref source, length - 4));
            if (((first | last) & 0x8080_8080u) != 0)
            {
                return null;
            }

            string text = Allocate(length, out Span<char> characters);
            ref char destination = ref MemoryMarshal.GetReference(characters);
            Widen4(first, ref destination);
            Widen4(last, ref Unsafe.Add(ref destination, length - 4));
            return text;
        }

        uint one = source;
        uint two = Unsafe.Add(ref source, length >> 1);
        uint three = Unsafe.Add(ref source, length - 1);
        if ((one | two | three) >= 0x80)
        {
            return null;
        }

        string small = Allocate(length, out Span<char> target);
        target[0] = (char)one;
        target[length >> 1] = (char)two;
        target[length - 1] = (char)three;
        return small;
    }

    // What string.Create does, without its delegate: the string is filled before anybody else sees it.
    private static string Allocate(int length, out Span<char> characters)
    {
        string text = new('\0', length);
        characters = MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(text.AsSpan()), length);
        return text;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store8(Vector128<ushort> characters, ref byte destination)
    {
        Vector128<byte> bytes = Sse2.IsSupported
            ? Sse2.PackUnsignedSaturate(characters.AsInt16(), characters.AsInt16())
            : Vector128.Narrow(characters, characters);
        Unsafe.WriteUnaligned(ref destination, bytes.AsUInt64().ToScalar());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store4(ulong characters, ref byte destination)
    {
        Vector128<ushort> vector = Vector128.CreateScalar(characters).AsUInt16();
        Vector128<byte> bytes = Sse2.IsSupported
            ? Sse2.PackUnsignedSaturate(vector.AsInt16(), vector.AsInt16())
            : Vector128.Narrow(vector, vector);
        Unsafe.WriteUnaligned(ref destination, bytes.AsUInt32().ToScalar());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Widen8(ulong bytes, ref ushort destination)
        => Vector128.WidenLower(Vector128.CreateScalarUnsafe(bytes).AsByte()).StoreUnsafe(ref destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Widen4(uint bytes, ref char destination)
        => Unsafe.WriteUnaligned(
            ref Unsafe.As<char, byte>(ref destination),
            Vector128.WidenLower(Vector128.CreateScalarUnsafe(bytes).AsByte()).AsUInt64().ToScalar());
}
