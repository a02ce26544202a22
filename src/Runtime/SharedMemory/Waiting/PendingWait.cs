using Contracts.Ipc.Native;

namespace Contracts.Ipc.SharedMemory.Waiting;

/// <summary>One wait that has no thread of its own. Holds the memory mapped until <see cref="Release"/>.</summary>
internal sealed unsafe class PendingWait
{
    // Continuations run elsewhere: the thread that ends waits must get on.
    private readonly TaskCompletionSource<WaitOutcome> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MappedMemory _memory;

    private CancellationToken _token;
    private CancellationToken _closing;
    private CancellationTokenRegistration _cancelled;
    private CancellationTokenRegistration _closed;
    private WordMonitor? _monitor;

    public PendingWait(MappedMemory memory, int* word, int expected, long deadline)
    {
        bool isHeld = false;
        memory.DangerousAddRef(ref isHeld);
        _memory = memory;
        Word = word;
        Expected = expected;
        Deadline = deadline;
    }

    public int* Word { get; }

    public int Expected { get; }

    public long Deadline { get; }

    public Task<WaitOutcome> Task => _completion.Task;

    public bool IsOver => _completion.Task.IsCompleted;

    /// <summary>Registers the tokens. Before the wait is watched: so the registrations are complete when somebody else sees them.</summary>
    public void EndWith(CancellationToken token, CancellationToken closing)
    {
        _token = token;
        _closing = closing;
        _cancelled = token.UnsafeRegister(static wait => ((PendingWait)wait!).Interrupt(WaitOutcome.Cancelled), this);
        _closed = closing.UnsafeRegister(static wait => ((PendingWait)wait!).Interrupt(WaitOutcome.Closed), this);
    }

    /// <summary>Whom an interruption has to tell. Called under the monitor's gate; whatever interrupts before is seen when the monitor looks next.</summary>
    public void BelongTo(WordMonitor monitor) => Volatile.Write(ref _monitor, monitor);

    public void End(WaitOutcome outcome) => _completion.TrySetResult(outcome);

    /// <summary>When nobody looks at the word any more: once.</summary>
    public void Release()
    {
        // Not Dispose: that waits for a callback that is running, and the callback may wait for whoever calls this.
        _ = _cancelled.Unregister();
        _ = _closed.Unregister();
        _memory.DangerousRelease();
    }

    /// <summary>The wait on a thread of its own: where the kernel has no futex_waitv.</summary>
    public void RunOnOwnThread()
    {
        var thread = new Thread(
            () =>
            {
                End(WordWait.Block(Word, Expected, Deadline, _token, _closing));
                Release();
            })
        {
            IsBackground = true,
            Name = "Contracts.Ipc own wait",
        };
        thread.UnsafeStart();
    }

    private void Interrupt(WaitOutcome outcome)
    {
        End(outcome);
        Volatile.Read(ref _monitor)?.LookAgain();
    }
}
