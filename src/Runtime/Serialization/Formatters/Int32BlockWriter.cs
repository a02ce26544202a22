using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Contracts.Ipc.CompilerServices;

namespace Contracts.Ipc.Serialization.Formatters;

/// <summary>
/// Writes many 32-bit integers, each in its own shortest form, eight at a time and without a branch that depends on the numbers.
/// </summary>
/// <remarks>
/// For eight numbers the widths and the first bytes are computed side by side; then each pair of numbers, with its first bytes beside it, is put
/// in order by one shuffle. Which shuffle and how long the result is, a table says: there are four widths, hence sixteen kinds of pair.
/// </remarks>
internal static class Int32BlockWriter
{
    private const int BlockLength = 512;

    // A pair is stored as 16 bytes, of which 2 to 10 count.
    private const int Slack = 16;

    // What follows the first byte, by width: nothing (the number is the first byte), 1, 2 or 4 bytes.
    private const int Widths = 4;

    private static readonly byte[] Shuffles = MakeShuffles();
    private static readonly byte[] Lengths = MakeLengths();

    public static void Write(ref MessagePackWriter writer, ReadOnlySpan<int> values)
    {
        while (!values.IsEmpty)
        {
            ReadOnlySpan<int> block = values[..Math.Min(values.Length, BlockLength)];
            ref byte next = ref writer.Reserve((RawMessagePack.MaxInt32 * block.Length) + Slack);
            int vectorised = 0;
            if (Avx2.IsSupported)
            {
                vectorised = block.Length & ~7;
                next = ref WriteEights(ref next, block[..vectorised]);
            }

            foreach (int value in block[vectorised..])
            {
                next = ref RawMessagePack.WriteInt32(ref next, value);
            }

            writer.MoveTo(ref next);
            values = values[block.Length..];
        }
    }

    // Optimised without a profile: one would make a path cold that the next message takes all the time (measured: half the speed).
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ref byte WriteEights(ref byte next, ReadOnlySpan<int> values)
    {
        ref int source = ref MemoryMarshal.GetReference(values);
        ref byte shuffles = ref MemoryMarshal.GetArrayDataReference(Shuffles);
        ref byte lengths = ref MemoryMarshal.GetArrayDataReference(Lengths);
        for (int i = 0; i < values.Length; i += 8)
        {
            Vector256<int> numbers = Vector256.LoadUnsafe(ref source, (nuint)i);

            // All between -32 and 127: one byte each.
            Vector256<uint> fromLowest = (numbers + Vector256.Create(32)).AsUInt32();
            if (Vector256.LessThanOrEqualAll(fromLowest, Vector256.Create(159u)))
            {
                Vector128<short> words = Vector128.Narrow(numbers.GetLower(), numbers.GetUpper());
                Unsafe.WriteUnaligned(ref next, Vector128.Narrow(words, words).AsUInt64().ToScalar());
                next = ref Unsafe.Add(ref next, 8);
                continue;
            }

            // All between 256 and 65535: three bytes each, twice twelve.
            if (Vector256.LessThanOrEqualAll((numbers - Vector256.Create(256)).AsUInt32(), Vector256.Create(65535u - 256u)))
            {
                Vector128<byte> order = Vector128.Create(0x80, 1, 0, 0x80, 5, 4, 0x80, 9, 8, 0x80, 13, 12, 0x80, 0x80, 0x80, 0x80);
                Vector128<byte> codes = Vector128.Create(MessagePackCode.UInt16, 0, 0, MessagePackCode.UInt16, 0, 0, MessagePackCode.UInt16, 0, 0, MessagePackCode.UInt16, 0, 0, 0, 0, 0, 0);
                (Ssse3.Shuffle(numbers.GetLower().AsByte(), order) | codes).StoreUnsafe(ref next);
                (Ssse3.Shuffle(numbers.GetUpper().AsByte(), order) | codes).StoreUnsafe(ref next, 12);
                next = ref Unsafe.Add(ref next, 24);
                continue;
            }

            // Zigzag, so that positive and negative numbers of one width have one range, but for the one-byte form, which is not symmetric.
            Vector256<int> negative = numbers >> 31;
            Vector256<int> folded = numbers ^ negative;
            Vector256<uint> zigzag = (folded + (folded & negative) - negative).AsUInt32();
            Vector256<uint> oneByte = (Vector256.Create(127) - (negative & Vector256.Create(64))).AsUInt32();
            Vector256<int> width = Vector256<int>.Zero
                - Vector256.GreaterThan(zigzag, oneByte).AsInt32()
                - Vector256.GreaterThan(zigzag, Vector256.Create((uint)byte.MaxValue)).AsInt32()
                - Vector256.GreaterThan(zigzag, Vector256.Create((uint)ushort.MaxValue)).AsInt32();
            Vector256<int> code = width + Vector256.Create(MessagePackCode.UInt8 - 1)
                + (negative & Vector256.Create(MessagePackCode.Int8 - MessagePackCode.UInt8));

            // All of five bytes: twice twenty.
            if (width == Vector256.Create(Widths - 1))
            {
                next = ref WriteFourWide(ref next, numbers.GetLower(), code.GetLower().AsByte());
                next = ref WriteFourWide(ref next, numbers.GetUpper(), code.GetUpper().AsByte());
                continue;
            }

            Vector256<ulong> kind = width.AsUInt64();
            kind = (kind | (kind >> 30)) & Vector256.Create((ulong)((Widths * Widths) - 1));
            Vector256<byte> even = Avx2.UnpackLow(numbers.AsUInt64(), code.AsUInt64()).AsByte();
            Vector256<byte> odd = Avx2.UnpackHigh(numbers.AsUInt64(), code.AsUInt64()).AsByte();
            Vector128<ulong> firstKinds = kind.GetLower();
            Vector128<ulong> lastKinds = kind.GetUpper();
            next = ref WritePair(ref next, even.GetLower(), (nuint)firstKinds.ToScalar(), ref shuffles, ref lengths);
            next = ref WritePair(ref next, odd.GetLower(), (nuint)firstKinds.GetElement(1), ref shuffles, ref lengths);
            next = ref WritePair(ref next, even.GetUpper(), (nuint)lastKinds.ToScalar(), ref shuffles, ref lengths);
            next = ref WritePair(ref next, odd.GetUpper(), (nuint)lastKinds.GetElement(1), ref shuffles, ref lengths);
        }

        return ref next;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref byte WriteFourWide(ref byte next, Vector128<int> numbers, Vector128<byte> codes)
    {
        Vector128<byte> order = Vector128.Create(0x80, 3, 2, 1, 0, 0x80, 7, 6, 5, 4, 0x80, 11, 10, 9, 8, 0x80);
        Vector128<byte> codeOrder = Vector128.Create(0, 0x80, 0x80, 0x80, 0x80, 4, 0x80, 0x80, 0x80, 0x80, 8, 0x80, 0x80, 0x80, 0x80, 12);
        (Ssse3.Shuffle(numbers.AsByte(), order) | Ssse3.Shuffle(codes, codeOrder)).StoreUnsafe(ref next);
        BigEndian.Store(ref Unsafe.Add(ref next, 16), (uint)numbers.GetElement(3));
        return ref Unsafe.Add(ref next, 20);
    }

    // A pair is: 4 bytes of the first number, 4 of the second, the first byte of the first at 8, that of the second at 12.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref byte WritePair(ref byte next, Vector128<byte> pair, nuint kind, ref byte shuffles, ref byte lengths)
    {
        Ssse3.Shuffle(pair, Vector128.LoadUnsafe(ref shuffles, kind * 16)).StoreUnsafe(ref next);
        return ref Unsafe.Add(ref next, (nuint)Unsafe.Add(ref lengths, kind));
    }

    private static byte[] MakeShuffles()
    {
        var shuffles = new byte[Widths * Widths * 16];
        shuffles.AsSpan().Fill(0x80);
        for (int kind = 0; kind < Widths * Widths; kind++)
        {
            int to = kind * 16;
            for (int number = 0; number < 2; number++)
            {
                int following = Following(number == 0 ? kind % Widths : kind / Widths);
                if (following == 0)
                {
                    shuffles[to++] = (byte)(number * 4);
                    continue;
                }

                shuffles[to++] = (byte)(8 + (number * 4));
                for (int i = following - 1; i >= 0; i--)
                {
                    shuffles[to++] = (byte)((number * 4) + i);
                }
            }
        }

        return shuffles;
    }

    private static byte[] MakeLengths()
    {
        var lengths = new byte[Widths * Widths];
        for (int kind = 0; kind < lengths.Length; kind++)
        {
            lengths[kind] = (byte)(2 + Following(kind % Widths) + Following(kind / Widths));
        }

        return lengths;
    }

    private static int Following(int width) => width == 0 ? 0 : 1 << (width - 1);
}
