namespace Contracts.Ipc.Evolution.Tests.Random;

/// <summary>A type of which members and parameters are made, and values that are at its edges.</summary>
/// <param name="Name">In C#.</param>
/// <param name="Initial">What a member of the type begins with if nobody says otherwise.</param>
/// <param name="Samples">Values that find out what fits into another type.</param>
internal sealed record ValueType(string Name, Sample Initial, params Sample[] Samples)
{
    private static readonly Sample Null = new("null", "null");

    /// <summary>The enum of the contract, whose constants are chosen apart.</summary>
    internal static ValueType Enum { get; } = new("Color", new Sample("default", "?"));

    internal static IReadOnlyList<ValueType> All { get; } =
    [
        new("int", Number("0"), Number("-1"), Number("int.MaxValue", "2147483647"), Number("7")),
        new("long", Number("0"), Number("-1"), Number("long.MaxValue", "9223372036854775807")),
        new("short", Number("0"), Number("-1"), Number("short.MaxValue", "32767")),
        new("uint", Number("0"), Number("uint.MaxValue", "4294967295"), Number("1")),
        new("byte", Number("0"), Number("255")),
        new("bool", new("false", "False"), new Sample("true", "True"), new Sample("false", "False")),
        new("float", Number("0"), Number("0.1f", "0.1"), Number("0.5f", "0.5")),
        new("double", Number("0"), Number("0.1"), Number("1e300", "1E+300")),
        new("decimal", Number("0"), Number("1.5m", "1.5"), Number("-79228162514264337593543950335m", "-79228162514264337593543950335")),
        new("string", Text(""), Text("a"), Text("ü")),
        new("string?", Null, Null, Text("a")),
        new("int?", Null, Null, Number("5"), Number("int.MinValue", "-2147483648")),
        new("long?", Null, Null, Number("long.MinValue", "-9223372036854775808")),
        new("byte[]", new("[]", "0x"), new Sample("new byte[0]", "0x"), new Sample("new byte[] { 1, 255 }", "0x01FF")),
        new("int[]", new("[]", "[]"), new Sample("new int[0]", "[]"), new Sample("new[] { 1, 2 }", "[1, 2]")),
        new("List<int>", new("[]", "[]"), new Sample("new List<int>()", "[]"), new Sample("new List<int> { 3 }", "[3]")),
        new("List<string>", new("[]", "[]"), new Sample("new List<string>()", "[]"), new Sample("new List<string> { \"a\" }", "[a]")),
        new("Dictionary<string, int>", new("[]", "{}"), new Sample("new Dictionary<string, int>()", "{}"), new Sample("new Dictionary<string, int> { [\"a\"] = 1 }", "{a: 1}")),
        new("Guid", new("default", "00000000-0000-0000-0000-000000000000"), new Sample("Guid.Empty", "00000000-0000-0000-0000-000000000000"), new Sample("new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)", "00000001-0002-0003-0405-060708090a0b")),
        new("TimeSpan", new("default", "00:00:00"), new Sample("TimeSpan.Zero", "00:00:00"), new Sample("TimeSpan.FromSeconds(1)", "00:00:01")),
        new("DateTime", new("default", "0001-01-01T00:00:00.0000000"), new Sample("DateTime.UnixEpoch", "1970-01-01T00:00:00.0000000Z"), new Sample("DateTime.UnixEpoch.AddHours(1)", "1970-01-01T01:00:00.0000000Z")),
        new("char", new("default", "\0"), new Sample("'x'", "x"), new Sample("'y'", "y")),
        Enum,
    ];

    /// <summary>Whether a value of it can be null.</summary>
    internal bool IsNullable => Name.EndsWith('?');

    /// <summary>Whether nothing has to be written to begin with <see cref="Initial"/>.</summary>
    internal bool BeginsByItself => IsNullable || this == Enum || Initial.Expression is "0" or "false" or "default";

    private static Sample Number(string expression, string? text = null) => new(expression, text ?? expression);

    private static Sample Text(string text) => new($"\"{text}\"", text);
}

/// <summary>A value.</summary>
/// <param name="Expression">In C#.</param>
/// <param name="Text">As it is rendered.</param>
internal sealed record Sample(string Expression, string Text);
