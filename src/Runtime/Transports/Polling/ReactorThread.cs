namespace Contracts.Ipc.Transports.Polling;

/// <summary>
/// One thread's turn as the reactor, and the mark that tells whether it is inside user code.
/// </summary>
/// <remarks>
/// The mark is a word with one owner: even means that the thread runs our code, odd that it runs user code, <see cref="Lost"/> that the
/// role has gone to another thread. The thread itself moves even to odd and back; whoever wants to take the role over (the
/// watchdog, or the thread itself before it blocks) moves odd to lost. Each move out of user code is a compare-and-swap, so exactly one of
/// "the handler returned" and "the role was taken" wins.
/// </remarks>
/// <param name="reactor">Whose role it is.</param>
/// <param name="visitor">Whoever lends the reactor a thread, if it is not its own.</param>
internal sealed class ReactorThread(Reactor reactor, IReactorVisitor? visitor = null)
{
    private const int Lost = -1;

    /// <summary>Longer than this nobody keeps the role, however short processors are.</summary>
    private const int LongestStayMilliseconds = 40;

    [ThreadStatic]
    private static ReactorThread? _current;

    private int _mark;
    private int _seenMark;
    private int _ticksInUserCode;
    private long _seenAt;
    private IOvertakable? _work;

    /// <summary>The turn of the calling thread, or null when it is not the reactor's.</summary>
    internal static ReactorThread? Current => _current;

    internal bool IsOwner => Volatile.Read(ref _mark) != Lost;

    /// <summary>Whether the thread has other things to wait for, and has the role only as long as there is something to poll.</summary>
    internal bool IsVisitor => visitor is not null;

    internal void Begin() => _current = this;

    internal static void End() => _current = null;

    /// <summary>User code begins. Until <see cref="Leave"/> the role may be taken over.</summary>
    /// <param name="work">Is told when that happens.</param>
    internal void Enter(IOvertakable work)
    {
        _work = work;

        // Release: pairs with the compare-and-swap in TryOvertake, which must see _work.
        Volatile.Write(ref _mark, _mark + 1);
        Watchdog.Shared.KeepTicking();
    }

    /// <summary>User code has ended.</summary>
    /// <returns>False if the role was taken over meanwhile.</returns>
    internal bool Leave()
    {
        int mark = Volatile.Read(ref _mark);
        return mark != Lost && Interlocked.CompareExchange(ref _mark, (mark + 1) & int.MaxValue, mark) == mark;
    }

    /// <summary>Gives the role away because the calling thread, inside user code on it, is about to block.</summary>
    internal static void HandOffBeforeBlocking()
    {
        ReactorThread? thread = _current;
        if (thread is not null && thread.TryOvertake(Volatile.Read(ref thread._mark)))
        {
            _current = null;
        }
    }

    /// <summary>Called by the watchdog at each tick while something is active.</summary>
    /// <param name="now">The time, in <see cref="Environment.TickCount64"/>.</param>
    /// <param name="ticksAllowed">How many ticks user code may keep the thread.</param>
    /// <param name="isPunctual">
    /// Whether the tick came when it should. One that came late says that processors are short: then the reactor may have had none either,
    /// and only the clock counts.
    /// </param>
    /// <returns>Whether the thread is inside user code.</returns>
    internal bool Observe(long now, int ticksAllowed, bool isPunctual)
    {
        int mark = Volatile.Read(ref _mark);
        if (mark == Lost || (mark & 1) == 0)
        {
            return false;
        }

        if (mark != _seenMark)
        {
            _seenMark = mark;
            _ticksInUserCode = 0;
            _seenAt = now;
            return true;
        }

        _work?.OnSlow();
        _ticksInUserCode += isPunctual ? 1 : 0;
        if (_ticksInUserCode >= ticksAllowed || now - _seenAt >= LongestStayMilliseconds)
        {
            _ = TryOvertake(mark);
        }

        return true;
    }

    private bool TryOvertake(int mark)
    {
        if (mark == Lost || (mark & 1) == 0 || Interlocked.CompareExchange(ref _mark, Lost, mark) != mark)
        {
            return false;
        }

        _work?.OnOvertaken();
        reactor.Succeed(this);
        return true;
    }

    internal void TellVisitor() => visitor?.OnThreadKept();
}

/// <summary>What runs user code on a reactor thread.</summary>
internal interface IOvertakable
{
    /// <summary>The user code has run for a tick: whatever it holds back should go out.</summary>
    void OnSlow();

    /// <summary>
    /// The thread has lost its role: let go of the receive lease, which the successor needs. Called before the successor starts.
    /// </summary>
    void OnOvertaken();
}

/// <summary>What lends the reactor the thread with which it waits.</summary>
internal interface IReactorVisitor
{
    /// <summary>User code keeps the thread: it needs another one to wait with. The thread finds its turn lost when it comes back.</summary>
    void OnThreadKept();
}
