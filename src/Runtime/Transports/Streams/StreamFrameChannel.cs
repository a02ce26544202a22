using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Contracts.Ipc.Transports.Streams;

/// <summary>Frames over any duplex <see cref="Stream"/>: named pipes, sockets of systems other than Linux, whatever else can be read and written.</summary>
/// <remarks>
/// <para>A <see cref="PipeReader"/> reads the stream. One read is outstanding whenever nothing is left to deliver; its completion is the
/// readiness event, and as it needs no arming, the peer's end is seen without it too.</para>
/// <para>What a read brought is moved into the frame buffer by the holder of the lease, so that frames are cut, contiguous and checked, by the
/// same code as over every other transport. See docs/adr/0010-streams-are-read-by-pipelines.md.</para>
/// </remarks>
internal sealed class StreamFrameChannel : FrameChannel
{
    // Asked of the stream at a time: a whole frame of the largest size, and the prefix of the next.
    private const int ReadLength = 64 * 1024;

    // How long closing waits for the peer to take what was sent before.
    private static readonly TimeSpan CloseGrace = TimeSpan.FromSeconds(1);

    private readonly Stream _stream;
    private readonly PipeReader _reader;
    private readonly FrameBuffer _received;
    private readonly SendPump _pump;
    private readonly WakeSignal _wake = new();
    private readonly Func<bool> _isReadable;
    private readonly Action _onReadCompleted;

    private IChannelEvents? _events;
    private Exception? _closeReason;
    private ConfiguredValueTaskAwaitable<ReadResult>.ConfiguredValueTaskAwaiter _read;
    private volatile ReadState _state;
    private ReadResult _result;
    private Exception? _readError;
    private bool _armed;
    private bool _peerClosed;

    public StreamFrameChannel(Stream stream, PeerIdentity peer, int maximumFrameLength)
    {
        _stream = stream;
        _reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: ReadLength, leaveOpen: true));
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

        /// <summary>A read is outstanding.</summary>
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
                _reader.Complete();
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
        if (_readError is null && !_result.Buffer.IsEmpty)
        {
            return MoveToFrames(_result.Buffer);
        }

        Close(_readError is { } error ? TransportError.PeerLost(error.Message, error) : _received.EndOfStream());
        return -1;
    }

    /// <summary>Moves what fits; the reader keeps the rest, and gives it at once when it is asked next.</summary>
    private int MoveToFrames(ReadOnlySequence<byte> bytes)
    {
        Span<byte> room = _received.Room();
        ReadOnlySequence<byte> moved = bytes.Slice(0, Math.Min(bytes.Length, room.Length));
        moved.CopyTo(room);
        _reader.AdvanceTo(moved.End);
        _received.Commit((int)moved.Length);
        return (int)moved.Length;
    }

    private void StartRead()
    {
        try
        {
            ValueTask<ReadResult> read = _reader.ReadAsync();
            _read = read.ConfigureAwait(false).GetAwaiter();
        }
        catch (Exception error) when (IsStreamError(error))
        {
            EndRead(default, error);
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
            EndRead(default, error);
        }
    }

    private void EndRead(ReadResult result, Exception? error)
    {
        (_result, _readError) = (result, error);
        bool isEnd = error is not null || result.Buffer.IsEmpty;

        // Publishes the result: pairs with the acquire in TakeRead.
        _state = ReadState.Done;
        _wake.Set();
        RaiseReadableIfArmed();
        if (isEnd)
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
