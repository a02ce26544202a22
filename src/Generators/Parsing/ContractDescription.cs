using System.Globalization;
using Contracts.Ipc.Generators.Model;

namespace Contracts.Ipc.Generators.Parsing;

/// <summary>
/// What travels, one fact a line: the text whose hash is the fingerprint of a contract. Sorted, so that the order of
/// declarations does not matter; without names that do not travel, so that renaming a parameter changes nothing.
/// </summary>
internal sealed class ContractDescription
{
    private readonly HashSet<(string Subject, int Index, string Text)> _methods = [];
    private readonly HashSet<(string Subject, int Index, string Text)> _messages = [];

    internal void AddMethod(string name, bool oneWay, string? result, IReadOnlyList<(string Wire, bool Optional)> parameters, IEnumerable<string> faults)
    {
        string subject = "method " + name;
        _methods.Add((subject, -1, oneWay ? " one-way" : $" returns {result ?? "nothing"}"));
        for (int i = 0; i < parameters.Count; i++)
        {
            _methods.Add((subject, i, $"[{Number(i)}] {parameters[i].Wire}{(parameters[i].Optional ? " optional" : "")}"));
        }

        foreach (string fault in faults)
        {
            _methods.Add((subject, int.MaxValue, " faults " + fault));
        }
    }

    internal void AddMessage(string message, bool isArray) => _messages.Add(("message " + message, -1, isArray ? " array" : " map"));

    internal void AddMember(string message, int index, string wire) => _messages.Add(("message " + message, index, $"[{Number(index)}] {wire}"));

    internal void AddMember(string message, string key, string wire) => _messages.Add(("message " + message, 0, $"[\"{Escape(key)}\"] {wire}"));

    internal void AddUnion(string union, int tag, string wire) => _messages.Add(("union " + union, tag, $"[{Number(tag)}] {wire}"));

    internal void AddOpenUnion(string union) => _messages.Add(("union " + union, int.MinValue, " open"));

    /// <param name="type">The enum.</param>
    /// <param name="values">The numbers that are read, or what becomes of others.</param>
    internal void AddEnum(string type, string values) => _messages.Add(("enum " + type, 0, " " + values));

    internal EquatableArray<string> ToLines(string contract)
        => new[] { "contract " + contract }.Concat(Sorted(_methods)).Concat(Sorted(_messages)).ToEquatableArray();

    private static IEnumerable<string> Sorted(IEnumerable<(string Subject, int Index, string Text)> facts)
        => facts
            .OrderBy(fact => fact.Subject, StringComparer.Ordinal)
            .ThenBy(fact => fact.Index)
            .ThenBy(fact => fact.Text, StringComparer.Ordinal)
            .Select(fact => fact.Subject + fact.Text);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Escape(string key) => key.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n").Replace("\r", "\\r");
}
