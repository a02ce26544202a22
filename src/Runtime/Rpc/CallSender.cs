using Contracts.Ipc.CompilerServices;
using Contracts.Ipc.Diagnostics;
using Contracts.Ipc.Protocol;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.Rpc;

/// <summary>From arguments to a frame in the outbox.</summary>
internal static class CallSender
{
    /// <summary>With so many other calls in flight, asynchronous callers leave the sending to one of them.</summary>
    private const int CoalescingThreshold = 3;

    /// <returns>The call, which waits for its answer; null if there was no room for it.</returns>
    internal static PendingCall<TResult, TFormatter>? Send<TArguments, TResult, TFormatter>(
        IpcProxyTarget target,
        IpcMethod method,
        in TArguments arguments,
        bool synchronous,
        ReadOnlySpan<byte> metadata,
        CancellationToken cancellationToken)
        where TArguments : struct, IIpcArguments
        where TFormatter : struct, IMessageFormatter<TResult>
    {
        cancellationToken.ThrowIfCancellationRequested();
        Session session = target.Session;
        if (session.RefuseNewCall() is { } refusal)
        {
            throw refusal;
        }

        int timeout = target.TimeoutFor(method);
        PendingCall<TResult, TFormatter> call = PendingCall<TResult, TFormatter>.Rent();
        var frame = default(FrameWriter);
        bool known = false;
        try
        {
            call.Start(session, method, timeout, synchronous, cancellationToken);
            FrameFlags flags = cancellationToken.CanBeCanceled ? FrameFlags.Cancellable : FrameFlags.None;
            frame = Write(target, method, arguments, flags, timeout, metadata);
            if (session.Calls.Add(call) is { } closed)
            {
                throw closed;
            }

            known = true;
            frame.SetCallId(call.Id);
            if (TrySend(session, ref frame, call, synchronous))
            {
                return call;
            }

            // No room, or the session has ended meanwhile; then somebody else completes the call.
            known = !session.Calls.TryRemove(call.Id, out _);
            return known ? call : null;
        }
        finally
        {
            frame.Dispose();
            if (!known)
            {
                call.Recycle();
            }
        }
    }

    /// <returns>False if there was no room.</returns>
    internal static bool TryPost<TArguments>(
        IpcProxyTarget target, IpcMethod method, in TArguments arguments, CancellationToken cancellationToken)
        where TArguments : struct, IIpcArguments
    {
        cancellationToken.ThrowIfCancellationRequested();
        Session session = target.Session;
        if (session.RefuseNewCall() is { } refusal)
        {
            throw refusal;
        }

        if (session.Channel.Objection(method.Id) is { } objection)
        {
            throw objection;
        }

        FrameWriter frame = Write(target, method, arguments, FrameFlags.OneWay, target.TimeoutFor(method), TraceMetadata.ForOneWay());
        try
        {
            frame.SetCallId(session.NextOneWayId());
            return TrySend(session, ref frame, null, synchronous: true);
        }
        finally
        {
            frame.Dispose();
        }
    }

    /// <summary>Waits until the outbox may have room.</summary>
    /// <param name="wait">How long the caller has waited already: the same for all its attempts.</param>
    /// <param name="cancellationToken">Of the call.</param>
    /// <exception cref="TimeoutException">There was none before the call's deadline.</exception>
    /// <exception cref="IpcResourceExhaustedException">There was none for as long as calls may wait (<see cref="IpcSessionOptions.FullTimeout"/>).</exception>
    internal static async ValueTask WaitForRoomAsync(RoomWait wait, CancellationToken cancellationToken)
    {
        try
        {
            await wait.Session.Outbox.WaitForRoomAsync().WaitAsync(TimeSpan.FromMilliseconds(wait.Remaining()), cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw wait.Over();
        }
    }

    /// <summary>As <see cref="WaitForRoomAsync"/>, blocking.</summary>
    internal static void WaitForRoom(RoomWait wait, CancellationToken cancellationToken)
    {
        if (!wait.Session.Outbox.WaitForRoomAsync().Wait(wait.Remaining(), cancellationToken))
        {
            throw wait.Over();
        }
    }

    private static FrameWriter Write<TArguments>(
        IpcProxyTarget target, IpcMethod method, in TArguments arguments, FrameFlags flags, int timeout, ReadOnlySpan<byte> metadata)
        where TArguments : struct, IIpcArguments
    {
        var frame = new FrameWriter(
            new FrameHeader(FrameKind.Call, flags, 0, method.Id, ProcessorHint.Current, method.WirePriority),
            timeout == Timeout.Infinite ? 0 : (uint)timeout,
            target.WireTarget,
            metadata);
        try
        {
            var writer = new MessagePackWriter(frame.Buffer);
            arguments.Write(ref writer);
            writer.Flush();
            target.Session.CheckMessageLength(method, isResult: false, frame.PayloadLength);
            return frame;
        }
        catch
        {
            frame.Dispose();
            throw;
        }
    }

    private static bool TrySend(Session session, scoped ref FrameWriter frame, PendingCall? call, bool synchronous)
    {
        if (frame.IsLongFor(session.Outbox.MaximumFrameLength))
        {
            return session.Outbox.TrySendLong(frame.ToLongMessage(call), bounded: true);
        }

        bool inBatch = session.IsInBatch;
        bool coalesce = !inBatch && !synchronous && !session.Channel.IsSendCheap && !session.RefusesWhenFull && session.Calls.Count > CoalescingThreshold;
        if (!session.Outbox.TrySend(frame.Finish(), inBatch || coalesce, bounded: true, call))
        {
            return false;
        }

        if (coalesce)
        {
            session.Outbox.FlushSoon();
        }

        return true;
    }
}
