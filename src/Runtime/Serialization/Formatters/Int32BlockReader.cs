using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Contracts.Ipc.Serialization.Formatters;

/// <summary>
/// Reads many 32-bit integers. Neighbours of one form, which is the usual case, are converted together; where the form changes, one at a
/// time.
/// </summary>
internal static class Int32BlockReader
{
    public static void Read(ref MessagePackReader reader, Span<int> destination)
    {
        int done = 0;
        while (done < destination.Length)
        {
            done += Vector128.IsHardwareAccelerated && BitConverter.IsLittleEndian ? ReadRun(ref reader, destination[done..]) : 0;
            if (done < destination.Length)
            {
                destination[done++] = reader.ReadInt32();
            }
        }
    }

    // Reads as many numbers as come in forms that it knows; returns how many. Optimised without a profile, as the writer is.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
            else if (next == MessagePackCode.UInt8)
            {
                if (destination.Length - done >= 8 && (bytes & Vector128.Create((ushort)0x00FF).AsByte()) == Vector128.Create((ushort)MessagePackCode.UInt8).AsByte())
                {
                    Vector128<ushort> eight = bytes.AsUInt16() >> 8;
                    (Vector128<uint> first, Vector128<uint> second) = Vector128.Widen(eight);
                    first.AsInt32().StoreUnsafe(ref Unsafe.Add(ref target, done));
                    second.AsInt32().StoreUnsafe(ref Unsafe.Add(ref target, done + 4));
                    next = ref Unsafe.Add(ref next, 16);
                    left -= 16;
                    done += 8;
                    continue;
                }

                Unsafe.Add(ref target, done++) = Unsafe.Add(ref next, 1);
                next = ref Unsafe.Add(ref next, 2);
                left -= 2;
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
                // One bit for each byte of the message; the first bytes of four such numbers are 0, 5, 10 and 15.
                const uint FirstBytes = 0b1000_0100_0010_0001;
                uint isUnsigned = Vector128.Equals(bytes, Vector128.Create(MessagePackCode.UInt32)).ExtractMostSignificantBits() & FirstBytes;
                uint isSigned = Vector128.Equals(bytes, Vector128.Create(MessagePackCode.Int32)).ExtractMostSignificantBits() & FirstBytes;
                if ((isUnsigned | isSigned) != FirstBytes)
                {
                    int one = (int)BigEndian.Load32(ref Unsafe.Add(ref next, 1));
                    if (next == MessagePackCode.UInt32 && one < 0)
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

                // An unsigned one above the range of an int looks negative: the careful way finds it and says so.
                uint unsignedLanes = (isUnsigned & 1) | (isUnsigned >> 4 & 2) | (isUnsigned >> 8 & 4) | (isUnsigned >> 12 & 8);
                if ((numbers.ExtractMostSignificantBits() & unsignedLanes) != 0)
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
