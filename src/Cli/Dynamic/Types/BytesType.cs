using System.Text.Json;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.Cli.Dynamic.Types;

/// <summary>Bytes, also those of packed elements: base64 as JSON.</summary>
internal sealed class BytesType(string name, string expected, string example) : WireType(name)
{
    internal override bool IsValueType => false;

    internal override string Expected => expected;

    internal static BytesType Of(string name) => new(name, "bytes as base64 in a string", "AAEC");

    internal static BytesType Packed(string name) => new(name, $"the memory of {name}, little-endian, as base64 in a string", "");

    internal override void WriteExample(Utf8JsonWriter json, int depth) => json.WriteStringValue(example);

    protected override void WriteValue(ref MessagePackWriter writer, JsonElement value, JsonPath path)
    {
        if (value.ValueKind != JsonValueKind.String || !value.TryGetBytesFromBase64(out byte[]? bytes))
        {
            throw Mismatch(value, path);
        }

        writer.WriteBinary(bytes);
    }

    protected override void ReadValue(ref MessagePackReader reader, Utf8JsonWriter json) => json.WriteBase64StringValue(reader.ReadBinarySpan());
}
