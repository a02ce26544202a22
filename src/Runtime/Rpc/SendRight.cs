namespace Contracts.Ipc.Rpc;

/// <summary>
/// Who may send on a channel: one thread at a time. The common case, a sender who finds nobody and whom nobody joins, is one compare-and-swap to take the right
/// and one to give it back; everything else happens under the outbox's gate.
/// </summary>
/// <remarks>
/// A thread that comes under the gate and finds the right taken leaves a note. It has put down what it wants to be sent before the gate opens again, and the one who
/// sends, who can no longer give the right back without the gate, finds it there.
/// </remarks>
internal struct SendRight
{
    /// <summary>Nobody sends and nothing waits.</summary>
    private const int Free = 0;

    /// <summary>Nobody sends, but something waits that somebody will flush: those who come must not overtake it.</summary>
    private const int Waiting = 1;

    /// <summary>Somebody sends, and nothing waits.</summary>
    private const int Alone = 2;

    /// <summary>Somebody sends, and gives the right back under the gate.</summary>
    private const int Noted = 3;

    private int _state;

    /// <summary>Whether somebody sends, or waits for the channel to have room.</summary>
    internal readonly bool IsTaken => _state >= Alone;

    /// <summary>Takes the right if nobody has it and nothing waits. Without the gate.</summary>
    internal bool TryTakeAlone() => Interlocked.CompareExchange(ref _state, Alone, Free) == Free;

    /// <summary>Gives the right back if nobody has left a note. Without the gate.</summary>
    internal bool TryLeaveAlone() => Interlocked.CompareExchange(ref _state, Free, Alone) == Alone;

    /// <summary>Takes the right, or leaves a note for the one who has it. Under the gate.</summary>
    internal bool TryTake()
    {
        int seen = Volatile.Read(ref _state);
        while (seen != Noted)
        {
            int found = Interlocked.CompareExchange(ref _state, Noted, seen);
            if (found == seen)
            {
                return seen != Alone;
            }

            seen = found;
        }

        return false;
    }

    /// <summary>Something was put down for later: whoever comes must not overtake it. Under the gate.</summary>
    internal void Defer()
    {
        if (Interlocked.CompareExchange(ref _state, Waiting, Free) == Alone && Interlocked.CompareExchange(ref _state, Noted, Alone) == Free)
        {
            // The one who was sending has just left.
            Defer();
        }
    }

    /// <summary>The one who sends goes on under the gate.</summary>
    internal void Note() => Volatile.Write(ref _state, Noted);

    /// <summary>Gives the right back: nothing waits. Under the gate.</summary>
    internal void Leave() => Volatile.Write(ref _state, Free);
}
