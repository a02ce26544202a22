using System.Buffers;

namespace Contracts.Ipc.Serialization;

/// <summary>Writes MessagePack.</summary>
public ref struct MessagePackWriter
{
    /// <summary>Writes into a buffer.</summary>
    /// <param name="output">Where to. Call <see cref="Flush"/> at the end.</param>
    public MessagePackWriter(IBufferWriter<byte> output) => throw new NotSupportedException();

    /// <summary>Starts an array.</summary>
    /// <param name="count">How many values follow.</param>
    public void WriteArrayHeader(int count) => throw new NotSupportedException();

    /// <summary>Hands what was written to the output.</summary>
    public void Flush() => throw new NotSupportedException();
}
