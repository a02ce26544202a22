using System.Diagnostics;
using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.Polling;

namespace Contracts.Ipc.Transports.SharedMemory;

/// <summary>How one side of a channel sleeps, and is woken: by a byte on the control socket, which a side gets only if it has asked for it in the segment.</summary>
/// <remarks>
/// <para>Asking is: set the flag, fence, look at the ring once more, sleep. The other side: write to the ring, fence, look at the flag. One of the two sees the
/// other's store. Nobody asks who is about to look at the ring anyway, so that back-to-back calls touch no flag and make no system call.</para>
/// <para>A byte says nothing but "look". Three may want to: a thread in <see cref="Wait"/>, and the armed events for reading and for writing.
/// All of it is under one gate, for it happens only around a sleep. While a thread waits, it alone takes bytes off the socket: taken by the reactor, they
/// would not wake it any more.</para>
/// </remarks>
internal sealed class ChannelParking(SharedMemoryChannel channel, int socket, RingReader reader, RingWriter writer) : IThreadPoolWorkItem
{
    private static readonly byte[] WakeByte = [1];

    private readonly Lock _gate = new();
    private IChannelEvents? _events;
    private StandingRegistration? _registration;
    private EventFd? _wake;
    private bool _readArmed;
    private bool _writeArmed;
    private bool _waiting;
    private bool _stopped;
    private bool _peerGone;
    private int _interrupted;

    /// <summary>Whether the kernel has reported the other side's end. What is in the ring came before it.</summary>
    public bool IsPeerGone => Volatile.Read(ref _peerGone);

    public void Start(IChannelEvents events)
    {
        lock (_gate)
        {
            _events = events;
            if (!_stopped)
            {
                // From now on the end is reported, armed or not: a side that polls the ring would not notice it otherwise.
                _registration = Reactor.Shared.RegisterStanding(socket, channel);
            }
        }
    }

    /// <summary>Wakes the other side. The caller is inside a use of the channel, so that the descriptor is open.</summary>
    public void WakePeer()
    {
        // A socket so full that it takes no byte more has some that the other side has not looked at. One that is shut has nobody to wake.
        _ = SocketIO.Send(socket, WakeByte, default);
    }

    public void ArmReadable()
    {
        lock (_gate)
        {
            _readArmed = true;
            Park();
        }
    }

    public void ArmWritable()
    {
        lock (_gate)
        {
            _writeArmed = true;
            Park();
        }
    }

    /// <summary>Sleeps on the calling thread until something is there to receive, the channel ends or somebody interrupts.</summary>
    /// <returns>False when the time passed.</returns>
    public bool Wait(int milliseconds)
    {
        EventFd wake = _wake ?? MakeWake();

        // The exchange is a full fence between publishing _wake and reading the flag; Interrupt has the mirror image.
        if (Interlocked.Exchange(ref _interrupted, 0) != 0)
        {
            _ = wake.Drain();
            return true;
        }

        long started = milliseconds > 0 ? Stopwatch.GetTimestamp() : 0;
        try
        {
            while (true)
            {
                lock (_gate)
                {
                    _waiting = true;
                    Park();
                }

                if (reader.HasRecord || IsPeerGone)
                {
                    return true;
                }

                int left = milliseconds <= 0 ? milliseconds : Math.Max(0, milliseconds - (int)Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                (bool readable, bool woken) = Poll.Readable(socket, wake.Number, left);
                if (woken)
                {
                    Volatile.Write(ref _interrupted, 0);
                    _ = wake.Drain();
                    return true;
                }

                if (!readable)
                {
                    return reader.HasRecord;
                }

                lock (_gate)
                {
                    Drain();
                }
            }
        }
        finally
        {
            lock (_gate)
            {
                _waiting = false;

                // What was drained may have been meant for an armed event.
                Park();
            }
        }
    }

    /// <summary>Ends the current or the next <see cref="Wait"/>.</summary>
    public void Interrupt()
    {
        _ = Interlocked.Exchange(ref _interrupted, 1);
        Volatile.Read(ref _wake)?.Signal();
    }

    /// <summary>The reactor has seen the socket become readable or end.</summary>
    public void OnReady(Readiness readiness)
    {
        if ((readiness & Readiness.PeerClosed) != 0)
        {
            Volatile.Write(ref _peerGone, true);
        }

        Look(readiness);
    }

    /// <summary>Something was armed that was there already.</summary>
    void IThreadPoolWorkItem.Execute() => Look(Readiness.None);

    /// <summary>Nobody watches any more.</summary>
    /// <returns>True for one caller: it releases what this has used.</returns>
    public bool TryStop()
    {
        lock (_gate)
        {
            if (_stopped)
            {
                return false;
            }

            _stopped = true;
            _registration?.Remove();
        }

        _wake?.Dispose();
        return true;
    }

    private void Look(Readiness readiness)
    {
        bool readable;
        bool writable;
        lock (_gate)
        {
            if (_stopped)
            {
                return;
            }

            if (!_waiting)
            {
                Drain();
            }

            readable = _readArmed && HasInput;
            writable = _writeArmed && HasRoom;
            _readArmed &= !readable;
            _writeArmed &= !writable;
            if (_readArmed || _writeArmed)
            {
                Park();
            }
        }

        if (_events is not { } events || channel.CloseReason is not null)
        {
            return;
        }

        if (readable)
        {
            events.OnReadable();
        }

        if (writable)
        {
            events.OnWritable();
        }

        if ((readiness & Readiness.PeerClosed) != 0)
        {
            events.OnPeerClosed();
        }
    }

    private bool HasInput => channel.HasFrame || reader.HasRecord || IsPeerGone;

    private bool HasRoom => writer.HasRoom || IsPeerGone;

    /// <summary>Asks in the segment for what is wanted, and looks whether it is there already. Under the gate.</summary>
    private void Park()
    {
        if (_stopped)
        {
            return;
        }

        reader.SetParked(_readArmed || _waiting);
        writer.SetParked(_writeArmed);

        // The flags must be visible before the ring is looked at once more: see the type's remarks.
        Interlocked.MemoryBarrier();
        if (reader.IsSenderWaiting && reader.TryClaimWake())
        {
            WakePeer();
        }

        if ((_readArmed && HasInput) || (_writeArmed && HasRoom))
        {
            _ = ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
        else if (_readArmed || _writeArmed)
        {
            _registration?.WatchReadable(true);
        }
        else if (_waiting)
        {
            // The byte is for the thread that waits: the reactor need not wake as well.
            _registration?.WatchReadable(false);
        }
    }

    /// <summary>Takes bytes off the socket, as many as an honest peer ever has there. Under the gate.</summary>
    /// <remarks>Once: of a peer that sends as fast as it can, the rest is the next event, and other connections get their turn before it.</remarks>
    private void Drain()
    {
        Span<byte> bytes = stackalloc byte[512];
        int count = SocketIO.Receive(socket, bytes);
        if (count == 0 || (count < 0 && -count is not (Errno.EAGAIN or Errno.ENOBUFS)))
        {
            Volatile.Write(ref _peerGone, true);
        }
    }

    private EventFd MakeWake()
    {
        EventFd wake = new();
        Volatile.Write(ref _wake, wake);
        return wake;
    }
}
