using System.Buffers;
using System.Text.Json;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.Cli.Dynamic.Types;

/// <summary>A value without parts, formatted by the library's own formatter.</summary>
/// <typeparam name="T">The type.</typeparam>
/// <typeparam name="TFormatter">Its formatter.</typeparam>
/// <param name="name">As the contract spells it.</param>
/// <param name="expected">What its JSON looks like.</param>
/// <param name="example">Such JSON.</param>
/// <param name="parse">From JSON.</param>
/// <param name="print">To JSON.</param>
internal sealed class ScalarType<T, TFormatter>(string name, string expected, string example, TryParseJson<T> parse, Action<Utf8JsonWriter, T> print) : WireType(name)
    where TFormatter : struct, IMessageFormatter<T>
{
    internal override bool IsValueType => typeof(T).IsValueType;

    internal override string Expected => expected;

    internal override void WriteDefault(ref MessagePackWriter writer)
    {
        if (IsValueType)
        {
            TFormatter.Write(ref writer, default!);
        }
        else
        {
            writer.WriteNil();
        }
    }

    internal override void WriteExample(Utf8JsonWriter json, int depth) => json.WriteRawValue(example);

    protected override void WriteValue(ref MessagePackWriter writer, JsonElement value, JsonPath path)
    {
        if (!parse(value, out T parsed))
        {
            throw Mismatch(value, path);
        }

        TFormatter.Write(ref writer, parsed);
    }

    protected override void ReadValue(ref MessagePackReader reader, Utf8JsonWriter json) => print(json, TFormatter.Read(ref reader));
}

/// <summary>Reads a value from JSON.</summary>
/// <typeparam name="T">The type.</typeparam>
/// <param name="json">The JSON.</param>
/// <param name="value">The value.</param>
/// <returns>False if the JSON is something else.</returns>
internal delegate bool TryParseJson<T>(JsonElement json, out T value);
