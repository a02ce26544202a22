namespace Contracts.Ipc.Protocol;

/// <summary>The one place where this layer's errors get their wording.</summary>
internal static class ProtocolError
{
    internal static IpcProtocolException FrameTooShort(FrameKind kind, FrameFlags flags)
        => Violation($"A {kind} frame ends before the blocks that its flags ({flags}) announce.");

    internal static IpcProtocolException UnknownKind(FrameKind kind)
        => Violation($"A frame of unknown kind {(byte)kind} came. Expected kinds 1 to {(byte)FrameKind.Goodbye}.");

    internal static IpcProtocolException Unexpected(FrameKind kind, string expected)
        => Violation($"A {kind} frame came where {expected} was expected.");

    internal static IpcProtocolException WrongMagic(uint magic)
        => Violation($"The peer does not speak this protocol: its first frame carries 0x{magic:X8} where 0x{Handshake.Magic:X8} belongs.");

    internal static IpcProtocolException WrongVersion(int theirs)
        => new(
            IpcErrorCode.VersionMismatch,
            $"The peer speaks protocol version {theirs}; this library speaks version {Handshake.Version}. Use the same major version of Contracts.Ipc on both sides.");

    internal static IpcProtocolException BadHandshake(FrameKind kind, Exception cause)
        => new(IpcErrorCode.ProtocolViolation, $"The {kind} frame of the handshake cannot be read: {cause.Message}", cause);

    internal static IpcProtocolException CallIdInUse(uint id)
        => Violation($"Call id {id} is still in use.");

    internal static IpcProtocolException UnknownFragment(uint id)
        => Violation($"A fragment for message {id} came, of which no beginning was seen.");

    internal static IpcProtocolException FragmentOverrun(uint id, uint total)
        => Violation($"The fragments of message {id} are longer than the {total} bytes that were announced.");

    internal static IpcProtocolException NothingToFragment(uint id, uint total)
        => Violation($"Message {id} announces fragments, but its first frame holds all of its {total} bytes.");

    internal static IpcProtocolException TooManyPartialMessages(int limit)
        => new(
            IpcErrorCode.ResourceExhausted,
            $"The peer has more than {limit} unfinished messages under way (IpcLimits.MaximumCallsPerConnection).");

    internal static IpcProtocolException MessageTooLong(long length, int limit)
        => new(
            IpcErrorCode.ResourceExhausted,
            $"The peer announced a message of {length} bytes; the limit is {limit} (IpcLimits.MaximumMessageLength). Raise it on the receiving side, or send less.");

    internal static IpcProtocolException TooManyFragmentBytes(int limit)
        => new(
            IpcErrorCode.ResourceExhausted,
            $"The peer has more than {limit} bytes of unfinished messages under way (IpcLimits.MaximumFragmentBytes).");

    private static IpcProtocolException Violation(string message) => new(IpcErrorCode.ProtocolViolation, message);
}
