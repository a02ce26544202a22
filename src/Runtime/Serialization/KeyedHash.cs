using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Contracts.Ipc.Serialization;

/// <summary>SipHash-1-3 of 16 bytes, folded to 32 bits, under a key that is drawn when the process starts.</summary>
internal static class KeyedHash
{
    private static readonly ulong Key0 = Random();
    private static readonly ulong Key1 = Random();

    public static int Of(ulong first, ulong second)
    {
        ulong v0 = Key0 ^ 0x736f6d6570736575;
        ulong v1 = Key1 ^ 0x646f72616e646f6d;
        ulong v2 = Key0 ^ 0x6c7967656e657261;
        ulong v3 = Key1 ^ 0x7465646279746573;
        v3 ^= first;
        Round(ref v0, ref v1, ref v2, ref v3);
        v0 ^= first;
        v3 ^= second;
        Round(ref v0, ref v1, ref v2, ref v3);
        v0 ^= second;
        v2 ^= 0xff;
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        ulong hash = v0 ^ v1 ^ v2 ^ v3;
        return (int)(hash ^ (hash >> 32));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        v0 += v1;
        v2 += v3;
        v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
        v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
        v0 = BitOperations.RotateLeft(v0, 32);
        v2 += v1;
        v0 += v3;
        v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
        v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
        v2 = BitOperations.RotateLeft(v2, 32);
    }

    private static ulong Random()
    {
        Span<byte> bytes = stackalloc byte[8];
        RandomNumberGenerator.Fill(bytes);
        return MemoryMarshal.Read<ulong>(bytes);
    }
}
