using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Contracts.Ipc.Serialization;

/// <summary>Loads and stores numbers in the byte order of MessagePack. The caller has checked that the bytes are there.</summary>
internal static class BigEndian
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort Load16(ref byte source) => Swap(Unsafe.ReadUnaligned<ushort>(ref source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Load32(ref byte source) => Swap(Unsafe.ReadUnaligned<uint>(ref source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Load64(ref byte source) => Swap(Unsafe.ReadUnaligned<ulong>(ref source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(ref byte destination, ushort value) => Unsafe.WriteUnaligned(ref destination, Swap(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(ref byte destination, uint value) => Unsafe.WriteUnaligned(ref destination, Swap(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(ref byte destination, ulong value) => Unsafe.WriteUnaligned(ref destination, Swap(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ushort Swap(ushort value) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Swap(uint value) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Swap(ulong value) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
}
