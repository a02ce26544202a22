using System.Buffers.Binary;
using System.Diagnostics;
using Contracts.Ipc.Protocol;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.Rpc;

/// <summary>
/// Builds one frame in a private buffer of the calling thread: formatters are user code and never run under a lock or in the
/// transport's memory.
/// </summary>
internal struct FrameWriter
{
    [ThreadStatic]
    private static PooledBuffer? _cached;

    private PooledBuffer? _buffer;
    private readonly int _payloadOffset;

    /// <summary>Begins a frame: header and blocks.</summary>
    internal FrameWriter(FrameHeader header, uint deadlineMilliseconds = 0, uint target = 0, ReadOnlySpan<byte> metadata = default)
    {
        // A formatter that makes a call while it writes takes another buffer.
        _buffer = _cached ?? new PooledBuffer();
        _cached = null;
        FrameFlags flags = header.Flags
            | (deadlineMilliseconds != 0 ? FrameFlags.Deadline : 0)
            | (target != 0 ? FrameFlags.Target : 0)
            | (metadata.IsEmpty ? 0 : FrameFlags.Metadata);
        int blocks = (deadlineMilliseconds != 0 ? 4 : 0) + (target != 0 ? 4 : 0) + (metadata.IsEmpty ? 0 : 2 + metadata.Length);
        _payloadOffset = FrameHeader.PrefixLength + FrameHeader.Length + blocks;
        _buffer.Reset(_payloadOffset);
        Span<byte> head = _buffer.WrittenSpan[FrameHeader.PrefixLength..];
        (header with { Flags = flags }).Write(head);
        head = head[FrameHeader.Length..];
        if (deadlineMilliseconds != 0)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(head, deadlineMilliseconds);
            head = head[4..];
        }

        if (target != 0)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(head, target);
            head = head[4..];
        }

        if (!metadata.IsEmpty)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(head, (ushort)metadata.Length);
            metadata.CopyTo(head[2..]);
        }
    }

    /// <summary>For the payload; flush the writer before <see cref="Finish"/>.</summary>
    internal readonly PooledBuffer Buffer => _buffer!;

    internal readonly int PayloadLength => _buffer!.WrittenCount - _payloadOffset;

    internal readonly int FrameLength => _buffer!.WrittenCount - FrameHeader.PrefixLength;

    /// <summary>Whether the frame has to go out in fragments. What a frame of a few bytes cannot hold is its metadata, which are never divided.</summary>
    internal readonly bool IsLongFor(int maximumFrameLength) => FrameLength > maximumFrameLength && PayloadLength > LongMessage.LeastBody;

    internal readonly void DiscardPayload() => _buffer!.Truncate(_payloadOffset);

    internal readonly void SetCallId(uint id)
        => BinaryPrimitives.WriteUInt32LittleEndian(_buffer!.WrittenSpan[(FrameHeader.PrefixLength + FrameHeader.CallIdOffset)..], id);

    /// <summary>The whole frame with its length prefix.</summary>
    internal readonly ReadOnlySpan<byte> Finish()
    {
        Span<byte> frame = _buffer!.WrittenSpan;
        BinaryPrimitives.WriteInt32LittleEndian(frame, frame.Length - FrameHeader.PrefixLength);
        return frame;
    }

    /// <summary>Hands the buffer over to a message that goes out in fragments.</summary>
    internal LongMessage ToLongMessage(PendingCall? call = null)
    {
        Debug.Assert(_buffer is not null, "A frame is sent once.");
        var message = new LongMessage(_buffer, _payloadOffset, call);
        _buffer = null;
        return message;
    }

    /// <summary>Keeps the buffer for the thread's next frame.</summary>
    internal void Dispose()
    {
        if (_buffer is null)
        {
            return;
        }

        _buffer.Reset();
        if (_cached is null)
        {
            _cached = _buffer;
        }
        else
        {
            _buffer.Dispose();
        }

        _buffer = null;
    }
}
