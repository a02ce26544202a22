using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;

namespace Contracts.Ipc.Transports.Streams;

/// <summary>
/// Gives a stream, whose writes must be awaited, the sending side of a socket: takes what fits, never waits, says when there is room.
/// </summary>
/// <remarks>
/// A <see cref="Pipe"/> holds what was taken, and one loop writes it to the stream; what is given during a write goes out with the next
/// one. The pipe itself never pauses its writer, because nobody could wait for that here: the bound is ours.
/// </remarks>
internal sealed class SendPump
{
    /// <summary>How many bytes may wait, as much as a socket takes by default.</summary>
    public const int Capacity = 256 * 1024;

    // The reader's scheduler is inline: a write starts on the sender's thread, so that one which need not wait costs no hop.
    private static readonly PipeOptions Options = new(
        readerScheduler: PipeScheduler.Inline, pauseWriterThreshold: 0, resumeWriterThreshold: 0, useSynchronizationContext: false);

    private readonly Lock _gate = new();
    private readonly Pipe _pipe = new(Options);
    private readonly Stream _stream;
    private readonly Action _onRoom;
    private readonly Task _writing;
    private int _held;
    private bool _closing;
    private bool _roomWanted;
    private Exception? _failure;

    /// <param name="stream">Where the bytes go.</param>
    /// <param name="onRoom">Called on a pool thread after <see cref="ArmWritable"/>, when there is room or sending has failed.</param>
    public SendPump(Stream stream, Action onRoom)
    {
        _stream = stream;
        _onRoom = onRoom;
        _writing = WriteToStreamAsync();
    }

    /// <summary>Takes what fits.</summary>
    /// <exception cref="IpcConnectionException">An earlier write failed.</exception>
    public int Write(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        lock (_gate)
        {
            if (_failure is { } failure)
            {
                throw TransportError.CannotSend(failure.Message, failure);
            }

            int taken = _closing ? 0 : Put(first);
            taken += taken == first.Length ? Put(second) : 0;
            if (taken > 0)
            {
                // Hands the bytes to the loop. Complete at once, since the pipe does not pause.
                ValueTask<FlushResult> flushed = _pipe.Writer.FlushAsync();
                Debug.Assert(flushed.IsCompleted, "A pipe without a threshold never pauses its writer.");
            }

            return taken;
        }
    }

    /// <summary>Asks for one call of <c>onRoom</c>.</summary>
    public void ArmWritable()
    {
        lock (_gate)
        {
            _roomWanted = _failure is null && _held == Capacity;
            if (_roomWanted)
            {
                return;
            }
        }

        RaiseRoom();
    }

    /// <summary>Takes nothing more. Completes once everything that was taken is written, or cannot be.</summary>
    public Task FinishAsync()
    {
        lock (_gate)
        {
            if (!_closing)
            {
                _closing = true;
                _pipe.Writer.Complete();
            }
        }

        return _writing;
    }

    private int Put(ReadOnlySpan<byte> bytes)
    {
        int taken = Math.Min(bytes.Length, Capacity - _held);
        _pipe.Writer.Write(bytes[..taken]);
        _held += taken;
        return taken;
    }

    private async Task WriteToStreamAsync()
    {
        Exception? failure = null;
        try
        {
            bool more = true;
            while (more)
            {
                ReadResult result = await _pipe.Reader.ReadAsync().ConfigureAwait(false);
                await WriteAsync(result.Buffer).ConfigureAwait(false);
                more = !result.IsCompleted;
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            failure = error;
        }

        await _pipe.Reader.CompleteAsync().ConfigureAwait(false);
        if (failure is not null)
        {
            OnWritten(0, failure);
        }
    }

    private async ValueTask WriteAsync(ReadOnlySequence<byte> bytes)
    {
        foreach (ReadOnlyMemory<byte> segment in bytes)
        {
            await _stream.WriteAsync(segment).ConfigureAwait(false);
        }

        await _stream.FlushAsync().ConfigureAwait(false);
        int length = (int)bytes.Length;
        _pipe.Reader.AdvanceTo(bytes.End);
        OnWritten(length, null);
    }

    private void OnWritten(int length, Exception? failure)
    {
        bool notify;
        lock (_gate)
        {
            _held -= length;
            _failure = failure;
            notify = _roomWanted;
            _roomWanted = false;
        }

        if (notify)
        {
            RaiseRoom();
        }
    }

    private void RaiseRoom() => ThreadPool.UnsafeQueueUserWorkItem(static raise => raise(), _onRoom, preferLocal: false);
}
