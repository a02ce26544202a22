using Contracts.Ipc.CompilerServices;
using Contracts.Ipc.Diagnostics;
using Contracts.Ipc.Serialization;
using Contracts.Ipc.Transports.Polling;

namespace Contracts.Ipc.Rpc;

/// <summary>Makes the calls of this side: sends, waits in the way that fits, and turns the answer into a result or an exception.</summary>
/// <remarks>
/// A caller that is alone polls for its answer itself for a bounded time, so that in the common case its task is complete when it is
/// returned: no thread switch, no allocation. With other calls in flight it returns at once and the reactor receives for all.
/// </remarks>
internal static class Caller
{
    /// <summary>After so many calls in a row that completed at once, a pool thread gives others a turn.</summary>
    private const int SynchronousRun = 1024;

    [ThreadStatic]
    private static int _synchronousCompletions;

    internal static ValueTask<TResult> CallAsync<TArguments, TResult, TFormatter>(
        IpcProxyTarget target, IpcMethod method, in TArguments arguments, CancellationToken cancellationToken)
        where TArguments : struct, IIpcArguments
        where TFormatter : struct, IMessageFormatter<TResult>
    {
        if (IpcDiagnostics.IsClientListening)
        {
            return TracedCaller.CallAsync<TArguments, TResult, TFormatter>(target, method, arguments, cancellationToken);
        }

        PendingCall<TResult, TFormatter>? call;
        try
        {
            call = CallSender.Send<TArguments, TResult, TFormatter>(target, method, arguments, synchronous: false, default, cancellationToken);
        }
        catch (Exception exception)
        {
            return FromException<TResult>(exception, cancellationToken);
        }

        if (call is null)
        {
            return CallWithRoomAsync<TArguments, TResult, TFormatter>(target, method, arguments, default, cancellationToken);
        }

        if (!TryPoll(target.Session, call))
        {
            return Leave(target.Session, call);
        }

        try
        {
            return new ValueTask<TResult>(call.TakeResult());
        }
        catch (Exception exception)
        {
            return FromException<TResult>(exception, cancellationToken);
        }
    }

    internal static ValueTask CallAsync<TArguments>(
        IpcProxyTarget target, IpcMethod method, in TArguments arguments, CancellationToken cancellationToken)
        where TArguments : struct, IIpcArguments
    {
        if (IpcDiagnostics.IsClientListening)
        {
            return WithoutResult(TracedCaller.CallAsync<TArguments, Nothing, NothingFormatter>(target, method, arguments, cancellationToken));
        }

        PendingCall<Nothing, NothingFormatter>? call;
        try
        {
            call = CallSender.Send<TArguments, Nothing, NothingFormatter>(target, method, arguments, synchronous: false, default, cancellationToken);
        }
        catch (Exception exception)
        {
            return WithoutResult(FromException<Nothing>(exception, cancellationToken));
        }

        if (call is null)
        {
            return WithoutResult(CallWithRoomAsync<TArguments, Nothing, NothingFormatter>(target, method, arguments, default, cancellationToken));
        }

        if (!TryPoll(target.Session, call))
        {
            Prepare(target.Session, call);
            return new ValueTask(call, call.Version);
        }

        try
        {
            _ = call.TakeResult();
            return default;
        }
        catch (Exception exception)
        {
            return WithoutResult(FromException<Nothing>(exception, cancellationToken));
        }
    }

    internal static TResult Call<TArguments, TResult, TFormatter>(
        IpcProxyTarget target, IpcMethod method, in TArguments arguments, CancellationToken cancellationToken)
        where TArguments : struct, IIpcArguments
        where TFormatter : struct, IMessageFormatter<TResult>
    {
        if (IpcDiagnostics.IsClientListening)
        {
            return TracedCaller.Call<TArguments, TResult, TFormatter>(target, method, arguments, cancellationToken);
        }

        return CallBlocking<TArguments, TResult, TFormatter>(target, method, arguments, default, cancellationToken);
    }

    /// <summary>As <c>Call</c>, with metadata.</summary>
    internal static TResult CallBlocking<TArguments, TResult, TFormatter>(
        IpcProxyTarget target, IpcMethod method, in TArguments arguments, ReadOnlySpan<byte> metadata, CancellationToken cancellationToken)
        where TArguments : struct, IIpcArguments
        where TFormatter : struct, IMessageFormatter<TResult>
    {
        // A thread that is going to block must not be the one that receives for others.
        ReactorThread.HandOffBeforeBlocking();
        Session session = target.Session;
        PendingCall<TResult, TFormatter>? call;
        RoomWait? wait = null;
        while ((call = CallSender.Send<TArguments, TResult, TFormatter>(target, method, arguments, synchronous: true, metadata, cancellationToken)) is null)
        {
            session.Receiver.Attend();
            CallSender.WaitForRoom((wait = RoomWait.Of(wait, target, method)).Value, cancellationToken);
        }

        call.ObserveCancellation();
        session.Receiver.Answers.WaitFor(call);
        return call.TakeResult();
    }

    /// <summary>As <c>CallAsync</c>, when the outbox is full or metadata have to go along.</summary>
    internal static async ValueTask<TResult> CallWithRoomAsync<TArguments, TResult, TFormatter>(
        IpcProxyTarget target, IpcMethod method, TArguments arguments, ReadOnlyMemory<byte> metadata, CancellationToken cancellationToken)
        where TArguments : struct, IIpcArguments
        where TFormatter : struct, IMessageFormatter<TResult>
    {
        PendingCall<TResult, TFormatter>? call;
        RoomWait? wait = null;
        while ((call = CallSender.Send<TArguments, TResult, TFormatter>(
            target, method, arguments, synchronous: false, metadata.Span, cancellationToken)) is null)
        {
            // Room comes when the peer reads, and it may read only once somebody here takes its answers.
            target.Session.Receiver.Attend();
            await CallSender.WaitForRoomAsync((wait = RoomWait.Of(wait, target, method)).Value, cancellationToken).ConfigureAwait(false);
        }

        return await Leave(target.Session, call).ConfigureAwait(false);
    }

    internal static async ValueTask PostAsync<TArguments>(
        IpcProxyTarget target, IpcMethod method, TArguments arguments, CancellationToken cancellationToken)
        where TArguments : struct, IIpcArguments
    {
        RoomWait? wait = null;
        while (!CallSender.TryPost(target, method, arguments, cancellationToken))
        {
            target.Session.Receiver.Attend();
            await CallSender.WaitForRoomAsync((wait = RoomWait.Of(wait, target, method)).Value, cancellationToken).ConfigureAwait(false);
        }
    }

    internal static void Post<TArguments>(
        IpcProxyTarget target, IpcMethod method, in TArguments arguments, CancellationToken cancellationToken)
        where TArguments : struct, IIpcArguments
    {
        RoomWait? wait = null;
        while (!CallSender.TryPost(target, method, arguments, cancellationToken))
        {
            ReactorThread.HandOffBeforeBlocking();
            target.Session.Receiver.Attend();
            CallSender.WaitForRoom((wait = RoomWait.Of(wait, target, method)).Value, cancellationToken);
        }
    }

    private static bool TryPoll(Session session, PendingCall call)
    {
        if (session.Calls.Count != 1 || ReactorThread.Current is not null || SynchronizationContext.Current is not null)
        {
            return false;
        }

        if (++_synchronousCompletions >= SynchronousRun && Thread.CurrentThread.IsThreadPoolThread)
        {
            _synchronousCompletions = 0;
            return false;
        }

        return session.Receiver.Answers.TryPollFor(call);
    }

    private static ValueTask<TResult> Leave<TResult, TFormatter>(Session session, PendingCall<TResult, TFormatter> call)
        where TFormatter : struct, IMessageFormatter<TResult>
    {
        Prepare(session, call);
        return new ValueTask<TResult>(call, call.Version);
    }

    /// <summary>Leaves a call to whoever receives.</summary>
    private static void Prepare(Session session, PendingCall call)
    {
        call.BeginDeadline();
        call.ObserveCancellation();
        session.Receiver.Attend();
    }

    private static async ValueTask WithoutResult(ValueTask<Nothing> call) => await call.ConfigureAwait(false);

    private static ValueTask<TResult> FromException<TResult>(Exception exception, CancellationToken cancellationToken)
        => exception is OperationCanceledException && cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<TResult>(cancellationToken)
            : ValueTask.FromException<TResult>(exception);
}
