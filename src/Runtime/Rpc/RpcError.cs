using Contracts.Ipc.CompilerServices;

namespace Contracts.Ipc.Rpc;

/// <summary>The one place where this layer's errors get their wording.</summary>
internal static class RpcError
{
    internal static IpcResourceExhaustedException TooManyCalls(int limit)
        => new($"This connection already has {limit} calls waiting for an answer, which is the most it can hold. Await some, or open another connection.");

    internal static IpcResourceExhaustedException TooManyIncomingCalls(int limit)
        => new($"The peer already executes {limit} calls of this connection (IpcLimits.MaximumCallsPerConnection). Await some first, or raise the limit there.");

    internal static IpcResourceExhaustedException TooManyWaitingBytes(int limit)
        => new($"The calls of this connection that the peer has not executed yet carry {limit} bytes already (IpcLimits.MaximumFragmentBytes). Await some first, or raise the limit there.");

    internal static IpcResourceExhaustedException MessageTooLong(IpcMethod method, bool isResult, long length, int limit, bool mine)
        => new($"{(isResult ? "The result" : "A call")} of {method.FullName} is {length} bytes long; {(mine ? "this side sends" : "the peer accepts")} at most {limit} (IpcLimits.MaximumMessageLength). Raise the limit on both sides, or send less.");

    internal static TimeoutException DeadlineExceeded(IpcMethod method, int milliseconds)
        => new($"{method.FullName} did not answer within {milliseconds} ms. The call was cancelled; the peer may still execute it.");

    internal static TimeoutException NoRoom(IpcMethod method, long queued)
        => new($"{method.FullName} was not sent before its deadline: {queued} bytes wait for the peer, which does not read (IpcLimits.MaximumQueuedBytes).");

    internal static IpcResourceExhaustedException Full(IpcMethod method, string endpoint, int milliseconds)
        => new(milliseconds == 0
            ? $"{method.FullName} was not sent: there is no room in the transport at {endpoint}, and calls do not wait for any (FullTimeout is zero). Try again later, or let calls wait."
            : $"{method.FullName} was not sent: there has been no room in the transport at {endpoint} for {milliseconds} ms (FullTimeout). The peer does not read fast enough; try again later.");

    internal static IpcUnimplementedException UnknownMethod(ulong id, uint target)
        => new($"No service offered here has method 0x{id:X16}{(target == 0 ? "" : $" on target {target}")}. Was the service added, and is it built from the same contract?");

    internal static IpcUnimplementedException NoInstance(string contract, string instance, IEnumerable<string> offered)
        => new($"The peer offers no '{instance}' of {contract}. It offers: {string.Join(", ", offered)}.");

    internal static IpcConnectionException Closed(IpcCloseReason reason, IpcDelivery delivery)
        => new(
            delivery == IpcDelivery.NotSent
                ? $"The connection is closed: {reason.Message} The call was not sent."
                : $"The connection ended before the call was answered: {reason.Message} The peer may have executed the call.",
            delivery,
            reason.Exception);

    internal static IpcProtocolException CallsWithoutReading(long bytes)
        => new(IpcErrorCode.ResourceExhausted, $"The peer goes on calling without reading answers; {bytes} bytes wait for it (IpcLimits.MaximumQueuedBytes).");

    internal static IpcConnectionException NotOpenYet()
        => new("The handshake is not done yet: a service's factory may get proxies, but must not call them. The call was not sent.", IpcDelivery.NotSent);

    internal static IpcConnectionException GoingAway()
        => new("The peer is shutting down and takes no new calls. The call was not sent.", IpcDelivery.NotSent);

    internal static IpcConnectionException Draining()
        => new("This side is closing the connection and makes no new calls. The call was not sent.", IpcDelivery.NotSent);

    internal static IpcConnectionException HandshakeTimeout(TimeSpan timeout)
        => new($"The peer did not finish the handshake within {timeout.TotalSeconds:0.###} s. Is it a Contracts server, and is it running (not stopped)?");

    internal static IpcConnectionException PeerDoesNotRead(TimeSpan timeout, long bytes)
        => new($"The peer has read nothing for {timeout.TotalSeconds:0.###} s while {bytes} bytes wait for it (StallTimeout).");

    internal static IpcConnectionException FrameNotFinished(TimeSpan timeout)
        => new($"The peer began a frame and did not finish it within {timeout.TotalSeconds:0.###} s (StallTimeout).");

    internal static IpcSerializationException TooFewArguments(int count, int required)
        => new($"The call carries {count} arguments; the method needs at least {required}. The caller's contract is older than this side's and lacks parameters without default.");

    internal static IpcSerializationException TooManyArguments(int count, int limit)
        => new($"The call carries {count} arguments; at most {limit} make sense.");

    internal static IpcSerializationException TrailingBytes() => new("Bytes follow the arguments of the call.");

    internal static IpcEndpointException NoSignals(IpcEndpoint endpoint, string why) => new($"{endpoint} cannot be used: {why}.");

    internal static IpcUnimplementedException NotOverSignals(string why) => new($"No proxy can be made over signals: {why}.");

    internal static InvalidOperationException AnsweredTwice() => new("A stub answered a call twice.");
}
