using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.Polling;

namespace Contracts.Ipc.Transports.SharedMemory;

/// <summary>Frames over two rings in shared memory. A send and a receive are copies, without a system call unless the other side sleeps.</summary>
/// <remarks>
/// <para>Beside the rings stays the control socket: a byte on it wakes a side that sleeps (<see cref="ChannelParking"/>), and its end is the other side's end,
/// which the kernel reports however that comes. What is in the ring by then is still delivered.</para>
/// <para>Neither the memory may be unmapped nor the descriptor closed while a thread uses them, a robust mutex above all: <see cref="ChannelUse"/>.</para>
/// </remarks>
internal sealed class SharedMemoryChannel : FrameChannel, IReadinessHandler
{
    private readonly SafeDescriptor _socket;
    private readonly RingSegment _segment;
    private readonly RingWriter _writer;
    private readonly RingReader _reader;
    private readonly FrameBuffer _received;
    private readonly ChannelParking _parking;

    private ChannelUse _use;

    public SharedMemoryChannel(SafeDescriptor socket, RingSegment segment, bool isServer, PeerIdentity peer, int maximumFrameLength)
    {
        _socket = socket;
        _segment = segment;
        _writer = new RingWriter(segment, isServer ? RingDirection.ToClient : RingDirection.ToServer);
        _reader = new RingReader(segment, isServer ? RingDirection.ToServer : RingDirection.ToClient);
        _received = new FrameBuffer(maximumFrameLength);
        _parking = new ChannelParking(this, socket.Number, _reader, _writer);
        Peer = peer;
        MaximumFrameLength = maximumFrameLength;
    }

    public override PeerIdentity Peer { get; }

    public override int MaximumFrameLength { get; }

    public override bool CanPoll => true;

    public override int PollsPerMicrosecond => 64;

    public override bool IsSendCheap => true;

    public override Exception? CloseReason => _use.CloseReason;

    public override bool IsInsideFrame => _received.IsInsideFrame && !_reader.IsInsideRecord;

    /// <summary>How often a dead sender of this side's ring was recovered from, for tests.</summary>
    internal int Recoveries => _writer.Recoveries;

    /// <summary>Whether frames were taken out of the ring and not delivered yet.</summary>
    internal bool HasFrame => _received.FrameReady;

    public override void Start(IChannelEvents events) => _parking.Start(events);

    public override int TrySend(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        if (!_use.BeginSend())
        {
            LeaveSend();
            throw TransportError.Closed(CloseReason!);
        }

        try
        {
            int sent = 0;
            int total = first.Length + second.Length;
            while (sent < total)
            {
                int taken = sent < first.Length
                    ? _writer.TryWrite(first[sent..], second)
                    : _writer.TryWrite(second[(sent - first.Length)..], default);
                if (taken == 0 && !_writer.WaitForReceiver())
                {
                    break;
                }

                sent += taken;
            }

            // The commit word above must not be passed by the load of the flag below (StoreLoad, also on x64): a receiver that parks between the two
            // would sleep on a record that is already there. It sets the flag, fences, and looks at the ring once more.
            Interlocked.MemoryBarrier();
            if (_writer.IsReceiverParked && _writer.TryClaimWake())
            {
                _parking.WakePeer();
            }

            return sent > 0 || !_parking.IsPeerGone ? sent : throw TransportError.CannotSend("the peer has closed the connection");
        }
        finally
        {
            LeaveSend();
        }
    }

    public override bool MayReceive()
    {
        bool found = _use.BeginLook()
            && (_reader.HasRecord || _reader.IsSenderWaiting || _parking.IsPeerGone || _received.FrameReady || _reader.Violation is not null);
        if (!_use.EndLook())
        {
            return found;
        }

        // It is closed: Receive says so.
        ReleaseIfUnused();
        return true;
    }

    public override ReceiveStatus Receive(IFrameSink sink)
    {
        if (CloseReason is not null)
        {
            _received.Release();
            return ReceiveStatus.Closed;
        }

        // Frames that an earlier holder of the lease left behind come first.
        if (_received.FrameReady)
        {
            return _received.Deliver(sink);
        }

        // Before the ring: what a peer sent before its end must be found first.
        bool isPeerGone = _parking.IsPeerGone;
        if (!EnterReceive())
        {
            return ReceiveStatus.Closed;
        }

        int count = _reader.HasRecord ? _reader.Read(_received.Room()) : 0;

        // Without a fence: a sender that parks just now looks at the head after it said so, and this side looks here again with every poll, and
        // once more after the fence with which it parks.
        if (_reader.IsSenderWaiting && _reader.TryClaimWake())
        {
            _parking.WakePeer();
        }

        LeaveReceive();
        if (count == 0)
        {
            return _reader.Violation is { } violation ? throw violation : isPeerGone ? End() : ReceiveStatus.Empty;
        }

        if (_received.TryTakeSingle(count, out ReadOnlySpan<byte> frame))
        {
            // One record, one frame: the common case.
            return sink.OnFrame(frame) ? ReceiveStatus.Received : ReceiveStatus.Stopped;
        }

        _received.Commit(count);
        return _received.Deliver(sink);
    }

    public override void ArmReadable() => _parking.ArmReadable();

    public override void ArmWritable() => _parking.ArmWritable();

    public override bool WaitReadable(int milliseconds)
    {
        if (_received.FrameReady || !EnterReceive())
        {
            return true;
        }

        try
        {
            return _parking.Wait(milliseconds);
        }
        finally
        {
            LeaveReceive();
        }
    }

    public override void Interrupt() => _parking.Interrupt();

    public override void Close(Exception reason)
    {
        if (!_use.TryClose(reason))
        {
            return;
        }

        Sockets.ShutDown(_socket);
        _use.ShutDown();
        ReleaseIfUnused();
    }

    void IReadinessHandler.OnReady(Readiness readiness) => _parking.OnReady(readiness);

    private ReceiveStatus End()
    {
        Close(_received.EndOfStream());
        return ReceiveStatus.Closed;
    }

    private bool EnterReceive()
    {
        if (_use.BeginReceive())
        {
            return true;
        }

        LeaveReceive();
        return false;
    }

    private void LeaveReceive()
    {
        if (_use.EndReceive())
        {
            ReleaseIfUnused();
        }
    }

    private void LeaveSend()
    {
        if (_use.EndSend())
        {
            ReleaseIfUnused();
        }
    }

    /// <summary>Gives memory and descriptor back if no thread uses them. Whoever leaves last after <see cref="Close"/> succeeds.</summary>
    private void ReleaseIfUnused()
    {
        if (_use.IsOver() && _parking.TryStop())
        {
            _segment.Dispose();
            _socket.Dispose();
        }
    }
}
