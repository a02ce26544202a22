using Contracts.Ipc.Protocol;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.Rpc;

/// <summary>A message of which fragments are still to come.</summary>
/// <param name="header">Of the first fragment.</param>
/// <param name="total">The announced length of the payload.</param>
/// <param name="time">Of the call.</param>
/// <param name="target">Of the call.</param>
/// <param name="metadata">Of the call.</param>
/// <param name="initialCapacity">Room to begin with.</param>
internal sealed class PartialMessage(FrameHeader header, uint total, CallTime time, uint target, byte[]? metadata, int initialCapacity)
{
    /// <summary>Whether it is to be thrown away once it is whole.</summary>
    internal bool IsAbandoned { get; set; }

    internal FrameHeader Header { get; } = header;

    internal uint Total { get; } = total;

    internal CallTime Time { get; } = time;

    internal uint Target { get; } = target;

    internal byte[]? Metadata { get; } = metadata;

    internal PooledBuffer Payload { get; } = new(initialCapacity);
}

/// <summary>
/// Puts messages together that came in fragments. Belongs to the holder of the receive lease, except for <see cref="Clear"/> at the end.
/// </summary>
/// <remarks>The announced length is checked before anything is allocated, and memory grows with what has come, not with what was announced.</remarks>
internal sealed class FragmentAssembler(IpcLimits limits)
{
    /// <summary>What is announced is believed up to so many times what has come: most messages then need no second buffer.</summary>
    private const int GrowthFactor = 16;

    private readonly Dictionary<(uint Id, bool OfReply), PartialMessage> _partial = [];
    private long _bytes;

    internal void Begin(FrameHeader header, FrameBlocks blocks, CallTime time)
    {
        if (blocks.TotalLength > limits.MaximumMessageLength)
        {
            throw ProtocolError.MessageTooLong(blocks.TotalLength, limits.MaximumMessageLength);
        }

        if (blocks.Payload.Length >= blocks.TotalLength)
        {
            throw ProtocolError.NothingToFragment(header.CallId, blocks.TotalLength);
        }

        if (_partial.Count >= limits.MaximumCallsPerConnection)
        {
            throw ProtocolError.TooManyPartialMessages(limits.MaximumCallsPerConnection);
        }

        bool reply = header.Kind is FrameKind.Result or FrameKind.Fault;
        int capacity = (int)Math.Min(blocks.TotalLength, (long)GrowthFactor * Math.Max(blocks.Payload.Length, 1));
        byte[]? metadata = blocks.Metadata.IsEmpty ? null : blocks.Metadata.ToArray();
        var message = new PartialMessage(header, blocks.TotalLength, time, blocks.Target, metadata, capacity);
        if (!_partial.TryAdd((header.CallId, reply), message))
        {
            message.Payload.Dispose();
            throw ProtocolError.CallIdInUse(header.CallId);
        }

        Append(message, blocks.Payload);
    }

    /// <returns>The message, if this was its last fragment. The caller owns its payload.</returns>
    internal PartialMessage? Continue(FrameHeader header, ReadOnlySpan<byte> payload)
    {
        (uint, bool) key = (header.CallId, (header.Flags & FrameFlags.OfReply) != 0);
        if (!_partial.TryGetValue(key, out PartialMessage? message))
        {
            throw ProtocolError.UnknownFragment(header.CallId);
        }

        Append(message, payload);
        if (message.Payload.WrittenCount < message.Total)
        {
            return null;
        }

        _ = _partial.Remove(key);
        _bytes -= message.Total;
        return message;
    }

    /// <summary>The peer has given up a call of which only a part has come. The rest is on its way, and belongs to nobody.</summary>
    internal void Abandon(uint callId)
    {
        if (_partial.TryGetValue((callId, false), out PartialMessage? message))
        {
            message.IsAbandoned = true;
        }
    }

    /// <summary>Gives up everything unfinished.</summary>
    internal void Clear()
    {
        foreach (PartialMessage message in _partial.Values)
        {
            message.Payload.Dispose();
        }

        _partial.Clear();
    }

    private void Append(PartialMessage message, ReadOnlySpan<byte> payload)
    {
        if (payload.Length > message.Total - message.Payload.WrittenCount)
        {
            throw ProtocolError.FragmentOverrun(message.Header.CallId, message.Total);
        }

        _bytes += payload.Length;
        if (_bytes > limits.MaximumFragmentBytes)
        {
            throw ProtocolError.TooManyFragmentBytes(limits.MaximumFragmentBytes);
        }

        message.Payload.Write(payload);
    }
}
