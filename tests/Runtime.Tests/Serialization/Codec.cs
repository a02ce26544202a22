using System.Buffers;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.Runtime.Tests.Serialization;

/// <summary>Writes and reads one value, as a message of its own.</summary>
internal static class Codec
{
    public static byte[] Write<T, TFormatter>(T value)
        where TFormatter : struct, IMessageFormatter<T>
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(output);
        TFormatter.Write(ref writer, value);
        writer.Flush();
        return output.WrittenSpan.ToArray();
    }

    public static T Read<T, TFormatter>(ReadOnlySpan<byte> bytes)
        where TFormatter : struct, IMessageFormatter<T>
    {
        var reader = new MessagePackReader(bytes);
        T value = TFormatter.Read(ref reader);
        reader.ThrowIfNotAtEnd();
        return value;
    }

    /// <summary>Expects that the bytes are refused.</summary>
    public static IpcSerializationException Fails<T, TFormatter>(params byte[] bytes)
        where TFormatter : struct, IMessageFormatter<T>
        => Assert.Throws<IpcSerializationException>(() => Read<T, TFormatter>(bytes));

    public static byte[] Hex(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
