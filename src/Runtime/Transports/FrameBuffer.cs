using System.Buffers;
using System.Buffers.Binary;

namespace Contracts.Ipc.Transports;

/// <summary>
/// Cuts a stream of bytes into frames: u32 little-endian length, then that many bytes. Belongs to whoever holds the receive lease.
/// </summary>
/// <remarks>
/// <para>Frames are handed out as spans of the buffer itself. <see cref="Room"/> may move or replace what is stored, so it ends the
/// validity of every frame taken before; nothing else does.</para>
/// <para>The length prefix is checked before anything is allocated, and the buffer grows with what arrives, at most to two of the
/// largest frames (rounded up by the pool), so that one read can bring many frames.</para>
/// </remarks>
internal sealed class FrameBuffer(int maximumFrameLength)
{
    /// <summary>The length prefix.</summary>
    public const int PrefixLength = sizeof(uint);

    /// <summary>No frame is shorter than its header.</summary>
    public const int HeaderLength = 16;

    private const int InitialLength = 16 * 1024;

    private readonly int _limit = Math.Max(InitialLength, 2 * (PrefixLength + maximumFrameLength));

    private byte[] _bytes = [];
    private int _start;
    private int _end;
    private bool _wasFilled;
    private bool _frameReady;
    private uint _badLength;
    private bool _malformed;

    /// <summary>
    /// Whether <see cref="TryTake"/> would find something: a whole frame, or a length prefix that is an error. May be read by any
    /// thread; only the holder of the lease gets an exact answer.
    /// </summary>
    public bool FrameReady => Volatile.Read(ref _frameReady);

    /// <summary>Why there can be no further frame, once a length prefix was out of bounds.</summary>
    public IpcProtocolException? Violation => _malformed ? TransportError.FrameLength(_badLength, maximumFrameLength) : null;

    /// <summary>The length prefix that was out of bounds, if there was one.</summary>
    public uint? BadLength => _malformed ? _badLength : null;

    /// <summary>Whether bytes of an unfinished frame are held.</summary>
    public bool IsInsideFrame => _end != _start && !FrameReady;

    /// <summary>How the stream's end looks to the user: at a frame's boundary or in the middle of one.</summary>
    public IpcConnectionException EndOfStream()
    {
        int held = _end - _start;
        return held switch
        {
            0 => TransportError.PeerClosed(),
            < PrefixLength => TransportError.PeerClosedInFrame(held, 0),
            _ => TransportError.PeerClosedInFrame(held - PrefixLength, (int)Prefix()),
        };
    }

    /// <summary>Takes the next whole frame, prefix removed.</summary>
    public bool TryTake(out ReadOnlySpan<byte> frame)
    {
        if (_frameReady && !_malformed)
        {
            // Detached before the caller can run anything: its sink may lose the lease, and the next holder goes on from here.
            int length = (int)Prefix();
            frame = _bytes.AsSpan(_start + PrefixLength, length);
            _start += PrefixLength + length;
            Inspect();
            return true;
        }

        frame = default;
        return false;
    }

    /// <summary>
    /// Takes the one whole frame of which the bytes that were just put into the room consist, if they do and nothing was there before. They are used up then,
    /// and must not be committed.
    /// </summary>
    public bool TryTakeSingle(int count, out ReadOnlySpan<byte> frame)
    {
        if (_end == 0 && count >= PrefixLength + HeaderLength && Prefix() == (uint)(count - PrefixLength) && count - PrefixLength <= maximumFrameLength)
        {
            frame = _bytes.AsSpan(PrefixLength, count - PrefixLength);
            return true;
        }

        frame = default;
        return false;
    }

    /// <summary>Gives every whole frame to the sink.</summary>
    /// <returns><see cref="ReceiveStatus.Received"/>, or <see cref="ReceiveStatus.Stopped"/> if the sink has lost the lease: then nothing here may be touched.</returns>
    /// <exception cref="IpcProtocolException">What follows is not a frame.</exception>
    public ReceiveStatus Deliver(IFrameSink sink)
    {
        while (TryTake(out ReadOnlySpan<byte> frame))
        {
            if (!sink.OnFrame(frame))
            {
                return ReceiveStatus.Stopped;
            }
        }

        return Violation is { } violation ? throw violation : ReceiveStatus.Received;
    }

    /// <summary>Where the next bytes go: never empty. Ends the validity of every frame taken before.</summary>
    public Span<byte> Room()
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }

        int held = _end - _start;
        int wanted = held < PrefixLength ? PrefixLength : PrefixLength + (int)Prefix();
        if (_wasFilled || wanted > _bytes.Length - _start)
        {
            MakeRoom(held, wanted);
        }

        return _bytes.AsSpan(_end);
    }

    /// <summary>Says how many bytes were put into the room.</summary>
    public void Commit(int count)
    {
        _end += count;
        _wasFilled = _end == _bytes.Length;
        if (!_frameReady)
        {
            Inspect();
        }
    }

    /// <summary>Gives the memory back. Only when no frame that was taken is in use any more.</summary>
    public void Release()
    {
        byte[] bytes = _bytes;
        _bytes = [];
        _start = _end = 0;
        Volatile.Write(ref _frameReady, false);
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    // Looks at the prefix at the start, once per frame.
    private void Inspect()
    {
        int held = _end - _start;
        bool ready = false;
        if (held >= PrefixLength)
        {
            uint length = Prefix();
            if (length < HeaderLength || length > (uint)maximumFrameLength)
            {
                _malformed = true;
                _badLength = length;
                ready = true;
            }
            else
            {
                ready = held - PrefixLength >= (int)length;
            }
        }

        Volatile.Write(ref _frameReady, ready);
    }

    private uint Prefix() => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(_start));

    private void MakeRoom(int held, int wanted)
    {
        // The declared length is only a claim, so the buffer grows with what came. A read that filled everything says that more is
        // waiting: a larger buffer then saves calls.
        int length = Math.Max(InitialLength, Math.Min(wanted, 4 * held));
        if (_wasFilled)
        {
            length = Math.Max(length, Math.Min(_limit, 4 * _bytes.Length));
        }

        _wasFilled = false;
        if (length > _bytes.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(length);
            _bytes.AsSpan(_start, held).CopyTo(larger);
            if (_bytes.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(_bytes);
            }

            _bytes = larger;
        }
        else
        {
            _bytes.AsSpan(_start, held).CopyTo(_bytes);
        }

        _start = 0;
        _end = held;
    }
}
