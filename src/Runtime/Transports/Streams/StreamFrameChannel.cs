using System.Runtime.CompilerServices;

namespace Contracts.Ipc.Transports.Streams;

/// <summary>Frames over any duplex <see cref="Stream"/>: named pipes, sockets of systems other than Linux, whatever else can be read and written.</summary>
/// <remarks>
/// <para>One read is outstanding whenever nothing is left to deliver, straight into the frame buffer. Its completion is the readiness
/// event, and as it needs no arming, the peer's end is seen without it too.</para>
/// <para>The buffer's room belongs to the outstanding read, so nobody asks for room until it is <see cref="ReadState.Done"/>.</para>
/// </remarks>
internal sealed class StreamFrameChannel : FrameChannel
{
    // How long closing waits for the peer to take what was sent before.
    private static readonly TimeSpan CloseGrace = TimeSpan.FromSeconds(1);

    private readonly Stream _stream;
    private readonly FrameBuffer _received;
    private readonly SendPump _pump;
    private readonly WakeSignal _wake = new();
    private readonly Func<bool> _isReadable;
    private readonly Action _onReadCompleted;

    private IChannelEvents? _events;
    private Exception? _closeReason;
    private ConfiguredValueTaskAwaitable<int>.ConfiguredValueTaskAwaiter _read;
    private volatile ReadState _state;
    private int _readCount;
    private Exception? _readError;
    private bool _armed;
    private bool _peerClosed;

    public StreamFrameChannel(Stream stream, PeerIdentity peer, int maximumFrameLength)
    {
        _stream = stream;
        _received = new FrameBuffer(maximumFrameLength);
        _pump = new SendPump(stream, RaiseWritable);
        _isReadable = () => CloseReason is not null || _received.FrameReady || _state == ReadState.Done;
        _onReadCompleted = CompleteRead;
        Peer = peer;
        MaximumFrameLength = maximumFrameLength;
    }

    private enum ReadState
    {
        /// <summary>No read is outstanding: the holder of the lease starts one.</summary>
        None,

        /// <summary>A read is outstanding and owns the buffer's room.</summary>
        Pending,

        /// <summary>A read has ended; the holder of the lease takes its result.</summary>
        Done,
    }

    public override PeerIdentity Peer { get; }

    public override int MaximumFrameLength { get; }

    /// <summary>False: each frame comes by a completed read, which is announced.</summary>
    public override bool CanPoll => false;

    public override Exception? CloseReason => Volatile.Read(ref _closeReason);

    public override bool IsInsideFrame => _received.IsInsideFrame;

    public override void Start(IChannelEvents events)
    {
        Volatile.Write(ref _events, events);

        // Full fence: either the completion of a read sees the events, or we see its flag.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _peerClosed))
        {
            RaisePeerClosed(events);
        }
    }

    public override int TrySend(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) =>
        CloseReason is { } closed ? throw TransportError.Closed(closed) : _pump.Write(first, second);

    public override ReceiveStatus Receive(IFrameSink sink)
    {
        if (CloseReason is not null)
        {
            if (_state != ReadState.Pending)
            {
                _received.Release();
            }

            return ReceiveStatus.Closed;
        }

        if (!_received.FrameReady)
        {
            switch (TakeRead())
            {
                case 0:
                    return CloseReason is null ? ReceiveStatus.Empty : ReceiveStatus.Closed;
                case < 0:
                    return ReceiveStatus.Closed;
            }
        }

        while (_received.TryTake(out ReadOnlySpan<byte> frame))
        {
            if (!sink.OnFrame(frame))
            {
                return ReceiveStatus.Stopped;
            }
        }

        if (_received.Violation is { } violation)
        {
            throw violation;
        }

        if (_state == ReadState.None)
        {
            StartRead();
        }

        return ReceiveStatus.Received;
    }

    public override void ArmReadable()
    {
        // The exchange is a full fence between setting the flag and reading the state; EndRead has the mirror image.
        _ = Interlocked.Exchange(ref _armed, true);

        // With no read outstanding nothing would ever announce anything: Receive must be called to start one.
        if (_received.FrameReady || _state != ReadState.Pending)
        {
            RaiseReadableIfArmed();
        }
    }

    public override void ArmWritable() => _pump.ArmWritable();

    public override bool WaitReadable(int milliseconds)
    {
        if (CloseReason is null && !_received.FrameReady && _state == ReadState.None)
        {
            StartRead();
        }

        return _wake.Wait(milliseconds, _isReadable);
    }

    public override void Interrupt() => _wake.Interrupt();

    public override void Close(Exception reason)
    {
        if (Interlocked.CompareExchange(ref _closeReason, reason, null) is not null)
        {
            return;
        }

        // What was sent before is still delivered, as a socket would.
        Task finished = _pump.FinishAsync();
        if (finished.IsCompleted)
        {
            _stream.Dispose();
        }
        else
        {
            _ = DisposeAfterAsync(finished);
        }

        _wake.Set();
    }

    private async Task DisposeAfterAsync(Task finished)
    {
        _ = await Task.WhenAny(finished, Task.Delay(CloseGrace)).ConfigureAwait(false);
        await _stream.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Takes the result of the outstanding read, starting one if there is none.</summary>
    /// <returns>How many bytes came; 0 for none yet; -1 at the end, which closes the channel.</returns>
    private int TakeRead()
    {
        if (_state == ReadState.None)
        {
            StartRead();
        }

        if (_state != ReadState.Done)
        {
            return 0;
        }

        _state = ReadState.None;
        if (_readCount > 0)
        {
            _received.Commit(_readCount);
            return _readCount;
        }

        Close(_readError is { } error ? TransportError.PeerLost(error.Message, error) : _received.EndOfStream());
        return -1;
    }

    private void StartRead()
    {
        try
        {
            ValueTask<int> read = _stream.ReadAsync(_received.RoomAsMemory());
            _read = read.ConfigureAwait(false).GetAwaiter();
        }
        catch (Exception error) when (IsStreamError(error))
        {
            EndRead(0, error);
            return;
        }

        if (_read.IsCompleted)
        {
            CompleteRead();
        }
        else
        {
            _state = ReadState.Pending;
            _read.UnsafeOnCompleted(_onReadCompleted);
        }
    }

    private void CompleteRead()
    {
        try
        {
            EndRead(_read.GetResult(), null);
        }
        catch (Exception error) when (IsStreamError(error))
        {
            EndRead(0, error);
        }
    }

    private void EndRead(int count, Exception? error)
    {
        (_readCount, _readError) = (count, error);

        // Publishes the result: pairs with the acquire in TakeRead.
        _state = ReadState.Done;
        _wake.Set();
        RaiseReadableIfArmed();
        if (count == 0)
        {
            _ = Interlocked.Exchange(ref _peerClosed, true);
            if (CloseReason is null && Volatile.Read(ref _events) is { } events)
            {
                RaisePeerClosed(events);
            }
        }
    }

    private void RaiseReadableIfArmed()
    {
        if (Interlocked.Exchange(ref _armed, false) && CloseReason is null && _events is { } events)
        {
            _ = ThreadPool.UnsafeQueueUserWorkItem(static state => state.OnReadable(), events, preferLocal: false);
        }
    }

    private static void RaisePeerClosed(IChannelEvents events) =>
        ThreadPool.UnsafeQueueUserWorkItem(static state => state.OnPeerClosed(), events, preferLocal: false);

    private void RaiseWritable()
    {
        if (CloseReason is null)
        {
            _events?.OnWritable();
        }
    }

    private static bool IsStreamError(Exception error) =>
        error is IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException or UnauthorizedAccessException;
}
