using System.Collections.Concurrent;

namespace Contracts.Ipc.Rpc;

/// <summary>
/// Tokens of handlers that are due to be cancelled. Their callbacks are user code: the watchdog, which finds most of them, must not run
/// them, so they wait here for the reactor.
/// </summary>
internal sealed class Cancellations
{
    private readonly ConcurrentQueue<CancellationTokenSource> _sources = new();

    /// <summary>Set with every addition, and cleared by the reactor before it looks: spares it a look at the queue.</summary>
    private bool _any;

    internal bool IsEmpty => _sources.IsEmpty;

    /// <summary>Whether the reactor has something to run.</summary>
    internal bool IsDue => Volatile.Read(ref _any);

    internal void Add(CancellationTokenSource? source)
    {
        if (source is not null)
        {
            _sources.Enqueue(source);
            Volatile.Write(ref _any, true);
        }
    }

    /// <summary>Takes over the tokens whose time has come.</summary>
    /// <returns>When the next one is due.</returns>
    internal long TakeExpired(CallLifetimes lifetimes, long now)
    {
        long next = lifetimes.TakeExpired(now, _sources);
        if (!_sources.IsEmpty)
        {
            Volatile.Write(ref _any, true);
        }

        return next;
    }

    /// <summary>Runs the callbacks on the reactor.</summary>
    /// <returns>Whether there was anything.</returns>
    internal bool Run(ReceivePass pass)
    {
        if (!IsDue)
        {
            return false;
        }

        bool any = false;
        _ = Interlocked.Exchange(ref _any, false);
        while (pass.IsInForce && _sources.TryDequeue(out CancellationTokenSource? source))
        {
            any = true;
            Dispatcher.RunCancellation(pass, source);
        }

        if (!_sources.IsEmpty)
        {
            // The pass is over before the queue was empty.
            Volatile.Write(ref _any, true);
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
