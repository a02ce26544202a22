using System.Collections.Concurrent;
using System.Diagnostics;

namespace Contracts.Ipc.Rpc;

/// <summary>Round trips that no handler takes part in.</summary>
internal sealed class Pings
{
    private readonly ConcurrentDictionary<ulong, TaskCompletionSource<TimeSpan>> _waiting = new();
    private readonly ConcurrentDictionary<ulong, long> _sent = new();
    private ulong _last;
    private IpcCloseReason? _closed;

    /// <returns>The number to send, and the task that the pong completes.</returns>
    internal (ulong Number, Task<TimeSpan> Answer) Begin()
    {
        ulong number = Interlocked.Increment(ref _last);
        var answer = new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously);
        _sent[number] = Stopwatch.GetTimestamp();
        _waiting[number] = answer;
        if (Volatile.Read(ref _closed) is { } reason)
        {
            Close(reason);
        }

        return (number, answer.Task);
    }

    internal void Forget(ulong number)
    {
        _ = _waiting.TryRemove(number, out _);
        _ = _sent.TryRemove(number, out _);
    }

    internal void OnPong(ulong number)
    {
        if (_waiting.TryRemove(number, out TaskCompletionSource<TimeSpan>? answer) && _sent.TryRemove(number, out long sent))
        {
            answer.SetResult(Stopwatch.GetElapsedTime(sent));
        }
    }

    internal void Close(IpcCloseReason reason)
    {
        Volatile.Write(ref _closed, reason);
        foreach (ulong number in _waiting.Keys)
        {
            if (_waiting.TryRemove(number, out TaskCompletionSource<TimeSpan>? answer))
            {
                _ = answer.TrySetException(RpcError.Closed(reason, IpcDelivery.MaybeExecuted));
            }
        }
    }
}
