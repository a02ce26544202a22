using System.Globalization;
using System.Text.Json;
using Contracts.Ipc.Serialization;
using Contracts.Ipc.Serialization.Formatters;

namespace Contracts.Ipc.Cli.Dynamic.Types;

/// <summary>
/// A type of which the declaration does not say how it travels, because a formatter of the user's writes it: MessagePack describes itself well
/// enough to be shown, and JSON's own types can be sent.
/// </summary>
internal sealed class RawType(string name) : WireType(name)
{
    private const string Binary = "$binary";
    private const string Extension = "$extension";

    internal override bool IsValueType => false;

    internal override string Expected => "what the formatter of " + Name + " reads";

    internal override void WriteExample(Utf8JsonWriter json, int depth) => json.WriteNullValue();

    protected override void WriteValue(ref MessagePackWriter writer, JsonElement value, JsonPath path)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.True or JsonValueKind.False:
                writer.Write(value.GetBoolean());
                break;
            case JsonValueKind.Number when value.TryGetInt64(out long number):
                writer.Write(number);
                break;
            case JsonValueKind.Number when value.TryGetUInt64(out ulong number):
                writer.Write(number);
                break;
            case JsonValueKind.Number:
                writer.Write(value.GetDouble());
                break;
            case JsonValueKind.String:
                writer.Write(value.GetString());
                break;
            case JsonValueKind.Array:
                WriteArray(ref writer, value, path);
                break;
            case JsonValueKind.Object:
                WriteObject(ref writer, value, path);
                break;
            default:
                throw Mismatch(value, path);
        }
    }

    protected override void ReadValue(ref MessagePackReader reader, Utf8JsonWriter json)
    {
        byte code = reader.PeekCode("a value");
        switch (code)
        {
            case MessagePackCode.True or MessagePackCode.False:
                json.WriteBooleanValue(reader.ReadBoolean());
                break;
            case MessagePackCode.UInt64:
                json.WriteNumberValue(reader.ReadUInt64());
                break;
            case <= MessagePackCode.MaxFixInt or >= MessagePackCode.MinNegativeFixInt or (>= MessagePackCode.UInt8 and <= MessagePackCode.Int64):
                json.WriteNumberValue(reader.ReadInt64());
                break;
            case MessagePackCode.Float32 or MessagePackCode.Float64:
                Scalars.Find("double")!.Read(ref reader, json);
                break;
            case (>= MessagePackCode.FixStr and < MessagePackCode.Nil) or (>= MessagePackCode.Str8 and <= MessagePackCode.Str32):
                json.WriteStringValue(reader.ReadString());
                break;
            case >= MessagePackCode.Bin8 and <= MessagePackCode.Bin32:
                json.WriteStartObject();
                json.WriteBase64String(Binary, reader.ReadBinarySpan());
                json.WriteEndObject();
                break;
            case (>= MessagePackCode.FixArray and < MessagePackCode.FixStr) or MessagePackCode.Array16 or MessagePackCode.Array32:
                ReadArray(ref reader, json);
                break;
            case (>= MessagePackCode.FixMap and < MessagePackCode.FixArray) or MessagePackCode.Map16 or MessagePackCode.Map32:
                ReadMap(ref reader, json);
                break;
            default:
                ReadExtension(ref reader, json);
                break;
        }
    }

    private void WriteArray(ref MessagePackWriter writer, JsonElement value, JsonPath path)
    {
        writer.WriteArrayHeader(value.GetArrayLength());
        int index = 0;
        foreach (JsonElement item in value.EnumerateArray())
        {
            Write(ref writer, item, path.Item(index++));
        }
    }

    private void WriteObject(ref MessagePackWriter writer, JsonElement value, JsonPath path)
    {
        if (value.TryGetProperty(Binary, out JsonElement binary) && binary.ValueKind == JsonValueKind.String && binary.TryGetBytesFromBase64(out byte[]? bytes))
        {
            writer.WriteBinary(bytes);
            return;
        }

        writer.WriteMapHeader(value.EnumerateObject().Count());
        foreach (JsonProperty member in value.EnumerateObject())
        {
            writer.Write(member.Name);
            Write(ref writer, member.Value, path.Member(member.Name));
        }
    }

    private void ReadArray(ref MessagePackReader reader, Utf8JsonWriter json)
    {
        json.WriteStartArray();
        int count = reader.EnterArray();
        for (int i = 0; i < count; i++)
        {
            Read(ref reader, json);
        }

        reader.Leave();
        json.WriteEndArray();
    }

    private void ReadMap(ref MessagePackReader reader, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        int count = reader.EnterMap();
        for (int i = 0; i < count; i++)
        {
            byte code = reader.PeekCode("a key");
            bool isText = code is (>= MessagePackCode.FixStr and < MessagePackCode.Nil) or (>= MessagePackCode.Str8 and <= MessagePackCode.Str32);
            json.WritePropertyName(isText ? reader.ReadString()! : TextOf(reader.ReadRaw()));
            Read(ref reader, json);
        }

        reader.Leave();
        json.WriteEndObject();
    }

    /// <summary>A key that is no string, as its JSON.</summary>
    private string TextOf(ReadOnlySpan<byte> messagePack)
    {
        var reader = new MessagePackReader(messagePack);
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            Read(ref reader, json);
        }

        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void ReadExtension(ref MessagePackReader reader, Utf8JsonWriter json)
    {
        var ahead = new MessagePackReader(reader.ReadRaw());
        MessagePackReader again = ahead;
        ReadOnlySpan<byte> data = ahead.ReadExtensionSpan(out sbyte type);
        if (type == MessagePackCode.Timestamp)
        {
            json.WriteStringValue(DateTimeFormatter.Read(ref again).ToString("O", CultureInfo.InvariantCulture));
            return;
        }

        json.WriteStartObject();
        json.WriteNumber(Extension, type);
        json.WriteBase64String(Binary, data);
        json.WriteEndObject();
    }
}
