using System.Diagnostics;
using Contracts.Ipc.Diagnostics;
using Contracts.Ipc.Introspection;
using Contracts.Ipc.Protocol;
using Contracts.Ipc.Rpc;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.CompilerServices;

/// <content>The call as the session sees it: from the frame to the stub, and from the stub's answer to the frame.</content>
/// <remarks>
/// Pooled. Two parties hold it, the thread that runs the stub and the answer; it goes back when both have let go. Cancel frames find it
/// by slot and check its id under the gate, because by then it may be another call.
/// </remarks>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "Pooled: the buffer is given back when the call is.")]
public sealed partial class IncomingCall : IThreadPoolWorkItem, IPooled<IncomingCall>
{
    private const long NotSettled = CallTime.NotSettled;

    private Gate _gate;
    private Session _session = null!;
    private BoundMethod _method = null!;
    private FrameFlags _flags;
    private byte _priority;
    private int _parties;
    private uint _milliseconds;
    private long _deadline;
    private bool _answered;
    private bool _cancelRequested;
    private CancellationTokenSource? _cancellation;
    /// <summary>Arguments that wait for another thread; stays with the object.</summary>
    private PooledBuffer? _kept;

    /// <summary>The arguments, if the call holds them.</summary>
    private PooledBuffer? _payload;
    private int _waitingBytes;
    private ReceivePass? _inlinePass;
    private ActivityContext _parent;
    private CallScope _scope;
    private WatchedCall _watched;

    internal Session Session => _session;

    internal uint Id { get; private set; }

    /// <summary>
    /// In <see cref="Environment.TickCount64"/>; <see cref="long.MaxValue"/> for none. Counted from when the call came if it waits for anything, else from the
    /// first look: most calls are answered before anybody looks, and the clock costs as much as finding the method.
    /// </summary>
    internal long Deadline
    {
        get
        {
            long deadline = Volatile.Read(ref _deadline);
            return deadline != NotSettled ? deadline : SettleDeadline();
        }
    }

    internal bool IsOneWay => (_flags & FrameFlags.OneWay) != 0;

    internal bool IsCancelRequested => Volatile.Read(ref _cancelRequested);

    internal IpcMethod Method => _method.Method;

    static IncomingCall IPooled<IncomingCall>.Create() => new();

    internal void Start(Session session, FrameHeader header, BoundMethod method, CallTime time)
    {
        _session = session;
        _method = method;
        _flags = header.Flags;
        _priority = header.Priority;
        _parties = 2;
        _milliseconds = time.Milliseconds;
        Volatile.Write(ref _deadline, time.Deadline);
        _gate.Enter();
        _answered = false;
        _cancelRequested = false;
        Id = header.CallId;
        _gate.Leave();
    }

    /// <summary>The span that called; without one of its own, the call begins a trace.</summary>
    internal void SetParent(ActivityContext parent) => _parent = parent;

    /// <summary>Runs the stub on the receiving thread, straight from the frame.</summary>
    internal void RunInline(ReceivePass pass, ReadOnlySpan<byte> payload)
    {
        _inlinePass = pass;
        Invoke(payload);
    }

    /// <summary>Runs the stub on the receiving thread on a message that came in fragments, and which the call owns from now on.</summary>
    internal void RunInline(ReceivePass pass, PooledBuffer payload)
    {
        _payload = payload;
        RunInline(pass, payload.WrittenSpan);
    }

    /// <summary>Keeps the arguments until another thread calls <see cref="Run"/>.</summary>
    internal void Keep(ReadOnlySpan<byte> payload)
    {
        _kept ??= new PooledBuffer();
        _kept.Write(payload);
        Keep(_kept);
    }

    internal void Keep(PooledBuffer payload)
    {
        _payload = payload;
        _waitingBytes = payload.WrittenCount;
        _session.Dispatcher.CountWaiting(_waitingBytes);
    }

    /// <summary>Runs the stub on a thread that does not receive.</summary>
    internal void Run() => Invoke(_payload!.WrittenSpan);

    void IThreadPoolWorkItem.Execute() => Run();

    /// <summary>The caller has given up, the deadline passed, or the connection ended.</summary>
    /// <param name="session">Whose call is meant: by now the object may be a call of another session with the same id.</param>
    /// <param name="id">The call that is meant.</param>
    /// <returns>What to cancel, outside all locks, or null.</returns>
    internal CancellationTokenSource? RequestCancel(Session session, uint id)
    {
        _gate.Enter();
        CancellationTokenSource? cancellation = null;
        if (Id == id && ReferenceEquals(_session, session) && !_answered)
        {
            _cancelRequested = true;
            cancellation = _cancellation;
        }

        _gate.Leave();
        return cancellation;
    }

    /// <summary>The handler has kept its thread for a while: from now on the deadline runs.</summary>
    /// <remarks>Should the object be another call by now, it is that call's time that is settled.</remarks>
    internal long SettleDeadline()
    {
        long deadline = _milliseconds == 0 ? long.MaxValue : Environment.TickCount64 + _milliseconds;
        long before = Interlocked.CompareExchange(ref _deadline, deadline, NotSettled);
        return before == NotSettled ? deadline : before;
    }

    private void Invoke(ReadOnlySpan<byte> payload)
    {
        if (IpcDiagnostics.IsServerListening)
        {
            _scope = IpcDiagnostics.BeginServerCall(Method, _session, _parent);
        }

        if (_session.Monitor is { IsWatched: true } monitor && WatchedCall.IsWorthTelling(Method))
        {
            _watched = new WatchedCall(monitor, payload.Length);
        }

        try
        {
            if (Volatile.Read(ref _cancelRequested))
            {
                throw new OperationCanceledException("The call was cancelled before it began.");
            }

            var arguments = new MessagePackReader(payload);
            _method.Invoke(this, ref arguments);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }

        if (Activity.Current is not null)
        {
            // The span of an asynchronous handler goes on; this thread's flow does not.
            Activity.Current = null;
        }

        LetGo();
    }

    private async Task AwaitAsync<TResult, TFormatter>(ValueTask<TResult> task)
        where TFormatter : struct, IMessageFormatter<TResult>
    {
        try
        {
            Return<TResult, TFormatter>(await task.ConfigureAwait(false));
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    private async Task AwaitAsync(ValueTask task)
    {
        try
        {
            await task.ConfigureAwait(false);
            Return();
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    private void Fail(Exception exception)
    {
        if (Volatile.Read(ref _answered))
        {
            // The answer went out and then something threw, or a stub broke its promise: the caller has its answer already.
            _session.Log.LogHandlerFailedLate(Method.FullName, exception);
            return;
        }

        if (IsOneWay)
        {
            _session.Log.LogOneWayFailed(Method.FullName, exception);
            EndAnswer(exception);
            return;
        }

        var frame = new FrameWriter(new FrameHeader(FrameKind.Fault, FrameFlags.None, Id, 0, Priority: _priority));
        try
        {
            _session.Log.LogHandlerFailed(Method.FullName, exception);
            WriteFault(ref frame, exception);
            Answer(ref frame, exception);
        }
        finally
        {
            frame.Dispose();
        }
    }

    private void WriteFault(scoped ref FrameWriter frame, Exception exception)
    {
        try
        {
            _session.Faults.Write(frame.Buffer, this, exception, _cancelRequested);
            _session.CheckMessageLength(Method, isResult: true, frame.PayloadLength);
        }
        catch (Exception cause)
        {
            // The formatter of a fault's detail threw: the caller still gets an answer.
            frame.DiscardPayload();
            _session.Faults.WriteUnwritable(frame.Buffer, exception, cause);
        }
    }

    private void Answer(scoped ref FrameWriter frame, Exception? exception)
    {
        Session session = _session;
        bool mine = BeginAnswer();
        if (mine)
        {
            // Before the answer leaves: afterwards the peer may use the id again.
            session.Incoming.Remove(this);
            int length = frame.PayloadLength;
            session.SendReply(ref frame);
            EndTrace(exception, length);
            LetGo();
        }
    }

    private void EndAnswer(Exception? exception)
    {
        if (BeginAnswer())
        {
            _session.Incoming.Remove(this);
            EndTrace(exception, 0);
            LetGo();
        }
    }

    private bool BeginAnswer()
    {
        _gate.Enter();
        bool twice = _answered;
        _answered = true;
        _gate.Leave();
        return twice ? throw RpcError.AnsweredTwice() : true;
    }

    private void ReleasePayload()
    {
        if (_waitingBytes > 0)
        {
            _session.Dispatcher.CountWaiting(-_waitingBytes);
            _waitingBytes = 0;
        }

        if (ReferenceEquals(_payload, _kept))
        {
            _kept?.Reset();
        }
        else
        {
            _payload?.Dispose();
        }

        _payload = null;
    }

    private void EndTrace(Exception? exception, int resultBytes)
    {
        if (_watched.IsActive)
        {
            _watched.End(_session, Method, exception, resultBytes);
            _watched = default;
        }

        if (_scope.IsActive)
        {
            _scope.End(exception);
            _scope = default;
        }
    }

    private void LetGo()
    {
        // Who finds itself alone needs not tell anybody: mostly the thread that ran the stub, after it has also answered.
        if (Volatile.Read(ref _parties) != 1 && Interlocked.Decrement(ref _parties) != 0)
        {
            return;
        }

        ReleasePayload();
        _inlinePass = null;
        _cancellation = null;
        _parent = default;
        _session = null!;
        _method = null!;
        ObjectPool<IncomingCall>.Return(this);
    }
}
