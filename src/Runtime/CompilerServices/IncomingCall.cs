using System.ComponentModel;
using System.Diagnostics;
using Contracts.Ipc.Diagnostics;
using Contracts.Ipc.Protocol;
using Contracts.Ipc.Rpc;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.CompilerServices;

/// <summary>
/// A call that this process has to answer, as generated stubs see it. A stub reads the arguments, calls the service and ends
/// with exactly one of the <c>Return</c> methods; an exception that leaves the stub becomes a fault.
/// </summary>
/// <remarks>
/// Pooled. Two parties hold it, the thread that runs the stub and the answer; it goes back when both have let go. Cancel frames find it
/// by slot and check its id under the gate, because by then it may be another call.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "Pooled: the buffer is given back when the call is.")]
public sealed class IncomingCall : IThreadPoolWorkItem, IPooled<IncomingCall>
{
    /// <summary>More arguments than a method can have are not skipped one by one.</summary>
    private const int MaximumArguments = 4096;

    private readonly Lock _gate = new();
    private Session _session = null!;
    private BoundMethod _method = null!;
    private FrameFlags _flags;
    private int _parties;
    private bool _answered;
    private bool _cancelRequested;
    private CancellationTokenSource? _cancellation;
    private PooledBuffer? _payload;
    private ReceivePass? _inlinePass;
    private ActivityContext _parent;
    private CallScope _scope;

    private IncomingCall()
    {
    }

    /// <summary>Fires when the caller cancels, the deadline passes or the connection ends. Never reused for another call.</summary>
    public CancellationToken CancellationToken
    {
        get
        {
            if ((_flags & FrameFlags.Cancellable) == 0)
            {
                return _session.Lifetimes.TokenFor(Deadline);
            }

            lock (_gate)
            {
                _cancellation ??= new CancellationTokenSource();
                if (_cancelRequested)
                {
                    _cancellation.Cancel();
                }

                return _cancellation.Token;
            }
        }
    }

    internal Session Session => _session;

    internal uint Id { get; private set; }

    /// <summary>In <see cref="Environment.TickCount64"/>; <see cref="long.MaxValue"/> for none.</summary>
    internal long Deadline { get; private set; }

    internal bool IsOneWay => (_flags & FrameFlags.OneWay) != 0;

    internal bool IsCancelRequested => Volatile.Read(ref _cancelRequested);

    internal IpcMethod Method => _method.Method;

    static IncomingCall IPooled<IncomingCall>.Create() => new();

    /// <summary>Reads the header of the array of arguments.</summary>
    /// <param name="arguments">Stands at the array.</param>
    /// <param name="required">How many arguments the method cannot do without.</param>
    /// <returns>How many arguments follow.</returns>
    /// <exception cref="IpcSerializationException">Fewer than <paramref name="required"/> arguments came.</exception>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1822", Justification = "Generated stubs call it on the call.")]
    public int ReadArgumentCount(ref MessagePackReader arguments, int required)
    {
        int count = arguments.ReadArrayHeader();
        if (count < required)
        {
            throw RpcError.TooFewArguments(count, required);
        }

        return count <= MaximumArguments ? count : throw RpcError.TooManyArguments(count, MaximumArguments);
    }

    /// <summary>Skips what a newer caller appended. After it the service runs: nothing of the frame may be touched.</summary>
    /// <param name="arguments">Stands behind the last known argument.</param>
    /// <param name="count">How many arguments came.</param>
    /// <param name="known">How many the method knows.</param>
    /// <exception cref="IpcSerializationException">Bytes follow the arguments.</exception>
    public void EndArguments(ref MessagePackReader arguments, int count, int known)
    {
        for (int i = known; i < count; i++)
        {
            arguments.Skip();
        }

        if (!arguments.End)
        {
            throw RpcError.TrailingBytes();
        }

        _payload?.Dispose();
        _payload = null;

        // From here on the receiving thread is the service's: if it stays away for long, another thread goes on receiving.
        _inlinePass?.EnterUserCode();
    }

    /// <summary>Answers with a value.</summary>
    /// <typeparam name="TResult">The result's type.</typeparam>
    /// <typeparam name="TFormatter">Its formatter.</typeparam>
    /// <param name="result">The value.</param>
    public void Return<TResult, TFormatter>(TResult result)
        where TFormatter : struct, IMessageFormatter<TResult>
    {
        if (IsOneWay)
        {
            EndAnswer(null);
            return;
        }

        var frame = new FrameWriter(new FrameHeader(FrameKind.Result, FrameFlags.None, Id, 0, ProcessorHint.Current));
        try
        {
            var writer = new MessagePackWriter(frame.Buffer);
            TFormatter.Write(ref writer, result);
            writer.Flush();
            _session.CheckMessageLength(Method, isResult: true, frame.PayloadLength);
            Answer(ref frame, null);
        }
        finally
        {
            frame.Dispose();
        }
    }

    /// <summary>Answers a method without result.</summary>
    public void Return()
    {
        if (IsOneWay)
        {
            EndAnswer(null);
            return;
        }

        var frame = new FrameWriter(new FrameHeader(FrameKind.Result, FrameFlags.None, Id, 0, ProcessorHint.Current));
        try
        {
            Answer(ref frame, null);
        }
        finally
        {
            frame.Dispose();
        }
    }

    /// <summary>Answers with the value of a task.</summary>
    /// <typeparam name="TResult">The result's type.</typeparam>
    /// <typeparam name="TFormatter">Its formatter.</typeparam>
    /// <param name="result">The task.</param>
    public void ReturnTask<TResult, TFormatter>(ValueTask<TResult> result)
        where TFormatter : struct, IMessageFormatter<TResult>
    {
        if (result.IsCompletedSuccessfully)
        {
            Return<TResult, TFormatter>(result.Result);
            return;
        }

        _ = AwaitAsync<TResult, TFormatter>(result);
    }

    /// <summary>Answers with the value of a task.</summary>
    /// <typeparam name="TResult">The result's type.</typeparam>
    /// <typeparam name="TFormatter">Its formatter.</typeparam>
    /// <param name="result">The task.</param>
    public void ReturnTask<TResult, TFormatter>(Task<TResult> result)
        where TFormatter : struct, IMessageFormatter<TResult>
        => ReturnTask<TResult, TFormatter>(new ValueTask<TResult>(result));

    /// <summary>Answers when a task has ended.</summary>
    /// <param name="result">The task.</param>
    public void ReturnTask(ValueTask result)
    {
        if (result.IsCompletedSuccessfully)
        {
            result.GetAwaiter().GetResult();
            Return();
            return;
        }

        _ = AwaitAsync(result);
    }

    /// <summary>Answers when a task has ended.</summary>
    /// <param name="result">The task.</param>
    public void ReturnTask(Task result) => ReturnTask(new ValueTask(result));

    internal void Start(Session session, uint id, BoundMethod method, FrameFlags flags, long deadline)
    {
        _session = session;
        _method = method;
        _flags = flags;
        _parties = 2;
        Deadline = deadline;
        lock (_gate)
        {
            _answered = false;
            _cancelRequested = false;
            Id = id;
        }
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

    /// <summary>Keeps the arguments until another thread calls <see cref="Execute"/>.</summary>
    internal void Keep(ReadOnlySpan<byte> payload)
    {
        _payload = new PooledBuffer(Math.Max(payload.Length, 1));
        _payload.Write(payload);
    }

    internal void Keep(PooledBuffer payload) => _payload = payload;

    /// <summary>Runs the stub on a thread that does not receive.</summary>
    public void Execute()
    {
        PooledBuffer payload = _payload!;
        Invoke(payload.WrittenSpan);
    }

    /// <summary>The caller has given up, the deadline passed, or the connection ended.</summary>
    /// <param name="session">Whose call is meant: by now the object may be a call of another session with the same id.</param>
    /// <param name="id">The call that is meant.</param>
    /// <returns>What to cancel, outside all locks, or null.</returns>
    internal CancellationTokenSource? RequestCancel(Session session, uint id)
    {
        lock (_gate)
        {
            if (Id != id || !ReferenceEquals(_session, session) || _answered)
            {
                return null;
            }

            _cancelRequested = true;
            return _cancellation;
        }
    }

    private void Invoke(ReadOnlySpan<byte> payload)
    {
        if (IpcDiagnostics.IsServerListening)
        {
            _scope = IpcDiagnostics.BeginServerCall(Method, _session, _parent);
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
        lock (_gate)
        {
            if (_answered)
            {
                // The answer went out and then something threw, or a stub broke its promise: the caller has its answer already.
                _session.Log.LogHandlerFailedLate(Method.FullName, exception);
                return;
            }
        }

        if (IsOneWay)
        {
            _session.Log.LogOneWayFailed(Method.FullName, exception);
            EndAnswer(exception);
            return;
        }

        var frame = new FrameWriter(new FrameHeader(FrameKind.Fault, FrameFlags.None, Id, 0));
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
            session.SendReply(ref frame);
            EndTrace(exception);
            LetGo();
        }
    }

    private void EndAnswer(Exception? exception)
    {
        if (BeginAnswer())
        {
            _session.Incoming.Remove(this);
            EndTrace(exception);
            LetGo();
        }
    }

    private bool BeginAnswer()
    {
        lock (_gate)
        {
            if (_answered)
            {
                throw RpcError.AnsweredTwice();
            }

            return _answered = true;
        }
    }

    private void EndTrace(Exception? exception)
    {
        if (_scope.IsActive)
        {
            _scope.End(exception);
            _scope = default;
        }
    }

    private void LetGo()
    {
        if (Interlocked.Decrement(ref _parties) != 0)
        {
            return;
        }

        _payload?.Dispose();
        _payload = null;
        _inlinePass = null;
        _cancellation = null;
        _parent = default;
        _session = null!;
        _method = null!;
        ObjectPool<IncomingCall>.Return(this);
    }
}
