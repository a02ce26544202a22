namespace Contracts.Ipc.Transports.Fifo;

/// <summary>Finds the messages in what comes out of the server's FIFO.</summary>
/// <remarks>
/// Each client's 64 bytes are in one piece, but anybody with the rights of this user may write anything else between them. So messages are looked for, by their magic and
/// their checksum, and what is none is skipped, byte by byte: it never costs the message that follows.
/// </remarks>
internal sealed class FifoInbox
{
    private readonly byte[] _bytes = new byte[64 * FifoMessage.Length];
    private int _start;
    private int _end;

    /// <summary>How many bytes were no message, in all.</summary>
    public long Skipped { get; private set; }

    /// <summary>Where the next bytes go: never empty, because less than a message is ever left.</summary>
    public Span<byte> Room()
    {
        _bytes.AsSpan(_start.._end).CopyTo(_bytes);
        _end -= _start;
        _start = 0;
        return _bytes.AsSpan(_end);
    }

    /// <summary>Says how many bytes were put into the room.</summary>
    public void Commit(int count) => _end += count;

    /// <summary>Takes the next message, until there is none in what has come.</summary>
    public bool TryTake(out FifoMessage message)
    {
        while (true)
        {
            ReadOnlySpan<byte> rest = _bytes.AsSpan(_start.._end);
            int candidate = rest.IndexOf(FifoMessage.Magic[0]);
            Skip(candidate < 0 ? rest.Length : candidate);
            rest = _bytes.AsSpan(_start.._end);
            if (rest.Length < FifoMessage.Length)
            {
                message = default;
                return false;
            }

            if (FifoMessage.TryRead(rest, out FifoMessage? found))
            {
                _start += FifoMessage.Length;
                message = found.Value;
                return true;
            }

            Skip(1);
        }
    }

    private void Skip(int count)
    {
        _start += count;
        Skipped += count;
    }
}
