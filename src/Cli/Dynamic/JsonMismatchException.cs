using System.Text.Json;

namespace Contracts.Ipc.Cli.Dynamic;

/// <summary>A value of the user's JSON is not what the contract wants there. Nothing was sent.</summary>
internal sealed class JsonMismatchException : FormatException
{
    private const int Shown = 60;

    /// <param name="path">Where.</param>
    /// <param name="expected">What the contract wants.</param>
    /// <param name="actual">What is there.</param>
    internal JsonMismatchException(JsonPath path, string expected, string actual)
        : base($"{path}: expected {expected}, found {actual}.")
    {
        Path = path.ToString();
        Expected = expected;
        Actual = actual;
    }

    internal JsonMismatchException(JsonPath path, string expected, JsonElement actual)
        : this(path, expected, Describe(actual))
    {
    }

    /// <summary>Where, such as <c>$.order.items[2].price</c>.</summary>
    internal string Path { get; }

    internal string Expected { get; }

    internal string Actual { get; }

    internal static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined => "nothing",
        JsonValueKind.Null => "null",
        JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        JsonValueKind.Number => "the number " + Short(value.GetRawText()),
        JsonValueKind.String => "the string " + Short(value.GetRawText()),
        JsonValueKind.Array => $"an array of {value.GetArrayLength()}",
        _ => $"an object with {string.Join(", ", value.EnumerateObject().Take(4).Select(static member => member.Name).DefaultIfEmpty("no members"))}",
    };

    private static string Short(string text) => text.Length <= Shown ? text : text[..Shown] + "…";
}
