using Contracts.Ipc.Evolution.Tests.Harness;

namespace Contracts.Ipc.Evolution.Tests.Changes;

/// <summary>Types of values: rules 33 to 40.</summary>
internal static class TypeChanges
{
    private const string Color = "\npublic enum Color { Red, Green }";

    internal static IEnumerable<Change> All =>
    [
        Change.OfType(
            33, "A number becomes a list of numbers", Verdict.Breaking, "int", "int[]", ("1", "new[] { 1, 2 }"), newReads: Change.Refuses(), oldReads: Change.Refuses()),
        Change.OfType(
            33, "The values of a dictionary get another type", Verdict.Breaking, "Dictionary<string, int>", "Dictionary<string, string>",
            ("new Dictionary<string, int> { [\"a\"] = 1 }", "new Dictionary<string, string> { [\"a\"] = \"b\" }"), newReads: Change.Refuses(), oldReads: Change.Refuses()) with { NamedRule = 39 },
        Change.OfType(
            33, "The keys of a dictionary get another type", Verdict.Breaking, "Dictionary<int, int>", "Dictionary<string, int>",
            ("new Dictionary<int, int> { [1] = 1 }", "new Dictionary<string, int> { [\"a\"] = 1 }"), newReads: Change.Refuses(), oldReads: Change.Refuses()) with { NamedRule = 39 },
        Change.OfType(
            33, "A list becomes a dictionary", Verdict.Breaking, "List<int>", "Dictionary<int, int>",
            ("new List<int> { 1 }", "new Dictionary<int, int> { [1] = 2 }"), newReads: Change.Refuses(), oldReads: Change.Refuses()),
        Change.OfType(
            34, "An array becomes a list", Verdict.Warning, "int[]", "List<int>", ("new[] { 1, 2 }", "new List<int> { 3 }"), newReads: Change.Reads("[1, 2]"), oldReads: Change.Reads("[3]")),
        Change.OfType(
            34, "A list becomes its read-only interface", Verdict.Warning, "List<string>", "IReadOnlyList<string>",
            ("new List<string> { \"a\" }", "new[] { \"b\" }"), newReads: Change.Reads("[a]"), oldReads: Change.Reads("[b]")),
        Change.OfType(
            36, "A generic message gets another argument", Verdict.Breaking, "Page<int>\npublic sealed record Page<T>(T Item);", "Page<string>\npublic sealed record Page<T>(T Item);",
            ("new Page<int>(1)", "new Page<string>(\"a\")"), newReads: Change.Refuses(), oldReads: Change.Refuses()),
        Change.OfType(
            37, "An integer becomes wider", Verdict.Breaking, "int", "long", ("-1", "long.MaxValue"), newReads: Change.Reads("-1"), oldReads: Change.Refuses()),
        Change.OfRequest(
            37, "An integer that only servers read becomes wider", Verdict.Warning, "int", "long", ("-1", "long.MaxValue"), newReads: Change.Reads("-1"), oldReads: Change.Refuses()),
        Change.OfResponse(
            37, "An integer that only clients read becomes wider", Verdict.Breaking, "int", "long", ("-1", "long.MaxValue"), newReads: Change.Reads("-1"), oldReads: Change.Refuses()),
        Change.OfRequest(
            38, "A fraction that only servers read gets twice the precision", Verdict.Warning, "float", "double", ("0.5f", "0.1"), newReads: Change.Reads("0.5"), oldReads: Change.Misreads("0.1")),
        Change.OfType(
            37, "An integer becomes narrower", Verdict.Breaking, "long", "int", ("long.MaxValue", "-1"), newReads: Change.Refuses(), oldReads: Change.Reads("-1")),
        Change.OfType(
            37, "An integer loses its sign", Verdict.Breaking, "int", "uint", ("-1", "uint.MaxValue"), newReads: Change.Refuses(), oldReads: Change.Refuses()),
        Change.OfType(
            38, "A number gets twice the precision", Verdict.Breaking, "float", "double", ("0.5f", "0.1"), newReads: Change.Reads("0.5"), oldReads: Change.Misreads("0.1")),
        Change.OfType(
            38, "A number gets half the precision", Verdict.Breaking, "double", "float", ("0.1", "0.5f"), newReads: Change.Misreads("0.1"), oldReads: Change.Reads("0.5")),
        Change.OfType(
            39, "A number becomes a truth", Verdict.Breaking, "int", "bool", ("1", "true"), newReads: Change.Refuses(), oldReads: Change.Refuses()),
        Change.OfType(
            39, "A text becomes bytes", Verdict.Breaking, "string", "byte[]", ("\"a\"", "new byte[] { 98 }"), newReads: Change.Misreads("0x61"), oldReads: Change.Refuses()),
        Change.OfType(
            39, "A number becomes a text", Verdict.Breaking, "int", "string", ("1", "\"1\""), newReads: Change.Refuses(), oldReads: Change.Refuses()),
        Change.OfType(
            39, "A time becomes a number", Verdict.Breaking, "DateTime", "long", ("DateTime.UnixEpoch", "1L"), newReads: Change.Refuses(), oldReads: Change.Refuses()),
        Change.OfType(
            39, "A time span becomes a number", Verdict.Breaking, "TimeSpan", "long", ("TimeSpan.FromSeconds(1)", "1L"), newReads: Change.Misreads("10000000"), oldReads: Change.Misreads("00:00:00.0000001")),
        Change.OfType(
            39, "A GUID becomes a text", Verdict.Breaking, "Guid", "string", ("Guid.Empty", "\"none\""), newReads: Change.Reads("00000000-0000-0000-0000-000000000000"), oldReads: Change.Refuses()),
        Change.OfType(
            39, "A decimal becomes a floating number", Verdict.Breaking, "decimal", "double", ("1.5m", "1.5"), newReads: Change.Refuses(), oldReads: Change.Refuses()),
        Change.OfType(
            39, "A character becomes a text", Verdict.Breaking, "char", "string", ("'a'", "\"a\""), newReads: Change.Refuses(), oldReads: Change.Refuses()),
        Change.OfType(
            40, "An enum becomes its number", Verdict.Warning, "Color" + Color, "int", ("Color.Green", "1"), newReads: Change.Reads("1"), oldReads: Change.Reads("Green")),
    ];
}
