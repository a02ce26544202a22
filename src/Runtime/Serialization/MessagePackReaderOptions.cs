namespace Contracts.Ipc.Serialization;

/// <summary>The limits of a <see cref="MessagePackReader"/>. The default value is safe for bytes from anywhere.</summary>
/// <remarks>
/// Two limits need no setting: no length is believed beyond the bytes that are there, and all arrays and maps of one message together
/// may not declare more values than the message has bytes.
/// </remarks>
public readonly struct MessagePackReaderOptions
{
    /// <summary>How deep arrays and maps may nest unless told otherwise.</summary>
    public const int DefaultMaxDepth = 64;

    private readonly int _maxDepth;
    private readonly int _maxElements;

    /// <summary>How deep arrays and maps may nest, in what is read and in what is skipped. 64 by default.</summary>
    public int MaxDepth
    {
        get => _maxDepth == 0 ? DefaultMaxDepth : _maxDepth;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            _maxDepth = value;
        }
    }

    /// <summary>
    /// How many values the arrays and maps of one message may declare together; a map's entry counts twice. By default as many as the
    /// message has bytes.
    /// </summary>
    public int MaxElements
    {
        get => _maxElements == 0 ? int.MaxValue : _maxElements;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            _maxElements = value;
        }
    }
}
