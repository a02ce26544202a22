using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.Benchmarks.Serializers;

/// <summary>One row pair of the table.</summary>
internal interface IPayload
{
    void Measure(TextWriter output);
}

/// <summary>Measures one value with both serializers, interleaved, each into a buffer that is reused.</summary>
internal sealed class Payload<T, TFormatter>(string name, T value, JsonTypeInfo<T> json, double writeTarget, double readTarget) : IPayload
    where T : class
    where TFormatter : struct, IMessageFormatter<T?>
{
    public void Measure(TextWriter output)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 20);
        using var jsonWriter = new Utf8JsonWriter(buffer);
        byte[] text = JsonSerializer.SerializeToUtf8Bytes(value, json);
        byte[] packed = Pack(buffer);
        if (!JsonSerializer.SerializeToUtf8Bytes(Unpack(packed), json).AsSpan().SequenceEqual(text))
        {
            throw new InvalidOperationException($"{name} does not survive a round trip.");
        }

        void WriteJson()
        {
            buffer.ResetWrittenCount();
            jsonWriter.Reset(buffer);
            JsonSerializer.Serialize(jsonWriter, value, json);
        }

        void WritePacked()
        {
            buffer.ResetWrittenCount();
            var writer = new MessagePackWriter(buffer);
            TFormatter.Write(ref writer, value);
            writer.Flush();
        }

        void ReadJson() => Sink = JsonSerializer.Deserialize(text, json);

        void ReadPacked() => Sink = Unpack(packed);

        (Sample json1, Sample ours1) = Clock.Compare(WriteJson, WritePacked);
        Row(output, "serialize", json1, ours1, writeTarget, text.Length, packed.Length);
        (Sample json2, Sample ours2) = Clock.Compare(ReadJson, ReadPacked);
        Row(output, "deserialize", json2, ours2, readTarget, text.Length, packed.Length);
    }

    // Keeps results alive, so that nothing is optimised away.
    private static object? Sink { get; set; }

    private byte[] Pack(ArrayBufferWriter<byte> buffer)
    {
        buffer.ResetWrittenCount();
        var writer = new MessagePackWriter(buffer);
        TFormatter.Write(ref writer, value);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static T Unpack(byte[] bytes)
    {
        var reader = new MessagePackReader(bytes);
        T result = TFormatter.Read(ref reader)!;
        reader.ThrowIfNotAtEnd();
        return result;
    }

    private void Row(TextWriter output, string what, Sample stj, Sample ours, double target, int textLength, int packedLength)
    {
        string goal = double.IsNaN(target) ? "" : target.ToString("0.000", CultureInfo.InvariantCulture);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {what} | {stj.Nanoseconds:0.0} | {ours.Nanoseconds:0.0} | {ours.Nanoseconds / stj.Nanoseconds:0.000} | {goal} | {stj.Bytes} / {ours.Bytes} | {textLength} / {packedLength} |"));
    }
}
