using System.Buffers.Binary;

namespace Contracts.Ipc.Transports.SharedMemory;

/// <summary>Looks at the length prefixes of frames that lie in two spans one behind the other.</summary>
internal static class FrameLengths
{
    /// <summary>Length of the first frame, its prefix included; of less than a prefix, what is there.</summary>
    public static long FirstOf(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) =>
        first.Length + second.Length < FrameBuffer.PrefixLength
            ? first.Length + second.Length
            : FrameBuffer.PrefixLength + (long)PrefixAt(first, second, 0);

    /// <summary>How many bytes the whole frames take that lie within the first <paramref name="limit"/> bytes.</summary>
    public static int WholeFramesWithin(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, int limit)
    {
        long end = 0;
        while (end + FrameBuffer.PrefixLength <= limit)
        {
            long next = end + FrameBuffer.PrefixLength + PrefixAt(first, second, (int)end);
            if (next > limit)
            {
                break;
            }

            end = next;
        }

        return (int)end;
    }

    private static uint PrefixAt(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, int offset)
    {
        if (offset >= first.Length)
        {
            return BinaryPrimitives.ReadUInt32LittleEndian(second[(offset - first.Length)..]);
        }

        if (first.Length - offset >= FrameBuffer.PrefixLength)
        {
            return BinaryPrimitives.ReadUInt32LittleEndian(first[offset..]);
        }

        Span<byte> prefix = stackalloc byte[FrameBuffer.PrefixLength];
        ReadOnlySpan<byte> start = first[offset..];
        start.CopyTo(prefix);
        second[..(prefix.Length - start.Length)].CopyTo(prefix[start.Length..]);
        return BinaryPrimitives.ReadUInt32LittleEndian(prefix);
    }
}
