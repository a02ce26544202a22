using System.Globalization;
using System.Text.Json;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.Cli.Dynamic.Types;

/// <summary>One member of a message.</summary>
/// <param name="Name">In C#.</param>
/// <param name="Key">In a map.</param>
/// <param name="Index">In an array; -1 in a map.</param>
/// <param name="Type">Its type.</param>
internal sealed record MessageMember(string Name, string Key, int Index, WireType Type);

/// <summary>A message: an object as JSON, by the names of its members.</summary>
/// <remarks>Its members are known only after it was made, because a message may contain itself.</remarks>
internal sealed class MessageType(string name, string fullName, bool isValueType, bool isArray) : WireType(name)
{
    // Deep enough to show how a message looks; one that contains itself must end somewhere.
    private const int ExampleDepth = 3;

    /// <summary>As faults and unions call it.</summary>
    internal string FullName { get; } = fullName;

    internal IReadOnlyList<MessageMember> Members { get; set; } = [];

    internal override bool IsValueType => isValueType;

    internal override string Expected => Members.Count == 0
        ? $"an empty object ({Name} has no members)"
        : $"an object with {string.Join(", ", Members.Select(static member => member.Name))} ({Name})";

    internal override void WriteDefault(ref MessagePackWriter writer)
    {
        if (!isValueType)
        {
            writer.WriteNil();
        }
        else if (isArray)
        {
            writer.WriteArrayHeader(0);
        }
        else
        {
            writer.WriteMapHeader(0);
        }
    }

    internal override void WriteExample(Utf8JsonWriter json, int depth)
    {
        if (depth >= ExampleDepth && !isValueType)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        WriteExampleMembers(json, depth);
        json.WriteEndObject();
    }

    internal void WriteExampleMembers(Utf8JsonWriter json, int depth)
    {
        foreach (MessageMember member in Members)
        {
            json.WritePropertyName(member.Name);
            member.Type.WriteExample(json, depth + 1);
        }
    }

    /// <summary>As <see cref="WireType.Write"/>, but for a member that belongs to somebody else.</summary>
    internal void WriteMembers(ref MessagePackWriter writer, JsonElement value, JsonPath path, string? except)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw Mismatch(value, path);
        }

        var given = new Dictionary<MessageMember, (JsonElement Value, JsonPath Path)>();
        foreach (JsonProperty property in value.EnumerateObject())
        {
            if (property.Name != except)
            {
                JsonPath here = path.Member(property.Name);
                MessageMember member = Find(property.Name) ?? throw new JsonMismatchException(here, MemberOfThis(), "a member that it does not have");
                if (!given.TryAdd(member, (property.Value, here)))
                {
                    throw new JsonMismatchException(here, $"{member.Name} once", "it again");
                }
            }
        }

        if (isArray)
        {
            WriteArray(ref writer, given);
        }
        else
        {
            writer.WriteMapHeader(given.Count);
            foreach ((MessageMember member, (JsonElement Value, JsonPath Path) part) in given)
            {
                writer.Write(member.Key);
                member.Type.Write(ref writer, part.Value, part.Path);
            }
        }
    }

    /// <summary>As <see cref="WireType.Read"/>, without the braces.</summary>
    internal void ReadMembers(ref MessagePackReader reader, Utf8JsonWriter json)
    {
        int count = isArray ? reader.EnterArray() : reader.EnterMap();
        for (int i = 0; i < count; i++)
        {
            string key = isArray ? i.ToString(CultureInfo.InvariantCulture) : reader.ReadString() ?? "";
            MessageMember? member = Members.FirstOrDefault(candidate => isArray ? candidate.Index == i : candidate.Key == key);
            if (member is null && isArray && reader.TryReadNil())
            {
                // A gap.
                continue;
            }

            // What a newer server has appended is shown as it is.
            json.WritePropertyName(member?.Name ?? key);
            (member?.Type ?? Unknown).Read(ref reader, json);
        }

        reader.Leave();
    }

    protected override void WriteValue(ref MessagePackWriter writer, JsonElement value, JsonPath path) => WriteMembers(ref writer, value, path, except: null);

    protected override void ReadValue(ref MessagePackReader reader, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        ReadMembers(ref reader, json);
        json.WriteEndObject();
    }

    private static RawType Unknown { get; } = new("a member that is not declared");

    private string MemberOfThis()
        => Members.Count == 0 ? $"no member, for {Name} has none" : $"a member of {Name}: {string.Join(", ", Members.Select(static member => member.Name))}";

    // The name, else the key, else the name in another case, as long as that means one member.
    private MessageMember? Find(string name)
        => Members.FirstOrDefault(member => member.Name == name)
            ?? Members.FirstOrDefault(member => (isArray ? member.Index.ToString(CultureInfo.InvariantCulture) : member.Key) == name)
            ?? (Members.Where(member => member.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Take(2).ToArray() is [MessageMember only] ? only : null);

    /// <summary>What is left out at the end keeps its initial value; before a member that was given, something has to stand.</summary>
    private void WriteArray(ref MessagePackWriter writer, Dictionary<MessageMember, (JsonElement Value, JsonPath Path)> given)
    {
        int length = given.Count == 0 ? 0 : given.Keys.Max(static member => member.Index) + 1;
        writer.WriteArrayHeader(length);
        for (int i = 0; i < length; i++)
        {
            MessageMember? member = Members.FirstOrDefault(candidate => candidate.Index == i);
            if (member is null)
            {
                writer.WriteNil();
            }
            else if (given.TryGetValue(member, out (JsonElement Value, JsonPath Path) part))
            {
                member.Type.Write(ref writer, part.Value, part.Path);
            }
            else
            {
                member.Type.WriteDefault(ref writer);
            }
        }
    }
}

/// <summary>A closed hierarchy: an object whose <c>$type</c> says which case it is, by name or tag.</summary>
internal sealed class UnionType(string name) : WireType(name)
{
    internal const string Discriminator = "$type";

    internal IReadOnlyList<(int Tag, string Name, WireType Type)> Cases { get; set; } = [];

    internal override bool IsValueType => false;

    internal override string Expected => $"an object whose {Discriminator} is {string.Join(", ", Cases.Select(static item => $"\"{item.Name}\" or {item.Tag}"))}";

    internal override void WriteExample(Utf8JsonWriter json, int depth)
    {
        (_, string first, WireType type) = Cases[0];
        json.WriteStartObject();
        json.WriteString(Discriminator, first);
        (type as MessageType)?.WriteExampleMembers(json, depth);
        json.WriteEndObject();
    }

    protected override void WriteValue(ref MessagePackWriter writer, JsonElement value, JsonPath path)
    {
        if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(Discriminator, out JsonElement discriminator))
        {
            throw Mismatch(value, path);
        }

        (int tag, _, WireType? type) = Cases.FirstOrDefault(item => Is(item, discriminator));
        if (type is null)
        {
            throw new JsonMismatchException(path.Member(Discriminator), string.Join(", ", Cases.Select(static item => $"\"{item.Name}\" or {item.Tag}")), discriminator);
        }

        writer.WriteArrayHeader(2);
        writer.Write(tag);
        if (type is MessageType message)
        {
            message.WriteMembers(ref writer, value, path, Discriminator);
        }
        else
        {
            type.Write(ref writer, value, path);
        }
    }

    protected override void ReadValue(ref MessagePackReader reader, Utf8JsonWriter json)
    {
        _ = reader.TryEnterUnion(out int tag);
        (_, string? known, WireType? type) = Cases.FirstOrDefault(item => item.Tag == tag);
        json.WriteStartObject();
        if (known is null)
        {
            json.WriteNumber(Discriminator, tag);
        }
        else
        {
            json.WriteString(Discriminator, known);
        }

        if (type is MessageType message)
        {
            message.ReadMembers(ref reader, json);
        }
        else
        {
            json.WritePropertyName("$value");
            (type ?? new RawType(Name)).Read(ref reader, json);
        }

        json.WriteEndObject();
        reader.Leave();
    }

    private static bool Is((int Tag, string Name, WireType Type) item, JsonElement discriminator) => discriminator.ValueKind switch
    {
        JsonValueKind.Number => discriminator.TryGetInt32(out int tag) && tag == item.Tag,
        JsonValueKind.String => discriminator.GetString() is { } text
            && (text.Equals(item.Name, StringComparison.OrdinalIgnoreCase) || (item.Type is MessageType message && message.FullName == text)),
        _ => false,
    };
}
