namespace Contracts.Ipc.Transports.Streams;

/// <summary>
/// Gives a stream, whose writes must be awaited, the sending side of a socket: takes what fits, never waits, says when there is room.
/// </summary>
/// <remarks>
/// At most one write is under way. What is given meanwhile collects in a second buffer and goes out with the next write; both
/// together never hold more than <see cref="Capacity"/>.
/// </remarks>
/// <param name="stream">Where the bytes go.</param>
/// <param name="onRoom">Called on a pool thread after <see cref="ArmWritable"/>, when there is room or sending has failed.</param>
internal sealed class SendPump(Stream stream, Action onRoom)
{
    /// <summary>How many bytes may wait, as much as a socket takes by default.</summary>
    public const int Capacity = 256 * 1024;

    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _idleAfterClose = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[] _filling = [];
    private byte[] _writing = [];
    private int _filled;
    private int _underWay;
    private bool _busy;
    private bool _closing;
    private bool _roomWanted;
    private Exception? _failure;

    /// <summary>Takes what fits.</summary>
    /// <exception cref="IpcConnectionException">An earlier write failed.</exception>
    public int Write(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        int taken;
        bool start;
        lock (_gate)
        {
            if (_failure is { } failure)
            {
                throw TransportError.CannotSend(failure.Message, failure);
            }

            taken = Put(first);
            taken += taken == first.Length ? Put(second) : 0;
            start = !_busy && _filled > 0;
            _busy |= start;
        }

        if (start)
        {
            _ = FlushAsync();
        }

        return taken;
    }

    /// <summary>Asks for one call of <c>onRoom</c>.</summary>
    public void ArmWritable()
    {
        lock (_gate)
        {
            _roomWanted = _failure is null && _filled + _underWay == Capacity;
            if (_roomWanted)
            {
                return;
            }
        }

        RaiseRoom();
    }

    /// <summary>Completes once everything that was taken is written, or cannot be.</summary>
    public Task FinishAsync()
    {
        lock (_gate)
        {
            _closing = true;
            return _busy ? _idleAfterClose.Task : Task.CompletedTask;
        }
    }

    private int Put(ReadOnlySpan<byte> bytes)
    {
        int taken = Math.Min(bytes.Length, Capacity - _filled - _underWay);
        if (taken > _filling.Length - _filled)
        {
            Array.Resize(ref _filling, Math.Clamp(2 * (_filled + taken), 4096, Capacity));
        }

        bytes[..taken].CopyTo(_filling.AsSpan(_filled));
        _filled += taken;
        return taken;
    }

    // Starts on the sender's thread, so that a write which need not wait costs no hop.
    private async Task FlushAsync()
    {
        while (true)
        {
            lock (_gate)
            {
                if (_filled == 0)
                {
                    _busy = false;
                    if (_closing)
                    {
                        _ = _idleAfterClose.TrySetResult();
                    }

                    return;
                }

                (_filling, _writing) = (_writing, _filling);
                (_underWay, _filled) = (_filled, 0);
            }

            Exception? failure = null;
            try
            {
                await stream.WriteAsync(_writing.AsMemory(0, _underWay)).ConfigureAwait(false);
                await stream.FlushAsync().ConfigureAwait(false);
            }
            catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
            {
                failure = error;
            }

            bool notify;
            lock (_gate)
            {
                _underWay = 0;
                if (failure is not null)
                {
                    _failure = failure;
                    _filled = 0;
                }

                notify = _roomWanted;
                _roomWanted = false;
            }

            if (notify)
            {
                RaiseRoom();
            }
        }
    }

    private void RaiseRoom() => ThreadPool.UnsafeQueueUserWorkItem(static raise => raise(), onRoom, preferLocal: false);
}
