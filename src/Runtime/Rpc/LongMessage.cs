using System.Buffers.Binary;
using Contracts.Ipc.Protocol;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.Rpc;

/// <summary>
/// A message that is longer than a frame, on its way out in fragments. The first one carries the original header and blocks and the
/// total length; the others a <see cref="FrameKind.Fragment"/> header with the same call id.
/// </summary>
internal sealed class LongMessage : IDisposable
{
    /// <summary>Room for prefix, header and all blocks.</summary>
    internal const int MaximumHeadLength =
        FrameHeader.PrefixLength + FrameHeader.Length + FrameBlocks.MaximumFixedLength + 2 + FrameBlocks.MaximumMetadataLength;

    /// <summary>
    /// What each fragment carries at least. Metadata go with the first one whole; where frames are so short that nothing else would fit, it is a little longer than they, and the
    /// transport, whose messages are that short, divides it.
    /// </summary>
    internal const int LeastBody = 64;

    private readonly PooledBuffer _buffer;
    private readonly FrameHeader _header;
    private readonly int _blocksEnd;
    private readonly PendingCall? _call;
    private readonly uint _callId;
    private int _offset;

    /// <param name="buffer">A frame as for short messages: prefix, header, blocks, payload. Owned from now on.</param>
    /// <param name="payloadOffset">Where the payload begins.</param>
    /// <param name="call">The call that the message makes, if it does: learns when its last fragment goes out.</param>
    internal LongMessage(PooledBuffer buffer, int payloadOffset, PendingCall? call = null)
    {
        _buffer = buffer;
        _header = FrameHeader.Read(buffer.WrittenSpan[FrameHeader.PrefixLength..]);
        _blocksEnd = payloadOffset;
        _offset = payloadOffset;
        _call = call;
        _callId = _header.CallId;
    }

    /// <summary>Nobody waits for the call that the message makes, and nothing of it was sent: it need not be.</summary>
    internal bool IsDropped { get; private set; }

    /// <summary>Gives the message up, if it makes this call and nothing of it was sent.</summary>
    internal bool TryDrop(uint callId)
    {
        IsDropped |= _callId == callId && _header.Kind == FrameKind.Call && _offset == _blocksEnd;
        return IsDropped && _callId == callId;
    }

    /// <summary>Bytes of the payload that were not taken yet.</summary>
    internal int Remaining => _buffer.WrittenCount - _offset;

    /// <summary>Makes the next fragment.</summary>
    /// <param name="head">In: scratch space of <see cref="MaximumHeadLength"/>; out: prefix, header and blocks.</param>
    /// <param name="maximumFrameLength">What the peer accepts.</param>
    /// <returns>The fragment's part of the payload.</returns>
    internal ReadOnlySpan<byte> TakeFragment(ref Span<byte> head, int maximumFrameLength)
    {
        ReadOnlySpan<byte> source = _buffer.WrittenSpan;
        int headLength;
        if (_offset == _blocksEnd)
        {
            // Total length is the last of the blocks.
            source[.._blocksEnd].CopyTo(head);
            (_header with { Flags = _header.Flags | FrameFlags.Fragmented }).Write(head[FrameHeader.PrefixLength..]);
            BinaryPrimitives.WriteUInt32LittleEndian(head[_blocksEnd..], (uint)(source.Length - _blocksEnd));
            headLength = _blocksEnd + sizeof(uint);
        }
        else
        {
            bool reply = _header.Kind is FrameKind.Result or FrameKind.Fault;
            var header = new FrameHeader(FrameKind.Fragment, reply ? FrameFlags.OfReply : FrameFlags.None, _header.CallId, 0, Priority: _header.Priority);
            header.Write(head[FrameHeader.PrefixLength..]);
            headLength = FrameHeader.PrefixLength + FrameHeader.Length;
        }

        int headPart = headLength - FrameHeader.PrefixLength;
        int frameLength = Math.Min(Math.Max(maximumFrameLength, headPart + LeastBody), headPart + Remaining);
        int bodyLength = frameLength - headPart;
        BinaryPrimitives.WriteInt32LittleEndian(head, frameLength);
        head = head[..headLength];
        ReadOnlySpan<byte> body = source.Slice(_offset, bodyLength);
        _offset += bodyLength;
        if (Remaining == 0 && _call?.Id == _callId)
        {
            // Position 0 counts as sent: from here on the peer may see the whole call. (A call that was given up is another one by now.)
            _call.SendPosition = 0;
        }

        return body;
    }

    public void Dispose() => _buffer.Dispose();
}
