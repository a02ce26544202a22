using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.Polling;

namespace Contracts.Ipc.Transports.SystemVQueue;

/// <summary>The thread that waits for a queue, which no epoll can: one for each queue, and only from the first time that somebody wants to be told.</summary>
/// <remarks>
/// <para>When a message comes while the reactor sleeps, the thread takes the reactor's role (<see cref="Reactor.Visit"/>) and serves what has come itself: waking the
/// reactor's own thread would cost a second wake-up, as much as the message itself. See docs/adr/0027-whoever-is-woken-is-the-reactor.md.</para>
/// <para>Handlers may run on it, so it has a stack like any other thread. A handler that keeps it has it replaced, as the reactor's own thread is.</para>
/// </remarks>
internal sealed class QueueSentry(SystemVIncomingQueue queue, SystemVMessageQueue native) : IReactorVisitor
{
    /// <summary>How long the thread stays when nobody wants to be told.</summary>
    private static readonly TimeSpan RestTime = TimeSpan.FromSeconds(2);

    private readonly object _gate = new();
    private bool _isArmed;
    private bool _isStopped;

    /// <summary>Whether somebody has removed the queue: that was told, and there is nothing to wait for any more.</summary>
    private bool _isGone;

    /// <summary>Whether there is a thread that will look at <see cref="_isArmed"/> again.</summary>
    private bool _hasThread;
    private bool _isResting;

    /// <summary>Asks for one event as soon as there is a message. From any thread.</summary>
    public void Arm()
    {
        lock (_gate)
        {
            _isArmed = !_isGone;
            if (_isResting)
            {
                Monitor.Pulse(_gate);
            }
            else if (_isArmed)
            {
                StartThread();
            }
        }
    }

    /// <summary>There will be no further event. The queue's removal releases the thread.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _isStopped = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>A handler keeps the thread: what is armed waits for another one.</summary>
    void IReactorVisitor.OnThreadKept()
    {
        lock (_gate)
        {
            _hasThread = false;
            if (_isArmed)
            {
                StartThread();
            }
        }
    }

    private void StartThread()
    {
        if (!_hasThread && !_isStopped)
        {
            _hasThread = true;
            new Thread(Run) { IsBackground = true, Name = "Contracts.Ipc queue" }.UnsafeStart();
        }
    }

    private void Run()
    {
        var turn = new ReactorThread(Reactor.Shared, this);
        while (turn.IsOwner && WaitUntilArmed())
        {
            // A wake-up that was meant for another thread is passed on, and is no event.
            int error;
            bool isEvent;
            do
            {
                error = native.Wait(out nint type);
                isEvent = error != 0 || type == 0 || queue.Accept(type);
            }
            while (!isEvent);

            lock (_gate)
            {
                _isArmed = false;
                _isGone = error != 0;
                if (_isStopped)
                {
                    return;
                }
            }

            Reactor.Shared.Visit(turn, queue);
        }
    }

    /// <returns>False when the thread is to end.</returns>
    private bool WaitUntilArmed()
    {
        lock (_gate)
        {
            while (!_isArmed && !_isStopped)
            {
                _isResting = true;
                bool wasPulsed = Monitor.Wait(_gate, RestTime);
                _isResting = false;
                if (!wasPulsed && !_isArmed)
                {
                    _hasThread = false;
                    return false;
                }
            }

            return !_isStopped;
        }
    }
}
