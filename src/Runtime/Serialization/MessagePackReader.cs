namespace Contracts.Ipc.Serialization;

/// <summary>Reads MessagePack from one contiguous span.</summary>
public ref struct MessagePackReader
{
    /// <summary>Reads a span.</summary>
    /// <param name="input">What to read.</param>
    public MessagePackReader(ReadOnlySpan<byte> input) => throw new NotSupportedException();
}
