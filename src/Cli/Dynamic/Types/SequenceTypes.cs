using System.Text.Json;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.Cli.Dynamic.Types;

/// <summary>A value type that may be missing.</summary>
internal sealed class NullableType(WireType value) : WireType(value.Name + "?")
{
    internal override bool IsValueType => false;

    internal override string Expected => value.Expected + ", or null";

    internal override void WriteExample(Utf8JsonWriter json, int depth) => value.WriteExample(json, depth);

    protected override void WriteValue(ref MessagePackWriter writer, JsonElement json, JsonPath path)
    {
        if (json.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
        {
            value.Write(ref writer, json, path);
            return;
        }

        try
        {
            value.Write(ref writer, json, path);
        }
        catch (JsonMismatchException mismatch) when (mismatch.Path == path.ToString())
        {
            throw Mismatch(json, path);
        }
    }

    protected override void ReadValue(ref MessagePackReader reader, Utf8JsonWriter json) => value.Read(ref reader, json);
}

/// <summary>An array, list, set, queue or stack.</summary>
internal sealed class SequenceType(string name, WireType element) : WireType(name)
{
    internal override bool IsValueType => false;

    internal override string Expected => $"an array of {element.Name}";

    internal override void WriteExample(Utf8JsonWriter json, int depth)
    {
        json.WriteStartArray();
        element.WriteExample(json, depth);
        json.WriteEndArray();
    }

    protected override void WriteValue(ref MessagePackWriter writer, JsonElement value, JsonPath path)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            throw Mismatch(value, path);
        }

        writer.WriteArrayHeader(value.GetArrayLength());
        int index = 0;
        foreach (JsonElement item in value.EnumerateArray())
        {
            element.Write(ref writer, item, path.Item(index++));
        }
    }

    protected override void ReadValue(ref MessagePackReader reader, Utf8JsonWriter json)
    {
        json.WriteStartArray();
        int count = reader.EnterArray();
        for (int i = 0; i < count; i++)
        {
            element.Read(ref reader, json);
        }

        reader.Leave();
        json.WriteEndArray();
    }
}

/// <summary>An array of two to four dimensions: arrays in arrays as JSON, lengths and one array of all elements on the wire.</summary>
internal sealed class GridType(string name, WireType element, int rank) : WireType(name)
{
    internal override bool IsValueType => false;

    internal override string Expected => $"arrays of equal length in each other, {rank} deep, of {element.Name}";

    internal override void WriteExample(Utf8JsonWriter json, int depth)
    {
        for (int i = 0; i < rank; i++)
        {
            json.WriteStartArray();
        }

        element.WriteExample(json, depth);
        for (int i = 0; i < rank; i++)
        {
            json.WriteEndArray();
        }
    }

    protected override void WriteValue(ref MessagePackWriter writer, JsonElement value, JsonPath path)
    {
        int[] lengths = new int[rank];
        int total = 1;
        JsonElement level = value;
        for (int i = 0; i < rank; i++)
        {
            if (level.ValueKind != JsonValueKind.Array)
            {
                throw Mismatch(value, path);
            }

            lengths[i] = level.GetArrayLength();
            total *= lengths[i];
            if (lengths[i] == 0)
            {
                break;
            }

            level = level[0];
        }

        writer.WriteArrayHeader(rank + 1);
        foreach (int length in lengths)
        {
            writer.Write(length);
        }

        writer.WriteArrayHeader(total);
        WriteLevel(ref writer, value, path, lengths);
    }

    protected override void ReadValue(ref MessagePackReader reader, Utf8JsonWriter json)
    {
        int[] lengths = new int[rank];
        int parts = reader.EnterArray();
        if (parts != rank + 1)
        {
            throw new IpcSerializationException($"{Name} has {rank + 1} parts on the wire; {parts} came.");
        }

        long total = 1;
        for (int i = 0; i < rank; i++)
        {
            lengths[i] = reader.ReadInt32();
            total *= lengths[i];
        }

        int count = reader.EnterArray();
        if (count != total || lengths.Any(static length => length < 0))
        {
            throw new IpcSerializationException($"{Name} of {string.Join(" x ", lengths)} came with {count} elements.");
        }

        ReadLevel(ref reader, json, lengths);
        reader.Leave();
        reader.Leave();
    }

    private void WriteLevel(ref MessagePackWriter writer, JsonElement value, JsonPath path, ReadOnlySpan<int> lengths)
    {
        if (lengths.IsEmpty)
        {
            element.Write(ref writer, value, path);
            return;
        }

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() != lengths[0])
        {
            throw new JsonMismatchException(path, $"an array of {lengths[0]}, as the first beside it", value);
        }

        for (int i = 0; i < lengths[0]; i++)
        {
            WriteLevel(ref writer, value[i], path.Item(i), lengths[1..]);
        }
    }

    private void ReadLevel(ref MessagePackReader reader, Utf8JsonWriter json, ReadOnlySpan<int> lengths)
    {
        if (lengths.IsEmpty)
        {
            element.Read(ref reader, json);
            return;
        }

        json.WriteStartArray();
        for (int i = 0; i < lengths[0]; i++)
        {
            ReadLevel(ref reader, json, lengths[1..]);
        }

        json.WriteEndArray();
    }
}

/// <summary>A tuple or pair: an array on the wire; as JSON an array too, or an object if all elements have names.</summary>
internal sealed class TupleType(string name, IReadOnlyList<(string? Name, WireType Type)> elements, bool isValueType) : WireType(name)
{
    // From the eighth element on, the rest is a tuple of its own on the wire.
    private const int Own = 7;

    private readonly bool _isNamed = elements.All(static element => element.Name is not null);

    internal override bool IsValueType => isValueType;

    internal override string Expected => _isNamed
        ? $"an object with {string.Join(", ", elements.Select(static element => element.Name))}, or an array of {elements.Count}"
        : $"an array of {elements.Count} ({string.Join(", ", elements.Select(static element => element.Type.Name))})";

    internal override void WriteDefault(ref MessagePackWriter writer)
    {
        if (!isValueType)
        {
            writer.WriteNil();
            return;
        }

        for (int i = 0; i < elements.Count; i++)
        {
            WriteHeader(ref writer, i);
            elements[i].Type.WriteDefault(ref writer);
        }
    }

    internal override void WriteExample(Utf8JsonWriter json, int depth) => WriteAll(json, (type, _) => type.WriteExample(json, depth));

    protected override void WriteValue(ref MessagePackWriter writer, JsonElement value, JsonPath path)
    {
        bool isArray = value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == elements.Count;
        if (!isArray && (value.ValueKind != JsonValueKind.Object || !_isNamed))
        {
            throw Mismatch(value, path);
        }

        for (int i = 0; i < elements.Count; i++)
        {
            WriteHeader(ref writer, i);
            if (isArray)
            {
                elements[i].Type.Write(ref writer, value[i], path.Item(i));
            }
            else if (value.TryGetProperty(elements[i].Name!, out JsonElement part))
            {
                elements[i].Type.Write(ref writer, part, path.Member(elements[i].Name!));
            }
            else
            {
                throw Mismatch(value, path);
            }
        }
    }

    protected override void ReadValue(ref MessagePackReader reader, Utf8JsonWriter json)
    {
        if (_isNamed)
        {
            json.WriteStartObject();
        }
        else
        {
            json.WriteStartArray();
        }

        int levels = 0;
        for (int i = 0; i < elements.Count; i++)
        {
            if (i % Own == 0)
            {
                int expected = Math.Min(elements.Count - i, Own + 1);
                int count = reader.EnterArray();
                levels++;
                if (count != expected)
                {
                    throw new IpcSerializationException($"{Name} has {expected} elements on the wire; {count} came.");
                }
            }

            if (_isNamed)
            {
                json.WritePropertyName(elements[i].Name!);
            }

            elements[i].Type.Read(ref reader, json);
        }

        for (; levels > 0; levels--)
        {
            reader.Leave();
        }

        if (_isNamed)
        {
            json.WriteEndObject();
        }
        else
        {
            json.WriteEndArray();
        }
    }

    private void WriteHeader(ref MessagePackWriter writer, int index)
    {
        if (index % Own == 0)
        {
            writer.WriteArrayHeader(Math.Min(elements.Count - index, Own + 1));
        }
    }

    private void WriteAll(Utf8JsonWriter json, Action<WireType, int> write)
    {
        if (_isNamed)
        {
            json.WriteStartObject();
        }
        else
        {
            json.WriteStartArray();
        }

        for (int i = 0; i < elements.Count; i++)
        {
            if (_isNamed)
            {
                json.WritePropertyName(elements[i].Name!);
            }

            write(elements[i].Type, i);
        }

        if (_isNamed)
        {
            json.WriteEndObject();
        }
        else
        {
            json.WriteEndArray();
        }
    }
}
