using System.Diagnostics.CodeAnalysis;
using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.Polling;

namespace Contracts.Ipc.Transports.SystemVQueue;

/// <summary>The thread that waits for a queue, which no epoll can: one for each queue, and only from the first time that somebody wants to be told.</summary>
/// <remarks>
/// <para>When a message comes while the reactor sleeps, the thread takes the reactor's role (<see cref="Reactor.Visit"/>) and serves what has come itself: waking the
/// reactor's own thread would cost a second wake-up, as much as the message itself. See docs/adr/0027-whoever-is-woken-is-the-reactor.md.</para>
/// <para>An event is told once, and asked for again by whoever receives. An answer that there is room must reach its sender whether anybody receives or not: while one is
/// awaited and no event is, the thread waits for signals alone. Messages with a text, which may lie there for ever, do not keep it from them, nor it from its rest.</para>
/// <para>Handlers may run on it, so it has a stack like any other thread. A handler that keeps it has it replaced, as the reactor's own thread is.</para>
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "Its wait has nothing to give back.")]
internal sealed class QueueSentry(SystemVIncomingQueue queue, SystemVMessageQueue native) : IReactorVisitor
{
    /// <summary>How long the thread stays when nobody wants to be told.</summary>
    private static readonly TimeSpan RestTime = TimeSpan.FromSeconds(2);

    private readonly object _gate = new();
    private readonly SystemVQueueWait _wait = new(queue, native);
    private bool _isArmed;
    private bool _isStopped;

    /// <summary>Whether somebody has removed the queue: that was told, and there is nothing to wait for any more.</summary>
    private bool _isGone;

    /// <summary>Whether there is a thread that will look at <see cref="IsWanted"/> again.</summary>
    private bool _hasThread;
    private bool _isResting;

    /// <summary>Whether the thread waits for signals alone, or is about to.</summary>
    private bool _isListening;

    /// <summary>Under the gate. What is awaited was counted before <see cref="Listen"/>, and is seen here or by it.</summary>
    private bool IsWanted => _isArmed || (!_isGone && queue.AwaitsRoom);

    /// <summary>Asks for one event as soon as there is a message. From any thread.</summary>
    public void Arm()
    {
        lock (_gate)
        {
            _isArmed = !_isGone;
            if (_isListening)
            {
                _wait.Interrupt();
            }

            Rouse();
        }
    }

    /// <summary>An answer that there is room is awaited: see to it that it is taken. From any thread.</summary>
    public void Listen()
    {
        lock (_gate)
        {
            Rouse();
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
            Rouse();
        }
    }

    /// <summary>Under the gate.</summary>
    private void Rouse()
    {
        if (_isResting)
        {
            Monitor.Pulse(_gate);
        }
        else if (IsWanted && !_hasThread && !_isStopped)
        {
            _hasThread = true;
            new Thread(Run) { IsBackground = true, Name = "Contracts.Ipc queue" }.UnsafeStart();
        }
    }

    private void Run()
    {
        var turn = new ReactorThread(Reactor.Shared, this);
        while (turn.IsOwner && WaitUntilWanted(out bool forSignals))
        {
            int error = _wait.Sleep(forSignals);
            lock (_gate)
            {
                // Whoever called the thread back has done so by now, and what that was for is looked at anew.
                _isListening = false;
                _ = _wait.TakeCall();
                _isGone = error != 0;
                if (_isStopped)
                {
                    return;
                }

                if (forSignals && !_isGone)
                {
                    // A signal was dealt with, which is no event; or the thread was called back, because one is asked for.
                    continue;
                }

                _isArmed = false;
            }

            Reactor.Shared.Visit(turn, queue);
        }
    }

    /// <param name="forSignals">Whether it is wanted for signals alone.</param>
    /// <returns>False when the thread is to end.</returns>
    private bool WaitUntilWanted(out bool forSignals)
    {
        lock (_gate)
        {
            forSignals = false;
            while (!IsWanted && !_isStopped)
            {
                _isResting = true;
                bool wasPulsed = Monitor.Wait(_gate, RestTime);
                _isResting = false;
                if (!wasPulsed && !IsWanted)
                {
                    _hasThread = false;
                    return false;
                }
            }

            if (_isStopped)
            {
                return false;
            }

            _isListening = forSignals = !_isArmed;
            return true;
        }
    }
}
