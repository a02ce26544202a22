using System.Globalization;
using System.Text;

namespace Contracts.Ipc.Analyzers.Tests;

/// <summary>Writes random contracts and messages: all of them compile, some of them can travel.</summary>
internal sealed class RandomSource(int seed)
{
    private static readonly string[] Leaves =
    [
        "int", "string", "string?", "double", "bool", "byte[]", "Guid", "DateTime", "DateOnly", "TimeSpan", "decimal", "DayOfWeek", "char", "ulong", "Half",
        "Int128", "Uri?", "Version", "System.Numerics.BigInteger", "DateTimeOffset", "int?", "DayOfWeek?",
    ];

    private static readonly string[] Strange =
    [
        "object", "dynamic", "Action", "Task<int>", "IComparable", "Exception", "Stream", "nint", "CancellationToken", "Type", "Delegate", "Lazy<int>",
        "IEnumerator<int>", "Func<int>", "List<object>", "Dictionary<string, Action>", "IAsyncEnumerable<int>", "int[,,,,]",
    ];

    private static readonly string[] Collections =
    [
        "{0}[]", "List<{0}>", "IReadOnlyList<{0}>", "IEnumerable<{0}>", "HashSet<{0}>", "Dictionary<string, {0}>", "IReadOnlyDictionary<int, {0}>",
        "Queue<{0}>", "System.Collections.Immutable.ImmutableArray<{0}>", "({0} First, int Second)", "KeyValuePair<Guid, {0}>", "{0}[,]", "Memory<{0}>",
        "Tuple<{0}, {0}>", "{0}[][]", "System.Collections.Concurrent.ConcurrentDictionary<long, {0}>", "SortedDictionary<string, {0}>",
    ];

    private readonly Random _random = new(seed);
    private int _messages;

    internal string Write()
    {
        _messages = _random.Next(1, 6);
        var source = new StringBuilder();
        for (int i = 0; i < _messages; i++)
        {
            WriteMessage(source, i);
        }

        for (int i = _random.Next(1, 3); i > 0; i--)
        {
            WriteContract(source, i);
        }

        return source.ToString();
    }

    private bool Chance(double probability) => _random.NextDouble() < probability;

    private T Pick<T>(params T[] choices) => choices[_random.Next(choices.Length)];

    private string Type(int depth = 0)
    {
        if (Chance(0.012))
        {
            return Pick(Strange);
        }

        if (depth < 3 && Chance(0.4))
        {
            return string.Format(CultureInfo.InvariantCulture, Pick(Collections), Type(depth + 1));
        }

        return Chance(0.35) ? Message() : Pick(Leaves);
    }

    private string Message()
    {
        int index = _random.Next(_messages);
        return index % 3 == 2 ? $"Message{index}<{Pick(Leaves)}>" : $"Message{index}";
    }

    private void WriteMessage(StringBuilder source, int index)
    {
        bool keyed = Chance(0.3);
        string name = index % 3 == 2 ? $"Message{index}<T>" : $"Message{index}";
        string kind = Pick("class", "record", "struct", "record struct", "sealed record");
        int members = _random.Next(0, 5);
        source.AppendLine(keyed ? "[IpcMessage]" : "");
        if (kind.Contains("record", StringComparison.Ordinal) && !keyed && Chance(0.5))
        {
            source.AppendLine(CultureInfo.InvariantCulture, $"public {kind} {name}({string.Join(", ", Enumerable.Range(0, members).Select(i => $"{MemberType(index)} P{i}"))});");
            return;
        }

        source.AppendLine(CultureInfo.InvariantCulture, $"public {kind} {name}\n{{");
        for (int i = 0; i < members; i++)
        {
            string key = keyed ? Chance(0.97) ? $"[IpcKey({i})] " : "" : Chance(0.03) ? "[IpcIgnore] " : "";
            string accessors = Pick("{ get; set; }", "{ get; init; }", "{ get; private set; }", "{ get; set; }");
            string required = Chance(0.1) && !accessors.Contains("private", StringComparison.Ordinal) ? "required " : "";
            source.AppendLine(CultureInfo.InvariantCulture, $"    {key}public {required}{MemberType(index)} P{i} {accessors}");
        }

        source.AppendLine("}");
    }

    /// <summary>A member of a struct never has the struct itself, directly or through others, as its type: that would not compile.</summary>
    private string MemberType(int owner)
    {
        if (Chance(0.2) && owner % 3 == 2)
        {
            return Pick("T", "List<T>", "T[]");
        }

        string type = Type(1);
        return type.Contains("Message", StringComparison.Ordinal) ? $"List<{type}>" : type;
    }

    private void WriteContract(StringBuilder source, int index)
    {
        source.AppendLine(CultureInfo.InvariantCulture, $"[IpcService] {Pick("public", "internal")} {(Chance(0.95) ? "partial " : "")}interface IContract{index}\n{{");
        for (int i = _random.Next(0, 5); i > 0; i--)
        {
            string result = Pick("void", "Task", "ValueTask", "Task<{0}>", "ValueTask<{0}>", "{0}", "ValueTask<{0}>");
            string attributes = Chance(0.1) ? "[OneWay] " : Chance(0.1) ? $"[IpcMethod(TimeoutMilliseconds = {Pick(-2, -1, 5)}, Priority = {Pick(0, 7, 8)})] " : "";
            List<string> parameters = [.. Enumerable.Range(0, _random.Next(0, 4)).Select(p => $"{Pick("", "", "", "", "", "", "in ", "")}{Type()} {Pick("value", "@class", "writer", "count", "arguments")}{p}")];
            if (Chance(0.4))
            {
                parameters.Insert(Chance(0.9) ? parameters.Count : 0, "CancellationToken cancellationToken");
            }

            source.AppendLine(CultureInfo.InvariantCulture, $"    {attributes}{string.Format(CultureInfo.InvariantCulture, result, Type())} M{i}({string.Join(", ", parameters)});");
        }

        source.AppendLine("}");
    }
}
