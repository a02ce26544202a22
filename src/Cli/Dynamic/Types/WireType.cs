using System.Text.Json;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.Cli.Dynamic.Types;

/// <summary>
/// One type of a contract, as docs/wire-types.md says that it travels: turns JSON into MessagePack and back without having the type.
/// </summary>
/// <param name="name">As the contract spells it.</param>
internal abstract class WireType(string name)
{
    internal string Name { get; } = name;

    /// <summary>Whether it has no null.</summary>
    internal virtual bool IsValueType => true;

    /// <summary>What its JSON looks like, for the sentence "expected …".</summary>
    internal abstract string Expected { get; }

    /// <exception cref="JsonMismatchException">The JSON is something else.</exception>
    internal void Write(ref MessagePackWriter writer, JsonElement value, JsonPath path)
    {
        if (value.ValueKind == JsonValueKind.Null && !IsValueType)
        {
            writer.WriteNil();
            return;
        }

        WriteValue(ref writer, value, path);
    }

    internal void Read(ref MessagePackReader reader, Utf8JsonWriter json)
    {
        if (!IsValueType && reader.TryReadNil())
        {
            json.WriteNullValue();
            return;
        }

        ReadValue(ref reader, json);
    }

    /// <summary>Writes what stands for a member that was left out although later ones were given.</summary>
    internal virtual void WriteDefault(ref MessagePackWriter writer) => writer.WriteNil();

    /// <summary>Writes a value that would do.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="depth">How many messages deep: those that contain themselves must end.</param>
    internal abstract void WriteExample(Utf8JsonWriter json, int depth);

    protected abstract void WriteValue(ref MessagePackWriter writer, JsonElement value, JsonPath path);

    protected abstract void ReadValue(ref MessagePackReader reader, Utf8JsonWriter json);

    protected JsonMismatchException Mismatch(JsonElement value, JsonPath path) => new(path, Expected, value);
}
