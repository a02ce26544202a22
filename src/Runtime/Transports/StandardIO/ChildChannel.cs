namespace Contracts.Ipc.Transports.StandardIO;

/// <summary>
/// The parent's side. When the pipes end, the end of the process is a moment away, and with it the reason: so the channel stays open for that moment, without
/// anything to receive, and then ends with what the process said.
/// </summary>
/// <remarks>
/// It also ends when the process has and the pipes have not: a program that the child started before it served may hold its end of them.
/// </remarks>
internal sealed class ChildChannel : EnclosingChannel
{
    /// <summary>Between the end of the pipes and that of the process. Calls under way wait for it, and are to end within 100 ms.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(80);

    private readonly ChildProcess _process;
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WakeSignal _wake = new();
    private readonly Func<bool> _isOver;
    private IChannelEvents? _events;
    private Exception? _closeReason;
    private int _ending;

    public ChildChannel(FrameChannel inner, ChildProcess process)
        : base(inner)
    {
        _process = process;
        _isOver = () => CloseReason is not null;
    }

    public override Exception? CloseReason => Volatile.Read(ref _closeReason);

    private bool IsEnding => Volatile.Read(ref _ending) != 0;

    public override void Start(IChannelEvents events)
    {
        Volatile.Write(ref _events, events);
        base.Start(events);
        _ = EndWithProcessAsync();
    }

    public override int TrySend(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        if (CloseReason is { } closed)
        {
            throw TransportError.Closed(closed);
        }

        if (IsEnding)
        {
            // Nothing is taken any more, so that whatever waits counts as not sent.
            return 0;
        }

        try
        {
            return base.TrySend(first, second);
        }
        catch (IpcConnectionException failed)
        {
            BeginEnd(failed);
            return 0;
        }
    }

    public override ReceiveStatus Receive(IFrameSink sink)
    {
        ReceiveStatus status = base.Receive(sink);
        if (status != ReceiveStatus.Closed || CloseReason is not null)
        {
            return status;
        }

        _ = _drained.TrySetResult();
        BeginEnd(Inner.CloseReason!);
        return ReceiveStatus.Empty;
    }

    public override void ArmWritable()
    {
        if (!IsEnding)
        {
            base.ArmWritable();
        }
    }

    public override bool WaitReadable(int milliseconds) =>
        Inner.CloseReason is null ? base.WaitReadable(milliseconds) : _wake.Wait(milliseconds, _isOver);

    public override void Interrupt()
    {
        base.Interrupt();
        _wake.Interrupt();
    }

    public override void Close(Exception reason)
    {
        _ = Interlocked.CompareExchange(ref _closeReason, reason, null);
        base.Close(reason);
        _wake.Set();
    }

    private void BeginEnd(Exception seen)
    {
        if (Interlocked.Exchange(ref _ending, 1) == 0)
        {
            _ = EndAsync(seen);
        }
    }

    private async Task EndAsync(Exception seen)
    {
        await Task.Yield();

        // If it was sending that failed, somebody must receive what is still there.
        _events?.OnPeerClosed();
        IpcProcessException? ended = await _process.ExplainEndAsync(Patience).ConfigureAwait(false);
        _ = await ChildProcess.IsDoneAsync(_drained.Task, Patience).ConfigureAwait(false);
        End(ended ?? seen);
    }

    private async Task EndWithProcessAsync()
    {
        _ = await _process.Exited.ConfigureAwait(false);
        if (!await ChildProcess.IsDoneAsync(_drained.Task, Patience).ConfigureAwait(false) && Interlocked.Exchange(ref _ending, 1) == 0)
        {
            End(await _process.ExplainEndAsync(TimeSpan.Zero).ConfigureAwait(false) ?? TransportError.PeerClosed());
        }
    }

    private void End(Exception reason)
    {
        if (CloseReason is null)
        {
            Close(reason);
            _events?.OnPeerClosed();
        }
    }
}
