using Contracts.Ipc.Native;

namespace Contracts.Ipc.Transports.SharedMemory;

/// <summary>Every error about a segment and what its peer has done to it.</summary>
internal static class RingError
{
    private const string Blame = " It broke the protocol, or something else wrote into the shared memory; the connection is closed.";

    public static IpcProtocolException RecordLength(int length, int maximum) =>
        Violation($"The peer announced a record of {length} bytes in a ring that holds at most {maximum}.");

    public static IpcProtocolException Tail(ulong tail, ulong seen, ulong head, ulong capacity) =>
        Violation($"The end of the ring that this side writes stands at {tail}; it was at {seen}, and may only go on from there, in steps of {RingLayout.RecordAlignment}, to at most {capacity} beyond {head}, where it is read.");

    public static IpcProtocolException Head(ulong head, ulong seen, ulong tail) =>
        Violation($"The peer says that it has read the ring up to {head}; that must lie between {seen}, where it was before, and {tail}, where the ring ends.");

    public static IpcProtocolException NotLocked(MutexState state) => Violation(state switch
    {
        MutexState.TimedOut => "The mutex of the ring that this side writes has been held for a second, and no sender holds it for so long.",
        MutexState.Unusable => "The mutex of the ring that this side writes was given back in disorder and cannot be taken any more.",
        _ => $"The mutex of the ring that this side writes cannot be taken ({state}).",
    });

    public static IpcProtocolException NotUnlocked(NativeException cause) =>
        new(IpcErrorCode.ProtocolViolation, $"The mutex of the ring that this side writes cannot be given back: {cause.Message}.{Blame}", cause);

    public static IpcConnectionException OtherLibrary(IpcEndpoint endpoint, MutexIdentity peer, MutexIdentity self) =>
        Different(endpoint, $"the C library: the server has {peer.LibcName} with mutexes of {peer.MutexSize} bytes, this process has {self.LibcName} with {self.MutexSize}, and each lays out a mutex in its own way");

    public static IpcConnectionException OtherPidNamespace(IpcEndpoint endpoint, MutexIdentity peer, MutexIdentity self) =>
        Different(endpoint, $"the pid namespace: the server's is {peer.PidNamespace}, this process's is {self.PidNamespace}, and a shared mutex names its holder by a thread id");

    public static IpcProtocolException OtherVersion(IpcEndpoint endpoint, uint peer) =>
        new(IpcErrorCode.VersionMismatch, $"Cannot connect to {endpoint}: the server lays out shared memory in version {peer}, this process in version {RingLayout.Version}. Use one version of Contracts on both sides.");

    public static IpcProtocolException NotOurs(ulong magic) =>
        new(IpcErrorCode.ProtocolViolation, $"The other side of the control socket began with 0x{magic:X16} instead of a handshake for shared memory. Check what is at the other end.");

    public static IpcConnectionException Refused(IpcEndpoint endpoint, HandshakeStatus status) =>
        TransportError.CannotConnect(endpoint, status switch
        {
            HandshakeStatus.NoMemory => "the server has no shared memory or descriptors left for another connection. Ask for a smaller RingCapacity, or raise the server's limits.",
            _ => $"the server refused (reason {(uint)status}).",
        });

    public static IpcConnectionException Silent(IpcEndpoint endpoint, TimeSpan time) =>
        TransportError.CannotConnect(endpoint, $"the server has accepted, but sent no shared memory within {time.TotalSeconds:0.#} s.");

    public static IpcConnectionException Gone(IpcEndpoint endpoint) =>
        TransportError.CannotConnect(endpoint, "the server closed the connection before it sent the shared memory.");

    public static IpcProtocolException BadSegment(string what) =>
        new(IpcErrorCode.ProtocolViolation, $"The shared memory that the server passed is not what it must be, and was not touched: {what}.");

    public static IpcEndpointException OtherUsers(IpcEndpoint endpoint) =>
        new($"{endpoint} cannot be opened to other users: whoever shares a mutex can write the memory of whom it shares it with. Leave SameUserOnly on, or use 'unix:'.");

    public static IpcEndpointException NotHere(IpcEndpoint endpoint) =>
        new($"{endpoint} needs Linux: memfd_create, descriptor passing and robust mutexes. Use 'unix:' or 'pipe:' on this system.");

    private static IpcConnectionException Different(IpcEndpoint endpoint, string what) =>
        TransportError.CannotConnect(endpoint, $"the two processes must have in common {what}. Use 'unix:' between them.");

    private static IpcProtocolException Violation(string what) => new(IpcErrorCode.ProtocolViolation, what + Blame);
}
