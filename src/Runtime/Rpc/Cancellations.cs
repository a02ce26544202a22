using System.Collections.Concurrent;

namespace Contracts.Ipc.Rpc;

/// <summary>
/// Tokens of handlers that are due to be cancelled. Their callbacks are user code: the watchdog, which finds most of them, must not run
/// them, so they wait here for the reactor.
/// </summary>
internal sealed class Cancellations
{
    private readonly ConcurrentQueue<CancellationTokenSource> _sources = new();

    internal bool IsEmpty => _sources.IsEmpty;

    internal void Add(CancellationTokenSource? source)
    {
        if (source is not null)
        {
            _sources.Enqueue(source);
        }
    }

    /// <summary>Takes over the tokens whose time has come.</summary>
    /// <returns>When the next one is due.</returns>
    internal long TakeExpired(CallLifetimes lifetimes, long now) => lifetimes.TakeExpired(now, _sources);

    /// <summary>Runs the callbacks on the reactor.</summary>
    /// <returns>Whether there was anything.</returns>
    internal bool Run(ReceivePass pass)
    {
        bool any = false;
        while (pass.IsInForce && _sources.TryDequeue(out CancellationTokenSource? source))
        {
            any = true;
            Dispatcher.RunCancellation(pass, source);
        }

        return any;
    }

    /// <summary>The session has ended and is polled no more: the callbacks run on the thread pool.</summary>
    internal void RunOnPool()
    {
        while (_sources.TryDequeue(out CancellationTokenSource? source))
        {
            _ = source.CancelAsync();
        }
    }
}
