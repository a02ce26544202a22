namespace Contracts.Ipc.Protocol;

/// <summary>What a frame is. The numbers are the protocol.</summary>
internal enum FrameKind : byte
{
    /// <summary>First frame of a client: version, limits, services.</summary>
    Hello = 1,

    /// <summary>The server's answer: accepted.</summary>
    Welcome = 2,

    /// <summary>The server's answer: refused, with a code and a sentence.</summary>
    Reject = 3,

    /// <summary>Arguments of a call.</summary>
    Call = 4,

    /// <summary>Result of a call.</summary>
    Result = 5,

    /// <summary>Failure of a call.</summary>
    Fault = 6,

    /// <summary>The caller has given up.</summary>
    Cancel = 7,

    /// <summary>A further piece of a message that began in a frame with <see cref="FrameFlags.Fragmented"/>.</summary>
    Fragment = 8,

    /// <summary>Asks for a <see cref="Pong"/> with the same call id.</summary>
    Ping = 9,

    /// <summary>Answers a <see cref="Ping"/>.</summary>
    Pong = 10,

    /// <summary>The sender takes no new calls and closes when the present ones have ended.</summary>
    GoAway = 11,

    /// <summary>The sender closes because of an error: a code and a sentence, then the end.</summary>
    Goodbye = 12,
}

/// <summary>What belongs to a frame besides its payload.</summary>
[Flags]
internal enum FrameFlags : byte
{
    None = 0,

    /// <summary>A u32 follows: milliseconds until the deadline, relative to sending.</summary>
    Deadline = 1,

    /// <summary>A u32 follows: which service instance or object is called.</summary>
    Target = 2,

    /// <summary>A u16 length and so many bytes follow: a MessagePack map of metadata.</summary>
    Metadata = 4,

    /// <summary>The caller may send <see cref="FrameKind.Cancel"/> for this call.</summary>
    Cancellable = 8,

    /// <summary>Nothing is to come back.</summary>
    OneWay = 16,

    /// <summary>First piece of a message in fragments; a u32 follows: the length of the whole payload.</summary>
    Fragmented = 32,

    /// <summary>On a fragment: it belongs to a result or fault, not to a call.</summary>
    OfReply = 64,
}
