using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Contracts.Ipc.Serialization;
using Contracts.Ipc.Serialization.Formatters;

namespace Contracts.Ipc.Cli.Dynamic.Types;

/// <summary>The scalars of docs/wire-types.md by the names that declarations give them.</summary>
internal static class Scalars
{
    private static readonly Dictionary<string, WireType> Known = new WireType[]
    {
        new ScalarType<bool, BooleanFormatter>("bool", "true or false", "false", TryBoolean, static (json, value) => json.WriteBooleanValue(value)),
        Integer<byte, ByteFormatter>("byte"),
        Integer<sbyte, SByteFormatter>("sbyte"),
        Integer<short, Int16Formatter>("short"),
        Integer<ushort, UInt16Formatter>("ushort"),
        Integer<int, Int32Formatter>("int"),
        Integer<uint, UInt32Formatter>("uint"),
        Integer<long, Int64Formatter>("long"),
        Integer<ulong, UInt64Formatter>("ulong"),
        Large<Int128, Int128Formatter>("Int128", $"an integer from {Int128.MinValue} to {Int128.MaxValue}, as a number or a string"),
        Large<UInt128, UInt128Formatter>("UInt128", $"an integer from 0 to {UInt128.MaxValue}, as a number or a string"),
        Large<BigInteger, BigIntegerFormatter>("BigInteger", "an integer, as a number or a string"),
        new ScalarType<decimal, DecimalFormatter>("decimal", "a decimal number, as a number or a string", "\"0.0\"", TryText<decimal>(NumberStyles.Float), static (json, value) => json.WriteStringValue(value.ToString(CultureInfo.InvariantCulture))),
        Real<double, DoubleFormatter>("double", double.IsFinite),
        Real<float, SingleFormatter>("float", float.IsFinite),
        Real<Half, HalfFormatter>("Half", Half.IsFinite),
        new ScalarType<Complex, ComplexFormatter>("Complex", "an array of two numbers, real and imaginary", "[0, 0]", TryComplex, PrintComplex),
        new ScalarType<char, CharFormatter>("char", "a string of one character, or its number", "\"x\"", TryCharacter, PrintCharacter),
        new ScalarType<Rune, RuneFormatter>("Rune", "a string of one character", "\"x\"", TryRune, static (json, value) => json.WriteStringValue(value.ToString())),
        Reference<string, StringFormatter>("string", "a string", "text", static (text, out value) => (value = text) is not null, static value => value),
        Reference<StringBuilder, StringBuilderFormatter>("StringBuilder", "a string", "text", static (text, out value) => (value = new StringBuilder(text)) is not null, static value => value.ToString()),
        Text<Guid, GuidFormatter>("Guid", "a GUID as a string", "00000000-0000-0000-0000-000000000000", Guid.TryParse, static value => value.ToString()),
        Reference<Uri, UriFormatter>("Uri", "a URI as a string", "https://example.org/", static (text, out value) => Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out value!), static value => value.OriginalString),
        Reference<Version, VersionFormatter>("Version", "a version as a string, such as \"1.2.3\"", "1.0", static (text, out value) => Version.TryParse(text, out value!), static value => value.ToString()),
        Text<DateTime, DateTimeFormatter>("DateTime", "a date and time as a string (ISO 8601; UTC unless it says otherwise)", "2000-01-31T12:00:00Z", TryTime, static value => value.ToString("O", CultureInfo.InvariantCulture)),
        Text<DateTimeOffset, DateTimeOffsetFormatter>("DateTimeOffset", "a date and time with offset as a string (ISO 8601)", "2000-01-31T12:00:00+01:00", TryTimeOffset, static value => value.ToString("O", CultureInfo.InvariantCulture)),
        Text<TimeSpan, TimeSpanFormatter>("TimeSpan", "a time span as a string ([-][d.]hh:mm:ss[.fffffff])", "00:00:01", static (text, out value) => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value), static value => value.ToString("c", CultureInfo.InvariantCulture)),
        Text<DateOnly, DateOnlyFormatter>("DateOnly", "a date as a string (yyyy-MM-dd)", "2000-01-31", static (text, out value) => DateOnly.TryParse(text, CultureInfo.InvariantCulture, out value), static value => value.ToString("O", CultureInfo.InvariantCulture)),
        Text<TimeOnly, TimeOnlyFormatter>("TimeOnly", "a time of day as a string (HH:mm:ss[.fffffff])", "12:00:00", static (text, out value) => TimeOnly.TryParse(text, CultureInfo.InvariantCulture, out value), static value => value.ToString("O", CultureInfo.InvariantCulture)),
        new ScalarType<BitArray?, BitArrayFormatter>("BitArray", "an array of true and false", "[true, false]", TryBits, PrintBits),
    }.ToDictionary(static type => type.Name, StringComparer.Ordinal);

    private delegate bool TryParseText<T>(string text, out T value);

    /// <summary>The type of that simple name, or null.</summary>
    internal static WireType? Find(string name) => Known.GetValueOrDefault(name);

    /// <summary>Whether values of that scalar are numbers as JSON.</summary>
    internal static bool IsNumber(string name)
        => name is "byte" or "sbyte" or "short" or "ushort" or "int" or "uint" or "long" or "ulong" or "double" or "float" or "Half";

    private static ScalarType<T, TFormatter> Integer<T, TFormatter>(string name)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
        where TFormatter : struct, IMessageFormatter<T>
        => new(name, $"an integer from {T.MinValue} to {T.MaxValue}", "0", TryNumber, static (json, value) => json.WriteRawValue(value.ToString(null, CultureInfo.InvariantCulture)));

    private static ScalarType<T, TFormatter> Large<T, TFormatter>(string name, string expected)
        where T : struct, IBinaryInteger<T>
        where TFormatter : struct, IMessageFormatter<T>
        => new(name, expected, "\"0\"", TryText<T>(NumberStyles.AllowLeadingSign), static (json, value) => json.WriteStringValue(value.ToString(null, CultureInfo.InvariantCulture)));

    private static ScalarType<T, TFormatter> Real<T, TFormatter>(string name, Func<T, bool> isFinite)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TFormatter : struct, IMessageFormatter<T>
        => new(name, $"a {name}: a number, \"NaN\", \"Infinity\" or \"-Infinity\"", "0.5", (json, out value) => TryReal(json, isFinite, out value), (json, value) => PrintReal(json, value, isFinite));

    private static ScalarType<T?, TFormatter> Reference<T, TFormatter>(string name, string expected, string example, TryParseText<T> parse, Func<T, string> print)
        where T : class
        where TFormatter : struct, IMessageFormatter<T?>
        => new(name, expected, Quote(example), (json, out value) => TryParse(json, parse, out value), (json, value) => json.WriteStringValue(print(value!)));

    private static ScalarType<T, TFormatter> Text<T, TFormatter>(string name, string expected, string example, TryParseText<T> parse, Func<T, string> print)
        where T : struct
        where TFormatter : struct, IMessageFormatter<T>
        => new(name, expected, Quote(example), (json, out value) => TryParse(json, parse, out value), (json, value) => json.WriteStringValue(print(value)));

    private static string Quote(string text) => $"\"{text}\"";

    private static bool TryParse<T>(JsonElement json, TryParseText<T> parse, out T value)
    {
        value = default!;
        return TextOf(json) is { } text && parse(text, out value);
    }

    /// <returns>Null if it is no string, or none that UTF-8 can hold.</returns>
    private static string? TextOf(JsonElement json)
    {
        try
        {
            return json.ValueKind == JsonValueKind.String ? json.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static bool TryBoolean(JsonElement json, out bool value)
    {
        value = json.ValueKind == JsonValueKind.True;
        return json.ValueKind is JsonValueKind.True or JsonValueKind.False;
    }

    // 1.0 and 1e3 are integers too.
    private static bool TryNumber<T>(JsonElement json, out T value)
        where T : struct, IBinaryInteger<T>
    {
        value = default;
        return json.ValueKind == JsonValueKind.Number && T.TryParse(json.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    private static TryParseJson<T> TryText<T>(NumberStyles styles)
        where T : struct, INumberBase<T>
        => (json, out value) =>
        {
            value = default;
            string? text = json.ValueKind switch
            {
                JsonValueKind.Number => json.GetRawText(),
                JsonValueKind.String => TextOf(json),
                _ => null,
            };
            return text is not null && T.TryParse(text, styles, CultureInfo.InvariantCulture, out value);
        };

    private static bool TryReal<T>(JsonElement json, Func<T, bool> isFinite, out T value)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        value = default;
        switch (json.ValueKind)
        {
            case JsonValueKind.Number:
                return T.TryParse(json.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out value) && isFinite(value);
            case JsonValueKind.String:
                value = TextOf(json) switch
                {
                    "NaN" => T.NaN,
                    "Infinity" => T.PositiveInfinity,
                    "-Infinity" => T.NegativeInfinity,
                    _ => T.Zero,
                };
                return value != T.Zero;
            default:
                return false;
        }
    }

    private static void PrintReal<T>(Utf8JsonWriter json, T value, Func<T, bool> isFinite)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        string text = value.ToString(null, CultureInfo.InvariantCulture);
        if (isFinite(value))
        {
            json.WriteRawValue(text);
        }
        else
        {
            json.WriteStringValue(T.IsNaN(value) ? "NaN" : T.IsPositive(value) ? "Infinity" : "-Infinity");
        }
    }

    private static bool TryComplex(JsonElement json, out Complex value)
    {
        value = default;
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() != 2
            || !TryReal(json[0], double.IsFinite, out double real) || !TryReal(json[1], double.IsFinite, out double imaginary))
        {
            return false;
        }

        value = new Complex(real, imaginary);
        return true;
    }

    private static void PrintComplex(Utf8JsonWriter json, Complex value)
    {
        json.WriteStartArray();
        PrintReal(json, value.Real, double.IsFinite);
        PrintReal(json, value.Imaginary, double.IsFinite);
        json.WriteEndArray();
    }

    private static bool TryCharacter(JsonElement json, out char value)
    {
        if (TextOf(json) is { Length: 1 } text)
        {
            value = text[0];
            return true;
        }

        bool isNumber = TryNumber(json, out ushort number);
        value = (char)number;
        return isNumber;
    }

    private static void PrintCharacter(Utf8JsonWriter json, char value)
    {
        if (char.IsSurrogate(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteStringValue(value.ToString());
        }
    }

    private static bool TryRune(JsonElement json, out Rune value)
    {
        value = default;
        return TextOf(json) is { Length: > 0 } text
            && Rune.TryGetRuneAt(text, 0, out value) && value.Utf16SequenceLength == text.Length;
    }

    private static bool TryTime(string text, out DateTime value)
        => DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out value);

    private static bool TryTimeOffset(string text, out DateTimeOffset value)
        => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value);

    private static bool TryBits(JsonElement json, out BitArray? value)
    {
        value = null;
        if (json.ValueKind != JsonValueKind.Array || json.EnumerateArray().Any(static bit => bit.ValueKind is not (JsonValueKind.True or JsonValueKind.False)))
        {
            return false;
        }

        value = new BitArray(json.EnumerateArray().Select(static bit => bit.GetBoolean()).ToArray());
        return true;
    }

    private static void PrintBits(Utf8JsonWriter json, BitArray? value)
    {
        json.WriteStartArray();
        foreach (bool bit in value!)
        {
            json.WriteBooleanValue(bit);
        }

        json.WriteEndArray();
    }
}
