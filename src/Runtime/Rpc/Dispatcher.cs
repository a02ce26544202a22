using System.Collections.Concurrent;
using Contracts.Ipc.CompilerServices;
using Contracts.Ipc.Diagnostics;
using Contracts.Ipc.Protocol;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.Rpc;

/// <summary>Gives incoming calls to the services of the session, on the thread that fits.</summary>
internal sealed class Dispatcher(Session session, IpcDispatch mode, IpcLimits limits) : IThreadPoolWorkItem
{
    /// <summary>Calls that run one after the other (ordered), or that wait until the peer reads what is queued for it.</summary>
    private readonly ConcurrentQueue<IncomingCall> _waiting = new();
    private int _working;

    /// <summary>Arguments of calls that wait to be executed.</summary>
    private long _waitingBytes;

    /// <summary>Calls in a row that were refused while the peer read nothing. Belongs to the holder of the receive lease.</summary>
    private int _refusedWhileFull;

    /// <summary>The services; null until the handshake is done.</summary>
    internal ServiceTable Services { get; set; } = null!;

    /// <param name="pass">The holding during which the call came.</param>
    /// <param name="header">Of the call.</param>
    /// <param name="time">How long it may take.</param>
    /// <param name="target">Which instance.</param>
    /// <param name="metadata">The metadata block.</param>
    /// <param name="payload">The arguments.</param>
    /// <param name="owned">The buffer of <paramref name="payload"/> if it is to be owned, else null: it is valid during the pass only.</param>
    internal void Dispatch(
        ReceivePass pass,
        FrameHeader header,
        CallTime time,
        uint target,
        ReadOnlySpan<byte> metadata,
        ReadOnlySpan<byte> payload,
        PooledBuffer? owned)
    {
        session.NoteCalledByPeer(header.Processor);
        if (!Services.TryFind(target, header.MethodId, out BoundMethod? method))
        {
            IpcException? refusal = null;
            method = target == 0 ? session.BuiltIn?.Find(session.Channel.Peer, header.MethodId, out refusal) : null;
            if (method is null)
            {
                Refuse(header, refusal ?? RpcError.UnknownMethod(header.MethodId, target), owned);
                return;
            }
        }

        if (session.Incoming.Count >= limits.MaximumCallsPerConnection)
        {
            Refuse(header, RpcError.TooManyIncomingCalls(limits.MaximumCallsPerConnection), owned);
            return;
        }

        long waiting = Volatile.Read(ref _waitingBytes);
        if (waiting > 0 && waiting + payload.Length > limits.MaximumFragmentBytes)
        {
            Refuse(header, RpcError.TooManyWaitingBytes(limits.MaximumFragmentBytes), owned);
            return;
        }

        IncomingCall call = ObjectPool<IncomingCall>.Rent();

        // The caller says whether it waits, not the method: a caller whose contract is older or newer may wait for what nobody waits for here.
        call.Start(session, header, method, time);
        if (!metadata.IsEmpty)
        {
            call.SetParent(TraceMetadata.Read(metadata));
        }

        session.Cancellations.Add(session.Incoming.Add(call));
        if (session.IsClosed)
        {
            // The end may have looked through the calls before this one was among them.
            _ = call.RequestCancel(session, header.CallId);
        }

        if ((header.Flags & FrameFlags.Cancellable) != 0)
        {
            session.Deadlines.Expect(call.Deadline);
        }

        Run(pass, call, payload, owned);
    }

    /// <summary>A call keeps its arguments until it is executed (positive), or has let go of them (negative).</summary>
    internal void CountWaiting(int bytes) => Interlocked.Add(ref _waitingBytes, bytes);

    /// <summary>The peer has given up a call.</summary>
    internal void Cancel(ReceivePass pass, uint id)
    {
        CancellationTokenSource? source = session.Incoming.Find(id)?.RequestCancel(session, id);
        if (source is not null)
        {
            RunCancellation(pass, source);
        }
    }

    /// <summary>Runs the callbacks of a token: on the reactor under its watchdog, else on the pool.</summary>
    internal static void RunCancellation(ReceivePass pass, CancellationTokenSource source)
    {
        if (pass.Role != ReceiverRole.Reactor)
        {
            _ = source.CancelAsync();
            return;
        }

        pass.EnterUserCode();
        try
        {
            source.Cancel();
        }
        catch (AggregateException exception)
        {
            pass.Session.Log.LogCancellationCallbackFailed(exception);
        }

        pass.LeaveUserCode();
    }

    /// <summary>The peer reads again: calls that waited for that go on.</summary>
    internal void OnRoom()
    {
        if (!_waiting.IsEmpty)
        {
            Work();
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        while (true)
        {
            while ((mode == IpcDispatch.Ordered || !session.Outbox.IsOverBound) && _waiting.TryDequeue(out IncomingCall? call))
            {
                if (mode == IpcDispatch.Ordered)
                {
                    call.Run();
                }
                else
                {
                    _ = ThreadPool.UnsafeQueueUserWorkItem(call, preferLocal: false);
                }
            }

            Volatile.Write(ref _working, 0);
            Interlocked.MemoryBarrier();
            bool more = !_waiting.IsEmpty && (mode == IpcDispatch.Ordered || !session.Outbox.IsOverBound);
            if (!more || Interlocked.Exchange(ref _working, 1) != 0)
            {
                return;
            }
        }
    }

    private void Run(ReceivePass pass, IncomingCall call, ReadOnlySpan<byte> payload, PooledBuffer? owned)
    {
        bool held = session.Outbox.IsOverBound;
        if (mode == IpcDispatch.Inline && pass.Role == ReceiverRole.Reactor && !held && !session.Receiver.IsSlow)
        {
            if (owned is not null)
            {
                call.RunInline(pass, owned);
            }
            else
            {
                call.RunInline(pass, payload);
            }

            pass.LeaveUserCode();
            return;
        }

        // It waits for a thread, and its time runs.
        _ = call.SettleDeadline();
        if (owned is not null)
        {
            call.Keep(owned);
        }
        else
        {
            call.Keep(payload);
        }

        if (mode == IpcDispatch.Ordered || held)
        {
            _waiting.Enqueue(call);
            Work();
            return;
        }

        _ = ThreadPool.UnsafeQueueUserWorkItem(call, preferLocal: false);
    }

    private void Work()
    {
        if (Interlocked.Exchange(ref _working, 1) == 0)
        {
            _ = ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    private void Refuse(FrameHeader header, IpcException reason, PooledBuffer? owned)
    {
        owned?.Dispose();
        session.Log.LogCallRefused(header.MethodId, reason.Message);
        _refusedWhileFull = session.Outbox.IsOverBound ? _refusedWhileFull + 1 : 0;
        if (_refusedWhileFull > limits.MaximumCallsPerConnection)
        {
            throw RpcError.CallsWithoutReading(session.Outbox.QueuedBytes);
        }

        if ((header.Flags & FrameFlags.OneWay) == 0)
        {
            session.SendFault(FrameKind.Fault, header.CallId, reason.Code, reason.Message, header.Priority);
        }
    }
}
