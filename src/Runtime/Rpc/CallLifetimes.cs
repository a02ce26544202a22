namespace Contracts.Ipc.Rpc;

/// <summary>
/// Cancellation tokens for handlers of calls that only a deadline or the end of the connection can end. Calls whose deadlines are close
/// together share one source.
/// </summary>
/// <remarks>
/// A source per call would be an allocation per call, and a pooled one is wrong: a handler may keep its token after it has returned, and
/// would see the cancellation of a later call. A shared one is right for both: it fires when the connection ends, or when the
/// deadlines of all its calls have passed, which for a kept token is the deadline of its own call. Deadlines are rounded up by at most
/// a sixteenth of what is left of them. See docs/adr/0002-handler-tokens-are-never-reused.md.
/// </remarks>
internal sealed class CallLifetimes(Action<long> expectTick)
{
    private readonly record struct Bucket(long End, CancellationTokenSource Source);

    private readonly Lock _gate = new();
    private readonly List<Bucket> _buckets = [];
    private Bucket? _last;
    private bool _ended;

    internal CancellationToken TokenFor(long deadline)
    {
        lock (_gate)
        {
            if (_ended)
            {
                return new CancellationToken(canceled: true);
            }

            long end = RoundUp(deadline);
            if (_last is { } last && last.End == end)
            {
                return last.Source.Token;
            }

            Bucket bucket = FindOrAdd(end);
            _last = bucket;
            return bucket.Source.Token;
        }
    }

    /// <summary>Takes out the sources whose time has come; the caller cancels them.</summary>
    /// <returns>When the next one is due.</returns>
    internal long TakeExpired(long now, System.Collections.Concurrent.ConcurrentQueue<CancellationTokenSource> expired)
    {
        long next = long.MaxValue;
        lock (_gate)
        {
            for (int i = _buckets.Count - 1; i >= 0; i--)
            {
                if (_buckets[i].End > now)
                {
                    next = Math.Min(next, _buckets[i].End);
                    continue;
                }

                expired.Enqueue(_buckets[i].Source);
                _buckets.RemoveAt(i);
                _last = null;
            }
        }

        return next;
    }

    /// <summary>The connection has ended: every token that was or will be given out fires.</summary>
    /// <returns>The sources; the caller cancels them.</returns>
    internal CancellationTokenSource[] End()
    {
        lock (_gate)
        {
            _ended = true;
            _last = null;
            CancellationTokenSource[] sources = [.. _buckets.Select(static bucket => bucket.Source)];
            _buckets.Clear();
            return sources;
        }
    }

    private Bucket FindOrAdd(long end)
    {
        foreach (Bucket bucket in _buckets)
        {
            if (bucket.End == end)
            {
                return bucket;
            }
        }

        var added = new Bucket(end, new CancellationTokenSource());
        _buckets.Add(added);
        expectTick(end);
        return added;
    }

    private static long RoundUp(long deadline)
    {
        if (deadline == long.MaxValue)
        {
            return deadline;
        }

        long left = Math.Max(deadline - Environment.TickCount64, 16);
        long step = (long)System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)left / 16) / 2;
        step = Math.Max(step, 1);
        return (deadline + step - 1) / step * step;
    }
}
