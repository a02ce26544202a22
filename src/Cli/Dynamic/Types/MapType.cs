using System.Buffers;
using System.Text.Json;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.Cli.Dynamic.Types;

/// <summary>A dictionary: an object as JSON if its keys can be names, else an array of pairs.</summary>
internal sealed class MapType(string name, WireType key, WireType value) : WireType(name)
{
    private readonly bool _isObject = CanBeName(key);

    internal override bool IsValueType => false;

    internal override string Expected => _isObject ? $"an object whose names are {key.Name} and whose values are {value.Name}" : $"an array of pairs [{key.Name}, {value.Name}]";

    internal override void WriteExample(Utf8JsonWriter json, int depth)
    {
        if (_isObject)
        {
            json.WriteStartObject();
            json.WritePropertyName(NameOf(output => key.WriteExample(output, depth)));
            value.WriteExample(json, depth);
            json.WriteEndObject();
            return;
        }

        json.WriteStartArray();
        json.WriteStartArray();
        key.WriteExample(json, depth);
        value.WriteExample(json, depth);
        json.WriteEndArray();
        json.WriteEndArray();
    }

    protected override void WriteValue(ref MessagePackWriter writer, JsonElement json, JsonPath path)
    {
        if (json.ValueKind == JsonValueKind.Object && _isObject)
        {
            writer.WriteMapHeader(json.EnumerateObject().Count());
            foreach (JsonProperty entry in json.EnumerateObject())
            {
                WriteKey(ref writer, entry.Name, path);
                value.Write(ref writer, entry.Value, path.Member(entry.Name));
            }

            return;
        }

        if (json.ValueKind != JsonValueKind.Array)
        {
            throw Mismatch(json, path);
        }

        writer.WriteMapHeader(json.GetArrayLength());
        int index = 0;
        foreach (JsonElement pair in json.EnumerateArray())
        {
            JsonPath here = path.Item(index++);
            if (pair.ValueKind != JsonValueKind.Array || pair.GetArrayLength() != 2)
            {
                throw new JsonMismatchException(here, $"a pair [{key.Name}, {value.Name}]", pair);
            }

            key.Write(ref writer, pair[0], here.Item(0));
            value.Write(ref writer, pair[1], here.Item(1));
        }
    }

    protected override void ReadValue(ref MessagePackReader reader, Utf8JsonWriter json)
    {
        int count = reader.EnterMap();
        if (_isObject)
        {
            json.WriteStartObject();
        }
        else
        {
            json.WriteStartArray();
        }

        for (int i = 0; i < count; i++)
        {
            if (_isObject)
            {
                json.WritePropertyName(ReadKey(ref reader));
                value.Read(ref reader, json);
            }
            else
            {
                json.WriteStartArray();
                key.Read(ref reader, json);
                value.Read(ref reader, json);
                json.WriteEndArray();
            }
        }

        if (_isObject)
        {
            json.WriteEndObject();
        }
        else
        {
            json.WriteEndArray();
        }

        reader.Leave();
    }

    private static bool CanBeName(WireType type)
        => type is EnumType || (Scalars.Find(type.Name) is { } scalar && ReferenceEquals(scalar, type) && type.Name is not ("Complex" or "BitArray"));

    /// <summary>A name is the key's text, or its JSON: 5, true.</summary>
    private void WriteKey(ref MessagePackWriter writer, string text, JsonPath path)
    {
        if (key.Name is "bool" || (key is not EnumType && Scalars.IsNumber(key.Name)))
        {
            try
            {
                using var number = JsonDocument.Parse(text);
                key.Write(ref writer, number.RootElement, path.Member(text));
                return;
            }
            catch (JsonException)
            {
                // NaN, or a mistake: as a string.
            }
        }

        using JsonDocument json = JsonDocument.Parse(Quote(text));
        key.Write(ref writer, json.RootElement, path.Member(text));
    }

    private string ReadKey(ref MessagePackReader reader)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            key.Read(ref reader, json);
        }

        return NameOf(buffer);
    }

    private static string NameOf(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            write(json);
        }

        return NameOf(buffer);
    }

    private static string NameOf(ArrayBufferWriter<byte> buffer)
    {
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.ValueKind == JsonValueKind.String ? document.RootElement.GetString()! : document.RootElement.GetRawText();
    }

    private static byte[] Quote(string text)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStringValue(text);
        }

        return buffer.WrittenSpan.ToArray();
    }
}
