using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.Queues;

namespace Contracts.Ipc.Transports.PosixQueue;

/// <summary>A thread asleep in poll(2) on a queue, and on an eventfd by which others wake it.</summary>
internal sealed class PosixQueueWait(int queue) : QueueWait
{
    private EventFd? _wake;
    private int _interrupted;

    public override bool Wait(int milliseconds)
    {
        // The exchange is a full fence between publishing _wake and reading the flag; Interrupt has the mirror image. Either it
        // sees _wake and signals, or its flag is seen here.
        EventFd wake = _wake ?? MakeWake();
        if (Interlocked.Exchange(ref _interrupted, 0) != 0)
        {
            _ = wake.Drain();
            return true;
        }

        (bool readable, bool woken) = Poll.Readable(queue, wake.Number, milliseconds);
        if (woken)
        {
            Volatile.Write(ref _interrupted, 0);
            _ = wake.Drain();
        }

        return readable || woken;
    }

    public override void Interrupt()
    {
        _ = Interlocked.Exchange(ref _interrupted, 1);
        Volatile.Read(ref _wake)?.Signal();
    }

    public override void Dispose() => _wake?.Dispose();

    private EventFd MakeWake()
    {
        EventFd wake = new();
        Volatile.Write(ref _wake, wake);
        return wake;
    }
}
