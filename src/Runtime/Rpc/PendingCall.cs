using Contracts.Ipc.CompilerServices;
using Contracts.Ipc.Protocol;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.Rpc;

/// <summary>
/// A call that waits for its answer. Pooled: it goes back only from the hands of its one caller, when nobody else can reach it any more.
/// </summary>
/// <remarks>
/// Whoever takes it out of the <see cref="CallTable"/> stores the outcome with one of the <c>Set…</c> methods and then calls
/// <see cref="Complete"/>, after which it must not be touched. The payload is copied and decoded later, by the caller: formatters run the
/// constructors and setters of user types, which have no business on a thread that receives for others.
/// </remarks>
internal abstract class PendingCall
{
    private const int KeptPayloadLength = 4096;

    private const int Open = 0;
    private const int Sleeping = 1;
    private const int Receiving = 2;
    private const int Done = 3;

    private readonly object _monitor = new();
    private int _state;
    private long _deadline;
    private bool _isFault;
    private Exception? _error;
    private byte[] _payload = [];
    private int _payloadLength;
    private PooledBuffer? _longPayload;
    private CancellationTokenRegistration _registration;

    /// <summary>Given by the table.</summary>
    internal uint Id { get; set; }

    internal Session Session { get; private set; } = null!;

    internal IpcMethod Method { get; private set; } = null!;

    /// <summary>
    /// In <see cref="Environment.TickCount64"/>; <see cref="long.MaxValue"/> for none, or none yet: see <see cref="BeginDeadline"/>.
    /// </summary>
    internal long Deadline => Volatile.Read(ref _deadline);

    internal int TimeoutMilliseconds { get; private set; }

    /// <summary>Where the outbox stands once the peer can have seen the call.</summary>
    internal long SendPosition { get; set; }

    internal CancellationToken CancellationToken { get; private set; }

    /// <summary>Whether a thread blocks until the outcome is there; else a task is completed with it.</summary>
    internal bool IsSynchronous { get; private set; }

    /// <summary>How the task of a completed call stands: decides what <see cref="ValueTask.AsTask"/> makes of an exception.</summary>
    private protected System.Threading.Tasks.Sources.ValueTaskSourceStatus OutcomeStatus => _error switch
    {
        OperationCanceledException => System.Threading.Tasks.Sources.ValueTaskSourceStatus.Canceled,
        null when !_isFault => System.Threading.Tasks.Sources.ValueTaskSourceStatus.Succeeded,
        _ => System.Threading.Tasks.Sources.ValueTaskSourceStatus.Faulted,
    };

    internal bool IsDone => Volatile.Read(ref _state) == Done;

    internal void Start(Session session, IpcMethod method, int timeoutMilliseconds, bool synchronous, CancellationToken cancellationToken)
    {
        Session = session;
        Method = method;
        TimeoutMilliseconds = timeoutMilliseconds;
        _deadline = long.MaxValue;
        SendPosition = long.MaxValue;
        CancellationToken = cancellationToken;
        IsSynchronous = synchronous;
    }

    /// <summary>From now on the caller's token ends the call. Called once the call is in the outbox, so that Cancel follows Call.</summary>
    internal void ObserveCancellation()
    {
        if (CancellationToken.CanBeCanceled)
        {
            _registration = CancellationToken.UnsafeRegister(static state => ((PendingCall)state!).OnCancelled(), this);
        }
    }

    /// <summary>
    /// From now on the deadline ends the call. Called once its answer has not come in the first microseconds: most do, and looking at the clock for each would
    /// cost as much as writing the call.
    /// </summary>
    internal void BeginDeadline()
    {
        if (_deadline == long.MaxValue && TimeoutMilliseconds != Timeout.Infinite)
        {
            long deadline = Environment.TickCount64 + TimeoutMilliseconds;
            Volatile.Write(ref _deadline, deadline);
            Session.Deadlines.Expect(deadline);
        }
    }

    internal void SetPayload(bool isFault, ReadOnlySpan<byte> payload)
    {
        if (_payload.Length < payload.Length)
        {
            _payload = new byte[Math.Max(payload.Length, 256)];
        }

        payload.CopyTo(_payload);
        _payloadLength = payload.Length;
        _isFault = isFault;
    }

    /// <summary>As <see cref="SetPayload"/>, for a message that came in fragments; the buffer is owned from now on.</summary>
    internal void SetLongPayload(bool isFault, PooledBuffer payload)
    {
        _longPayload = payload;
        _isFault = isFault;
    }

    internal void SetError(Exception error) => _error = error;

    /// <summary>The caller itself, on this thread, has received the outcome: nobody has to be woken.</summary>
    internal void MarkAnswered()
    {
        if (IsSynchronous)
        {
            Volatile.Write(ref _state, Done);
        }
    }

    /// <summary>The outcome is there: lets the caller go on.</summary>
    /// <param name="mayRunInline">Whether the caller's code may run on this thread.</param>
    internal void Complete(bool mayRunInline)
    {
        if (!IsSynchronous)
        {
            OnCompleted(mayRunInline);
            return;
        }

        // A synchronous caller that is awake may see Done at once and give the object back: read what is needed before.
        Session session = Session;
        switch (Interlocked.Exchange(ref _state, Done))
        {
            case Sleeping:
                lock (_monitor)
                {
                    Monitor.PulseAll(_monitor);
                }

                break;
            case Receiving:
                session.Channel.Interrupt();
                break;
        }
    }

    /// <summary>Completes the task of an asynchronous call.</summary>
    private protected abstract void OnCompleted(bool mayRunInline);

    /// <summary>The calling thread is about to sleep in the channel; completing the call then interrupts it.</summary>
    /// <returns>False if the call is done.</returns>
    internal bool BeginReceiving() => Interlocked.CompareExchange(ref _state, Receiving, Open) != Done;

    internal void EndReceiving() => _ = Interlocked.CompareExchange(ref _state, Open, Receiving);

    /// <summary>Sleeps until another thread has completed the call.</summary>
    internal void Sleep()
    {
        lock (_monitor)
        {
            while (Interlocked.CompareExchange(ref _state, Sleeping, Open) != Done)
            {
                _ = Monitor.Wait(_monitor);
            }
        }
    }

    /// <summary>The payload of the result; throws when the outcome is another.</summary>
    private protected ReadOnlySpan<byte> TakeOutcome()
    {
        // Waits for a callback that is running; afterwards nobody but the caller knows this object.
        _registration.Dispose();
        _registration = default;
        if (_error is not null)
        {
            throw _error;
        }

        ReadOnlySpan<byte> payload = _longPayload is not null ? _longPayload.WrittenSpan : _payload.AsSpan(0, _payloadLength);
        return _isFault ? throw ReadFault(payload) : payload;
    }

    private Exception ReadFault(ReadOnlySpan<byte> payload)
    {
        // Both sides watch the deadline; whichever is first, the caller reads the same sentence.
        Exception fault = FaultMessage.Read(payload, Method.Faults);
        return fault is TimeoutException ? RpcError.DeadlineExceeded(Method, TimeoutMilliseconds) : fault;
    }

    private protected void Clear()
    {
        _longPayload?.Dispose();
        _longPayload = null;
        if (_payload.Length > KeptPayloadLength)
        {
            _payload = [];
        }

        _error = null;
        _isFault = false;
        _state = Open;
        CancellationToken = default;
        Session = null!;
    }

    private void OnCancelled() => Session.Cancel(this);
}
