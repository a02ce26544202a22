using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.Queues;

namespace Contracts.Ipc.Transports.SystemVQueue;

/// <summary>A thread that waits for a queue in the kernel. What ends its wait from outside is a message without a text in that very queue.</summary>
/// <remarks>Such a message may fall into the hands of another thread, which then passes it on: see <see cref="SystemVIncomingQueue.Accept"/>.</remarks>
internal sealed class SystemVQueueWait(SystemVIncomingQueue owner, SystemVMessageQueue native) : QueueWait
{
    private bool _isInterrupted;
    private bool _isOverdue;

    /// <summary>Tells the waits apart: a timer that comes late must not end the next one.</summary>
    private int _round;

    /// <summary>Whether the wait should end. Under the owner's gate.</summary>
    public bool IsCalled => _isInterrupted || _isOverdue;

    /// <summary>Whether only signals end the wait: messages with a text, and what comes after them, are left alone. By the waiting thread, before it waits.</summary>
    public bool IsForSignals { get; private set; }

    public override bool Wait(int milliseconds)
    {
        if (milliseconds == 0)
        {
            return Look();
        }

        // Before the wait begins: the timer of the last one may still come, and must not find this one under its number.
        int round = ++_round;
        if (owner.TryEnter(this))
        {
            using Timer? timer = milliseconds < 0 ? null : StartTimer(round, milliseconds);
            _ = WaitForMessage();
            owner.Leave(this);
        }

        return TakeCall();
    }

    /// <summary>As <see cref="Wait"/> without a bound, for the queue's sentry, which has to <see cref="TakeCall"/> then.</summary>
    /// <param name="forSignals">See <see cref="IsForSignals"/>.</param>
    /// <returns>0, or the error number: the queue is gone.</returns>
    public int Sleep(bool forSignals)
    {
        IsForSignals = forSignals;
        int error = 0;
        if (owner.TryEnter(this))
        {
            error = WaitForMessage();
            owner.Leave(this);
        }

        return error;
    }

    private Timer StartTimer(int round, int milliseconds) => new(_ => OnOverdue(round), null, milliseconds, Timeout.Infinite);

    private int WaitForMessage()
    {
        nint highest = (nint)(IsForSignals ? MessageType.LastSignal : long.MaxValue);
        while (true)
        {
            int error = native.Wait(out nint type, highest);
            if (error != 0 || type == 0 || (type == MessageType.Wake && owner.IsCalled(this)) || owner.Accept(type))
            {
                return error;
            }

            // Passed on to a thread that may be on its way into the wait or out of it: let it get there, or the wake-up comes back at once.
            _ = Thread.Yield();
        }
    }

    public override void Interrupt()
    {
        lock (owner.Gate)
        {
            Call();
            owner.PassOn();
        }
    }

    /// <summary>The wait should end. Under the owner's gate.</summary>
    public void Call() => _isInterrupted = true;

    public override void Dispose()
    {
    }

    private void OnOverdue(int round)
    {
        lock (owner.Gate)
        {
            if (_round == round && owner.IsInside(this))
            {
                _isOverdue = true;
                owner.PassOn();
            }
        }
    }

    private bool Look()
    {
        lock (owner.Gate)
        {
            if (_isInterrupted || owner.HasClosed)
            {
                _isInterrupted = false;
                return true;
            }
        }

        int error = native.Look(out nint type);
        if (type != 0)
        {
            _ = owner.Accept(type);
        }

        return error != Errno.ENOMSG;
    }

    /// <summary>Why the wait has ended.</summary>
    /// <returns>False if that was the time alone.</returns>
    public bool TakeCall()
    {
        lock (owner.Gate)
        {
            bool isReady = _isInterrupted || !_isOverdue;
            _isInterrupted = false;
            _isOverdue = false;
            return isReady;
        }
    }
}
