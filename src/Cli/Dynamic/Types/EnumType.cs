using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.Cli.Dynamic.Types;

/// <summary>An enum: its integer on the wire, a name as JSON where it has one.</summary>
internal sealed class EnumType(string name, WireType number, bool isFlags, IReadOnlyList<(string Name, string Value)> values) : WireType(name)
{
    private readonly Dictionary<string, string> _byName = FirstOf(values, static value => value.Name, static value => value.Value, StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _byValue = FirstOf(values, static value => value.Value, static value => value.Name, StringComparer.Ordinal);

    internal override string Expected => values.Count == 0
        ? number.Expected
        : $"{string.Join(", ", values.Select(static value => $"\"{value.Name}\""))}{(isFlags ? ", several of them with commas between" : "")}, or {number.Expected}";

    internal override void WriteDefault(ref MessagePackWriter writer) => writer.Write(0);

    internal override void WriteExample(Utf8JsonWriter json, int depth)
    {
        if (values.Count > 0)
        {
            json.WriteStringValue(values[0].Name);
        }
        else
        {
            json.WriteNumberValue(0);
        }
    }

    protected override void WriteValue(ref MessagePackWriter writer, JsonElement value, JsonPath path)
    {
        string? digits = value.ValueKind switch
        {
            JsonValueKind.String => NumberOf(value.GetString()!),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
        if (digits is null)
        {
            throw Mismatch(value, path);
        }

        using var json = JsonDocument.Parse(digits);
        try
        {
            number.Write(ref writer, json.RootElement, path);
        }
        catch (JsonMismatchException)
        {
            throw Mismatch(value, path);
        }
    }

    protected override void ReadValue(ref MessagePackReader reader, Utf8JsonWriter json)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var digits = new Utf8JsonWriter(buffer))
        {
            number.Read(ref reader, digits);
        }

        string text = System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
        if (_byValue.TryGetValue(text, out string? known) || (isFlags && (known = NamesOf(Int128.Parse(text, CultureInfo.InvariantCulture))) is not null))
        {
            json.WriteStringValue(known);
        }
        else
        {
            json.WriteRawValue(text);
        }
    }

    private static Dictionary<string, string> FirstOf(
        IReadOnlyList<(string Name, string Value)> values, Func<(string Name, string Value), string> key, Func<(string Name, string Value), string> element, StringComparer comparer)
    {
        var first = new Dictionary<string, string>(comparer);
        foreach ((string Name, string Value) value in values)
        {
            _ = first.TryAdd(key(value), element(value));
        }

        return first;
    }

    /// <summary>The number of one name, of several with commas between, or of digits.</summary>
    private string? NumberOf(string text)
    {
        Int128 bits = 0;
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            string exact = values.FirstOrDefault(value => value.Name == part).Value ?? _byName.GetValueOrDefault(part, part);
            if (!Int128.TryParse(exact, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out Int128 value))
            {
                return null;
            }

            bits |= value;
        }

        return bits.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The names whose bits make up a value, or null if some bits have no name.</summary>
    private string? NamesOf(Int128 value)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        Int128 left = value;
        foreach ((string name, Int128 bits) in values
            .Select(static known => (known.Name, Bits: Int128.Parse(known.Value, CultureInfo.InvariantCulture)))
            .Where(known => known.Bits != 0 && (known.Bits & value) == known.Bits)
            .OrderByDescending(static known => Int128.PopCount(known.Bits)))
        {
            if ((left & bits) == bits)
            {
                left &= ~bits;
                _ = names.Add(name);
            }
        }

        return left == 0 && names.Count > 0 ? string.Join(", ", values.Select(static known => known.Name).Where(names.Contains)) : null;
    }
}
