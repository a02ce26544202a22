using Contracts.Ipc.CompilerServices;
using Contracts.Ipc.Transports;
using Contracts.Ipc.Transports.Polling;

namespace Contracts.Ipc.Rpc;

/// <summary>On whose behalf a thread receives: decides what it may run.</summary>
internal enum ReceiverRole
{
    /// <summary>The reactor: runs handlers and continuations inline, under the watchdog's eyes.</summary>
    Reactor,

    /// <summary>A caller that waits for its own reply: runs no user code; what belongs to others goes to the pool.</summary>
    Caller,

    /// <summary>The watchdog, which polls lingering sessions: runs no user code.</summary>
    Watchdog,
}

/// <summary>One holding of a session's receive lease by one thread, and what it received.</summary>
internal sealed class ReceivePass : IFrameSink, IOvertakable
{
    [ThreadStatic]
    private static ReceivePass? _current;

    private ReceivePass? _outer;
    private ReactorThread? _thread;
    private IncomingCall? _running;
    private bool _inUserCode;

    private ReceivePass(Session session, ReceiverRole role, int epoch)
    {
        Session = session;
        Role = role;
        Epoch = epoch;
    }

    /// <summary>The innermost pass of the calling thread.</summary>
    internal static ReceivePass? Current => _current;

    internal Session Session { get; private set; }

    internal ReceiverRole Role { get; private set; }

    internal int Epoch { get; private set; }

    /// <summary>The call for whose answer a caller receives.</summary>
    internal PendingCall? OwnCall { get; set; }

    /// <summary>Whether this very thread received the answer. Only then does it alone know the call.</summary>
    internal bool HasOwnAnswer { get; set; }

    internal bool IsInForce => Session.Receiver.Lease.IsHeld(Epoch);

    /// <summary>Begins a holding.</summary>
    /// <param name="session">Whose lease the calling thread has taken.</param>
    /// <param name="role">On whose behalf.</param>
    /// <param name="epoch">Of the lease.</param>
    /// <param name="thread">The reactor's turn, if the calling thread is the reactor.</param>
    /// <param name="reused">An object of an earlier holding by the same thread, or null.</param>
    internal static ReceivePass Begin(Session session, ReceiverRole role, int epoch, ReactorThread? thread, ref ReceivePass? reused)
    {
        ReceivePass pass = reused ?? new ReceivePass(session, role, epoch);
        reused = null;
        pass.Session = session;
        pass.Role = role;
        pass.Epoch = epoch;
        pass.OwnCall = null;
        pass.HasOwnAnswer = false;
        pass._thread = thread;
        pass._inUserCode = false;
        pass._running = null;
        pass._outer = _current;
        _current = pass;
        return pass;
    }

    /// <summary>Ends the holding, if it has not been taken away.</summary>
    /// <returns>Whether it was still in force.</returns>
    internal bool End(ref ReceivePass? reusable)
    {
        _current = _outer;
        _outer = null;
        bool inForce = Session.Receiver.Lease.Release(Epoch);
        reusable = this;
        return inForce;
    }

    public bool OnFrame(ReadOnlySpan<byte> frame)
    {
        // User code may end the session from within a frame: what came behind it is nobody's any more.
        if (Session.IsClosed)
        {
            return false;
        }

        Session.Router.Route(this, frame);
        return IsInForce && !Session.IsClosed;
    }

    /// <summary>User code begins on this thread: from now on another thread may take over.</summary>
    /// <param name="call">The call of the peer that it serves, if it does.</param>
    internal void EnterUserCode(IncomingCall? call = null)
    {
        if (_thread is not null && !_inUserCode)
        {
            _inUserCode = true;
            _running = call;
            _thread.Enter(this);
        }
    }

    /// <summary>User code has ended.</summary>
    internal void LeaveUserCode()
    {
        if (_inUserCode)
        {
            _inUserCode = false;
            _running = null;
            _ = _thread!.Leave();
            UserContext.Restore();
        }
    }

    void IOvertakable.OnSlow()
    {
        _ = _running?.SettleDeadline();
        Session.Outbox.Flush();
    }

    void IOvertakable.OnOvertaken()
    {
        Session.Receiver.OnOvertaken();
        _ = Session.Receiver.Lease.Release(Epoch);
    }
}
