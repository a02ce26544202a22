using System.Buffers.Binary;

namespace Contracts.Ipc.Protocol;

/// <summary>The 16 bytes, little-endian, that begin every frame.</summary>
/// <remarks>
/// <code>
/// offset 0  kind        u8
///        1  flags       u8
///        2  processor   u16   one more than the processor that the sender ran on, or 0: a hint for how to wait; 0 in the handshake
///        4  call id     u32
///        8  method id   u64
/// </code>
/// Blocks follow in the order of their flags' values: deadline, target, metadata, total length; then the payload.
/// </remarks>
internal readonly record struct FrameHeader(FrameKind Kind, FrameFlags Flags, uint CallId, ulong MethodId, ushort Processor = 0)
{
    internal const int Length = 16;

    internal const int CallIdOffset = 4;

    /// <summary>The u32 before each frame on a byte stream, and in every block that a channel is given.</summary>
    internal const int PrefixLength = 4;

    internal void Write(Span<byte> destination)
    {
        destination[0] = (byte)Kind;
        destination[1] = (byte)Flags;
        BinaryPrimitives.WriteUInt16LittleEndian(destination[2..], Processor);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], CallId);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], MethodId);
    }

    /// <summary>Reads a header. The caller has checked that there are <see cref="Length"/> bytes.</summary>
    internal static FrameHeader Read(ReadOnlySpan<byte> source) => new(
        (FrameKind)source[0],
        (FrameFlags)source[1],
        BinaryPrimitives.ReadUInt32LittleEndian(source[4..]),
        BinaryPrimitives.ReadUInt64LittleEndian(source[8..]),
        BinaryPrimitives.ReadUInt16LittleEndian(source[2..]));
}
