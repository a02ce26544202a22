using System.Buffers.Binary;

namespace Contracts.Ipc.Protocol;

/// <summary>The 16 bytes, little-endian, that begin every frame.</summary>
/// <remarks>
/// <code>
/// offset 0  kind        u8
///        1  flags       u8
///        2  low 13 bits: processor; high 3 bits: priority
///        4  call id     u32
///        8  method id   u64
/// </code>
/// Blocks follow in the order of their flags' values: deadline, target, metadata, total length; then the payload.
/// </remarks>
/// <param name="Kind">What the frame is.</param>
/// <param name="Flags">What belongs to it.</param>
/// <param name="CallId">Tells the sender's calls apart.</param>
/// <param name="MethodId">Of a call.</param>
/// <param name="Processor">One more than the processor that the sender ran on, or 0: a hint for how to wait. At most <see cref="ProcessorMask"/>.</param>
/// <param name="Priority">Of the call that the frame belongs to, 0 to <see cref="MaximumPriority"/>: all frames of a call carry the same, so that they keep their order.</param>
internal readonly record struct FrameHeader(FrameKind Kind, FrameFlags Flags, uint CallId, ulong MethodId, ushort Processor = 0, byte Priority = 0)
{
    internal const int Length = 16;

    internal const int CallIdOffset = 4;

    /// <summary>The most urgent of the priorities.</summary>
    internal const int MaximumPriority = 7;

    /// <summary>The bits in which the processor travels; those above it are the priority.</summary>
    internal const int ProcessorMask = (1 << PriorityShift) - 1;

    private const int PriorityShift = 13;

    /// <summary>The u32 before each frame on a byte stream, and in every block that a channel is given.</summary>
    internal const int PrefixLength = 4;

    internal void Write(Span<byte> destination)
    {
        destination[0] = (byte)Kind;
        destination[1] = (byte)Flags;
        BinaryPrimitives.WriteUInt16LittleEndian(destination[2..], (ushort)(Processor | (Priority << PriorityShift)));
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], CallId);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], MethodId);
    }

    /// <summary>Reads a header. The caller has checked that there are <see cref="Length"/> bytes.</summary>
    internal static FrameHeader Read(ReadOnlySpan<byte> source) => new(
        (FrameKind)source[0],
        (FrameFlags)source[1],
        BinaryPrimitives.ReadUInt32LittleEndian(source[4..]),
        BinaryPrimitives.ReadUInt64LittleEndian(source[8..]),
        (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(source[2..]) & ProcessorMask),
        PriorityOf(source));

    /// <summary>The priority of the call that a frame belongs to, for transports that let urgent frames overtake others.</summary>
    internal static byte PriorityOf(ReadOnlySpan<byte> frame) => (byte)(frame[3] >> (PriorityShift - 8));
}
