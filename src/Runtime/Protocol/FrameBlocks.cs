using System.Buffers.Binary;

namespace Contracts.Ipc.Protocol;

/// <summary>The optional blocks between header and payload.</summary>
internal readonly ref struct FrameBlocks
{
    /// <summary>Room that deadline, target and total length need at most; metadata come on top.</summary>
    internal const int MaximumFixedLength = 12;

    internal const int MaximumMetadataLength = 8 * 1024;

    private FrameBlocks(uint deadlineMilliseconds, uint target, uint totalLength, ReadOnlySpan<byte> metadata, ReadOnlySpan<byte> payload)
    {
        DeadlineMilliseconds = deadlineMilliseconds;
        Target = target;
        TotalLength = totalLength;
        Metadata = metadata;
        Payload = payload;
    }

    /// <summary>Milliseconds left, or 0 for none.</summary>
    internal uint DeadlineMilliseconds { get; }

    internal uint Target { get; }

    internal uint TotalLength { get; }

    internal ReadOnlySpan<byte> Metadata { get; }

    internal ReadOnlySpan<byte> Payload { get; }

    /// <summary>Takes the blocks that the flags announce.</summary>
    /// <exception cref="IpcProtocolException">The frame ends within a block.</exception>
    internal static FrameBlocks Read(FrameHeader header, ReadOnlySpan<byte> frame)
    {
        ReadOnlySpan<byte> rest = frame[FrameHeader.Length..];
        const FrameFlags WithBlocks = FrameFlags.Deadline | FrameFlags.Target | FrameFlags.Metadata | FrameFlags.Fragmented;
        if ((header.Flags & WithBlocks) == 0)
        {
            return new FrameBlocks(0, 0, 0, default, rest);
        }

        uint deadline = (header.Flags & FrameFlags.Deadline) != 0 ? TakeUInt32(header, ref rest) : 0;
        uint target = (header.Flags & FrameFlags.Target) != 0 ? TakeUInt32(header, ref rest) : 0;
        ReadOnlySpan<byte> metadata = (header.Flags & FrameFlags.Metadata) != 0 ? TakeMetadata(header, ref rest) : default;
        uint total = (header.Flags & FrameFlags.Fragmented) != 0 ? TakeUInt32(header, ref rest) : 0;
        return new FrameBlocks(deadline, target, total, metadata, rest);
    }

    private static uint TakeUInt32(FrameHeader header, scoped ref ReadOnlySpan<byte> rest)
    {
        if (rest.Length < 4)
        {
            throw ProtocolError.FrameTooShort(header.Kind, header.Flags);
        }

        uint value = BinaryPrimitives.ReadUInt32LittleEndian(rest);
        rest = rest[4..];
        return value;
    }

    private static ReadOnlySpan<byte> TakeMetadata(FrameHeader header, scoped ref ReadOnlySpan<byte> rest)
    {
        if (rest.Length < 2)
        {
            throw ProtocolError.FrameTooShort(header.Kind, header.Flags);
        }

        int length = BinaryPrimitives.ReadUInt16LittleEndian(rest);
        rest = rest[2..];
        if (length > rest.Length || length > MaximumMetadataLength)
        {
            throw ProtocolError.FrameTooShort(header.Kind, header.Flags);
        }

        ReadOnlySpan<byte> metadata = rest[..length];
        rest = rest[length..];
        return metadata;
    }
}
