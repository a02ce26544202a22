namespace Contracts.Ipc.Transports.Descriptors;

/// <summary>A message of fixed length with which two sides find each other in a stream that may carry anything else as well.</summary>
/// <typeparam name="TSelf">The message.</typeparam>
internal interface IScannedMessage<TSelf>
    where TSelf : struct, IScannedMessage<TSelf>
{
    /// <summary>How many bytes it has.</summary>
    static abstract int Length { get; }

    /// <summary>With which byte it may begin.</summary>
    static abstract bool MayBegin(byte value);

    /// <summary>Reads a message; false if the bytes are not one. It must be improbable that others are: magic and checksum.</summary>
    static abstract bool TryRead(ReadOnlySpan<byte> bytes, out TSelf message);
}

/// <summary>Finds the messages in a stream. What is none is skipped, byte by byte: it never costs the message that follows.</summary>
/// <remarks>It never asks for more than what a message lacks, so that not a byte is taken of what follows the message.</remarks>
/// <typeparam name="TMessage">The message.</typeparam>
internal sealed class MessageScanner<TMessage>
    where TMessage : struct, IScannedMessage<TMessage>
{
    private readonly byte[] _bytes = new byte[TMessage.Length];
    private int _held;

    /// <summary>How many bytes were no message, in all.</summary>
    public long Skipped { get; private set; }

    /// <summary>Where the next bytes go: never empty after <see cref="TryTake"/>.</summary>
    public Span<byte> Room => _bytes.AsSpan(_held);

    /// <summary>Says that so many bytes were put into the room.</summary>
    public void Commit(int count) => _held += count;

    /// <summary>Takes the message, if there is one in what has come.</summary>
    public bool TryTake(out TMessage message)
    {
        while (_held == _bytes.Length)
        {
            if (TMessage.TryRead(_bytes, out message))
            {
                _held = 0;
                return true;
            }

            SkipToCandidate();
        }

        message = default;
        return false;
    }

    private void SkipToCandidate()
    {
        int candidate = 1;
        while (candidate < _held && !TMessage.MayBegin(_bytes[candidate]))
        {
            candidate++;
        }

        _bytes.AsSpan(candidate.._held).CopyTo(_bytes);
        _held -= candidate;
        Skipped += candidate;
    }
}
