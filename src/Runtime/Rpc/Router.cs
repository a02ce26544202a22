using Contracts.Ipc.CompilerServices;
using Contracts.Ipc.Protocol;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.Rpc;

/// <summary>
/// Decides what each frame is for. Runs on whichever thread holds the receive lease; a frame that breaks the protocol throws, and the
/// session ends.
/// </summary>
internal sealed class Router(Session session, IpcLimits limits)
{
    private readonly FragmentAssembler _fragments = new(limits);

    internal void Route(ReceivePass pass, ReadOnlySpan<byte> frame)
    {
        session.Deadlines.OnFrameFinished();
        FrameHeader header = FrameHeader.Read(frame);
        if (!session.IsReady)
        {
            session.Opening.OnFrame(header, frame[FrameHeader.Length..]);
            return;
        }

        switch (header.Kind)
        {
            case FrameKind.Result:
            case FrameKind.Fault:
                RouteAnswer(pass, header, frame);
                break;
            case FrameKind.Call:
                RouteCall(pass, header, frame);
                break;
            case FrameKind.Cancel:
                _fragments.Abandon(header.CallId);
                session.Dispatcher.Cancel(pass, header.CallId);
                break;
            case FrameKind.Fragment:
                RouteFragment(pass, header, frame[FrameHeader.Length..]);
                break;
            case FrameKind.Ping:
                // A peer that does not read gets no more pongs: they would pile up without a bound.
                if (!session.Outbox.IsOverBound)
                {
                    session.SendSmall(new FrameHeader(FrameKind.Pong, FrameFlags.None, header.CallId, header.MethodId));
                }

                break;
            case FrameKind.Pong:
                session.Pings.OnPong(header.MethodId);
                break;
            case FrameKind.GoAway:
                session.Closing.OnGoAway(header.CallId);
                break;
            case FrameKind.Goodbye:
                throw new PeerSaidGoodbyeException(FaultMessage.Read(frame[FrameHeader.Length..], []));
            case FrameKind.Hello:
            case FrameKind.Welcome:
            case FrameKind.Reject:
                throw ProtocolError.Unexpected(header.Kind, "a frame of an open connection");
            default:
                throw ProtocolError.UnknownKind(header.Kind);
        }
    }

    private void RouteAnswer(ReceivePass pass, FrameHeader header, ReadOnlySpan<byte> frame)
    {
        FrameBlocks blocks = FrameBlocks.Read(header, frame);
        if ((header.Flags & FrameFlags.Fragmented) != 0)
        {
            _fragments.Begin(header, blocks, default);
            return;
        }

        session.PeerProcessor = header.Processor;

        // Late answers, of calls that were cancelled or ran into their deadline, find nothing.
        if (session.Calls.TryRemove(header.CallId, out PendingCall? call))
        {
            call.SetPayload(header.Kind == FrameKind.Fault, blocks.Payload);
            Complete(pass, call);
        }
    }

    private void RouteCall(ReceivePass pass, FrameHeader header, ReadOnlySpan<byte> frame)
    {
        FrameBlocks blocks = FrameBlocks.Read(header, frame);
        CallTime time = CallTime.JustCome(blocks.DeadlineMilliseconds);
        if ((header.Flags & FrameFlags.Fragmented) != 0)
        {
            _fragments.Begin(header, blocks, time.Settle());
            return;
        }

        session.Dispatcher.Dispatch(pass, header, time, blocks.Target, blocks.Metadata, blocks.Payload, null);
    }

    private void RouteFragment(ReceivePass pass, FrameHeader header, ReadOnlySpan<byte> payload)
    {
        PartialMessage? message = _fragments.Continue(header, payload);
        if (message is null)
        {
            return;
        }

        if (message.IsAbandoned)
        {
            message.Payload.Dispose();
        }
        else if (message.Header.Kind == FrameKind.Call)
        {
            session.Dispatcher.Dispatch(
                pass, message.Header, message.Time, message.Target, message.Metadata, message.Payload.WrittenSpan, message.Payload);
        }
        else if (session.Calls.TryRemove(header.CallId, out PendingCall? call))
        {
            call.SetLongPayload(message.Header.Kind == FrameKind.Fault, message.Payload);
            Complete(pass, call);
        }
        else
        {
            message.Payload.Dispose();
        }
    }

    private void Complete(ReceivePass pass, PendingCall call)
    {
        if (ReferenceEquals(pass.OwnCall, call))
        {
            pass.HasOwnAnswer = true;
            call.MarkAnswered();
            return;
        }

        bool inline = pass.Role == ReceiverRole.Reactor && !call.IsSynchronous && session.RunsContinuationsInline;
        if (inline)
        {
            pass.EnterUserCode();
        }

        call.Complete(inline);
        pass.LeaveUserCode();
    }
}

/// <summary>The peer ended the connection and said why.</summary>
/// <param name="cause">What it said.</param>
internal sealed class PeerSaidGoodbyeException(Exception cause) : Exception(cause.Message, cause);
