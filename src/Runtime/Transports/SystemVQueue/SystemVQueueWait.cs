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

    public override bool Wait(int milliseconds)
    {
        if (milliseconds == 0)
        {
            return Look();
        }

        if (owner.TryEnter(this))
        {
            int round = ++_round;
            using Timer? timer = milliseconds < 0 ? null : StartTimer(round, milliseconds);
            WaitForMessage();
            owner.Leave(this);
        }

        return TakeCall();
    }

    private Timer StartTimer(int round, int milliseconds) => new(_ => OnOverdue(round), null, milliseconds, Timeout.Infinite);

    private void WaitForMessage()
    {
        while (native.Wait(out nint type) == 0 && type != 0)
        {
            if ((type == MessageType.Wake && owner.IsCalled(this)) || owner.Accept(type))
            {
                return;
            }
        }
    }

    public override void Interrupt()
    {
        lock (owner.Gate)
        {
            _isInterrupted = true;
            owner.PassOn();
        }
    }

    public override void Dispose()
    {
    }

    private void OnOverdue(int round)
    {
        lock (owner.Gate)
        {
            _isOverdue = _round == round && owner.IsInside(this);
            owner.PassOn();
        }
    }

    private bool Look()
    {
        lock (owner.Gate)
        {
            if (_isInterrupted)
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
    private bool TakeCall()
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
