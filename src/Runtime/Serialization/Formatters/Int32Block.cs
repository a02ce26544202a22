using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Contracts.Ipc.CompilerServices;

namespace Contracts.Ipc.Serialization.Formatters;

/// <summary>
/// Writes and reads many 32-bit integers. Each is still written in its own shortest form; four neighbours of one form, which is the
/// usual case, are converted together by one shuffle.
/// </summary>
internal static class Int32Block
{
    private const int BlockLength = 512;

    // A vector store may reach beyond what counts: four numbers take at most 20 bytes, two stores of 16 reach 31.
    private const int Slack = 16;

    public static void Write(ref MessagePackWriter writer, ReadOnlySpan<int> values)
    {
        while (!values.IsEmpty)
        {
            ReadOnlySpan<int> block = values[..Math.Min(values.Length, BlockLength)];
            ref byte next = ref writer.Reserve((RawMessagePack.MaxInt32 * block.Length) + Slack);
            writer.MoveTo(ref WriteBlock(ref next, block));
            values = values[block.Length..];
        }
    }

    public static void Read(ref MessagePackReader reader, Span<int> destination)
    {
        int done = 0;
        while (done < destination.Length)
        {
            done += Vector128.IsHardwareAccelerated ? ReadRun(ref reader, destination[done..]) : 0;
            if (done < destination.Length)
            {
                destination[done++] = reader.ReadInt32();
            }
        }
    }

    private static ref byte WriteBlock(ref byte next, ReadOnlySpan<int> values)
    {
        ref int source = ref MemoryMarshal.GetReference(values);
        int i = 0;
        if (Vector128.IsHardwareAccelerated && BitConverter.IsLittleEndian)
        {
            for (; i <= values.Length - 4; i += 4)
            {
                Vector128<uint> four = Vector128.LoadUnsafe(ref Unsafe.Add(ref source, i)).AsUInt32();
                if (Vector128.LessThanOrEqualAll(four, Vector128.Create((uint)MessagePackCode.MaxFixInt)))
                {
                    Vector128<byte> packed = Vector128.Shuffle(four.AsByte(), Vector128.Create((byte)0, 4, 8, 12, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255));
                    Unsafe.WriteUnaligned(ref next, packed.AsUInt32().ToScalar());
                    next = ref Unsafe.Add(ref next, 4);
                }
                else if (Vector128.LessThanOrEqualAll(four - Vector128.Create(256u), Vector128.Create(65535u - 256u)))
                {
                    // cd hi lo, four times: 12 bytes
                    Vector128<byte> packed = Vector128.Shuffle(four.AsByte(), Vector128.Create((byte)255, 1, 0, 255, 5, 4, 255, 9, 8, 255, 13, 12, 255, 255, 255, 255))
                        | Vector128.Create(MessagePackCode.UInt16, 0, 0, MessagePackCode.UInt16, 0, 0, MessagePackCode.UInt16, 0, 0, MessagePackCode.UInt16, 0, 0, 0, 0, 0, 0);
                    packed.StoreUnsafe(ref next);
                    next = ref Unsafe.Add(ref next, 12);
                }
                else if (Vector128.GreaterThanAll(four, Vector128.Create((uint)ushort.MaxValue)) && WideOfOneSign(four.AsInt32(), out byte code))
                {
                    // ce or d2 and four bytes, four times: 20 bytes in two stores
                    Vector128<byte> low = Vector128.Shuffle(four.AsByte(), Vector128.Create((byte)255, 3, 2, 1, 0, 255, 7, 6, 5, 4, 255, 11, 10, 9, 8, 255))
                        | (Vector128.Create(255, 0, 0, 0, 0, 255, 0, 0, 0, 0, 255, 0, 0, 0, 0, 255) & Vector128.Create(code));
                    low.StoreUnsafe(ref next);
                    uint last = BinaryPrimitives.ReverseEndianness(four.GetElement(3));
                    Unsafe.WriteUnaligned(ref Unsafe.Add(ref next, 16), last);
                    next = ref Unsafe.Add(ref next, 20);
                }
                else
                {
                    next = ref RawMessagePack.WriteInt32(ref next, (int)four.GetElement(0));
                    next = ref RawMessagePack.WriteInt32(ref next, (int)four.GetElement(1));
                    next = ref RawMessagePack.WriteInt32(ref next, (int)four.GetElement(2));
                    next = ref RawMessagePack.WriteInt32(ref next, (int)four.GetElement(3));
                }
            }
        }

        for (; i < values.Length; i++)
        {
            next = ref RawMessagePack.WriteInt32(ref next, Unsafe.Add(ref source, i));
        }

        return ref next;
    }

    // Whether all four need 32 bits and have one code: all positive (UInt32), or all below the range of 16 bits (Int32).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool WideOfOneSign(Vector128<int> four, out byte code)
    {
        uint negative = four.ExtractMostSignificantBits();
        code = negative == 0 ? MessagePackCode.UInt32 : MessagePackCode.Int32;
        return negative == 0 || (negative == 15 && Vector128.LessThanAll(four, Vector128.Create((int)short.MinValue)));
    }

    // Reads as many numbers as come in runs of one form; returns how many.
    private static int ReadRun(ref MessagePackReader reader, Span<int> destination)
    {
        ref int target = ref MemoryMarshal.GetReference(destination);
        ref byte next = ref reader.Position;
        nint left = reader.Remaining;
        int done = 0;

        // Every step loads 16 bytes, or 20, and writes 4 numbers, or 16.
        while (left >= 20 && destination.Length - done >= 4)
        {
            Vector128<byte> bytes = Vector128.LoadUnsafe(ref next);
            if (next <= MessagePackCode.MaxFixInt)
            {
                if (destination.Length - done >= 16 && bytes.ExtractMostSignificantBits() == 0)
                {
                    (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(bytes);
                    (Vector128<uint> first, Vector128<uint> second) = Vector128.Widen(low);
                    (Vector128<uint> third, Vector128<uint> fourth) = Vector128.Widen(high);
                    first.AsInt32().StoreUnsafe(ref Unsafe.Add(ref target, done));
                    second.AsInt32().StoreUnsafe(ref Unsafe.Add(ref target, done + 4));
                    third.AsInt32().StoreUnsafe(ref Unsafe.Add(ref target, done + 8));
                    fourth.AsInt32().StoreUnsafe(ref Unsafe.Add(ref target, done + 12));
                    next = ref Unsafe.Add(ref next, 16);
                    left -= 16;
                    done += 16;
                    continue;
                }

                Unsafe.Add(ref target, done++) = next;
                next = ref Unsafe.Add(ref next, 1);
                left--;
            }
            else if (next == MessagePackCode.UInt16)
            {
                Vector128<byte> codes = bytes & Vector128.Create(255, 0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0, 0, 0, 0, 0);
                if (codes == Vector128.Create(MessagePackCode.UInt16, 0, 0, MessagePackCode.UInt16, 0, 0, MessagePackCode.UInt16, 0, 0, MessagePackCode.UInt16, 0, 0, 0, 0, 0, 0))
                {
                    Vector128.Shuffle(bytes, Vector128.Create((byte)2, 1, 255, 255, 5, 4, 255, 255, 8, 7, 255, 255, 11, 10, 255, 255))
                        .AsInt32().StoreUnsafe(ref Unsafe.Add(ref target, done));
                    next = ref Unsafe.Add(ref next, 12);
                    left -= 12;
                    done += 4;
                    continue;
                }

                Unsafe.Add(ref target, done++) = BigEndian.Load16(ref Unsafe.Add(ref next, 1));
                next = ref Unsafe.Add(ref next, 3);
                left -= 3;
            }
            else if (next is MessagePackCode.UInt32 or MessagePackCode.Int32)
            {
                byte code = next;
                Vector128<byte> codes = bytes & Vector128.Create(255, 0, 0, 0, 0, 255, 0, 0, 0, 0, 255, 0, 0, 0, 0, 255);
                Vector128<byte> expected = Vector128.Create(code) & Vector128.Create(255, 0, 0, 0, 0, 255, 0, 0, 0, 0, 255, 0, 0, 0, 0, 255);
                if (codes != expected)
                {
                    int one = (int)BigEndian.Load32(ref Unsafe.Add(ref next, 1));
                    if (code == MessagePackCode.UInt32 && one < 0)
                    {
                        break;
                    }

                    Unsafe.Add(ref target, done++) = one;
                    next = ref Unsafe.Add(ref next, 5);
                    left -= 5;
                    continue;
                }

                Vector128<int> numbers = Vector128.Shuffle(bytes, Vector128.Create((byte)4, 3, 2, 1, 9, 8, 7, 6, 14, 13, 12, 11, 255, 255, 255, 255)).AsInt32()
                    .WithElement(3, (int)BigEndian.Load32(ref Unsafe.Add(ref next, 16)));
                if (code == MessagePackCode.UInt32 && numbers.ExtractMostSignificantBits() != 0)
                {
                    break;
                }

                numbers.StoreUnsafe(ref Unsafe.Add(ref target, done));
                next = ref Unsafe.Add(ref next, 20);
                left -= 20;
                done += 4;
            }
            else
            {
                break;
            }
        }

        reader.MoveTo(ref next);
        return done;
    }
}
