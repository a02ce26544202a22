using Contracts.Ipc.CompilerServices;

namespace Contracts.Ipc.Introspection;

/// <summary>
/// Remembers the calls of a server that ended lately, while somebody wants to know: a bounded ring, from which watchers fetch by cursor.
/// </summary>
/// <remarks>
/// Never waits for a watcher and never grows: who fetches too seldom is told how much it missed. Nothing is remembered, and the ring does not
/// exist, unless a watcher waits or came lately.
/// </remarks>
internal sealed class CallMonitor
{
    internal const int Capacity = 4096;
    internal const int MaximumBatch = 1024;

    private static readonly TimeSpan MaximumWait = TimeSpan.FromSeconds(20);

    /// <summary>After the first call of a batch its successors may join it: a busy server is not asked again for each.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(20);

    private readonly Lock _gate = new();
    private readonly TimeSpan _patience;
    private volatile bool _isWatched;
    private CallRecord[]? _ring;
    private TaskCompletionSource? _arrival;
    private Timer? _expiry;
    private ulong _next = 1;
    private int _watchers;
    private long _lastFetch;

    /// <param name="patience">How long after a fetch the next one is expected.</param>
    internal CallMonitor(TimeSpan? patience = null) => _patience = patience ?? TimeSpan.FromSeconds(10);

    /// <summary>Whether calls are worth remembering now.</summary>
    internal bool IsWatched => _isWatched;

    internal void Add(in CallRecord call)
    {
        TaskCompletionSource? arrival;
        lock (_gate)
        {
            if (_ring is null)
            {
                return;
            }

            _ring[_next % Capacity] = call;
            _next++;
            arrival = _arrival;
            _arrival = null;
        }

        _ = arrival?.TrySetResult();
    }

    /// <summary>Takes what came since the cursor; waits for the first call if there is none.</summary>
    internal async ValueTask<CallBatch> FetchAsync(ulong cursor, int maximum, TimeSpan wait, CancellationToken cancellationToken)
    {
        maximum = Math.Clamp(maximum, 1, MaximumBatch);
        wait = TimeSpan.FromTicks(Math.Clamp(wait.Ticks, 0, MaximumWait.Ticks));
        Task? arrival = BeginWatching(ref cursor);
        try
        {
            if (arrival is not null && wait > TimeSpan.Zero && await HasArrivedAsync(arrival, wait, cancellationToken).ConfigureAwait(false))
            {
                await Task.Delay(Gathering, cancellationToken).ConfigureAwait(false);
            }

            return Take(cursor, maximum);
        }
        finally
        {
            EndWatching();
        }
    }

    private static async Task<bool> HasArrivedAsync(Task arrival, TimeSpan wait, CancellationToken cancellationToken)
    {
        try
        {
            await arrival.WaitAsync(wait, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <returns>What to wait for, or null if there is something already.</returns>
    private Task? BeginWatching(ref ulong cursor)
    {
        lock (_gate)
        {
            _watchers++;
            _ring ??= new CallRecord[Capacity];
            _expiry ??= new Timer(static state => ((CallMonitor)state!).ForgetUnwatched(), this, _patience, _patience);
            _isWatched = true;
            if (cursor == 0 || cursor > _next)
            {
                cursor = _next;
            }

            if (cursor < _next)
            {
                return null;
            }

            _arrival ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _arrival.Task;
        }
    }

    private void EndWatching()
    {
        lock (_gate)
        {
            _watchers--;
            _lastFetch = Environment.TickCount64;
        }
    }

    private CallBatch Take(ulong cursor, int maximum)
    {
        CallRecord[] calls;
        ulong first;
        lock (_gate)
        {
            ulong oldest = _next > Capacity ? _next - Capacity : 1;
            first = Math.Max(cursor, oldest);
            calls = new CallRecord[(int)Math.Min(_next - first, (ulong)maximum)];
            for (int i = 0; i < calls.Length; i++)
            {
                calls[i] = _ring![(first + (ulong)i) % Capacity];
            }
        }

        return new CallBatch(first + (ulong)calls.Length, first - cursor, [.. calls.Select((call, i) => call.ToReport(first + (ulong)i))]);
    }

    private void ForgetUnwatched()
    {
        lock (_gate)
        {
            if (_watchers > 0 || Environment.TickCount64 - _lastFetch < (long)_patience.TotalMilliseconds)
            {
                return;
            }

            _isWatched = false;
            _ring = null;
            _expiry?.Dispose();
            _expiry = null;
        }
    }
}

/// <summary>What is remembered of one call.</summary>
internal readonly record struct CallRecord(
    IpcMethod Method,
    ulong Connection,
    int? ProcessId,
    DateTime StartedAt,
    TimeSpan Duration,
    IpcErrorCode Outcome,
    string? Error,
    int ArgumentBytes,
    int ResultBytes)
{
    internal CallReport ToReport(ulong sequence)
        => new(sequence, Method.ContractName, Method.Name, Connection, ProcessId, StartedAt, Duration, Outcome, Error, ArgumentBytes, ResultBytes);
}
