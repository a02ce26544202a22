using System.Globalization;
using System.Text;

namespace Contracts.Ipc.Generators.Evolution;

/// <summary>
/// One thing that other processes rely on, and one line of a baseline: <c>member Acme.Order Id type=int</c>. Kind, owner and key say what it is about, the rest
/// what is true of it.
/// </summary>
/// <remarks>Two facts are equal if their lines are: a line has one spelling only, whatever the order in which it was written.</remarks>
internal sealed class ContractFact : IEquatable<ContractFact>
{
    // The order in a line; what is not here comes last.
    private static readonly string[] NameOrder =
    [
        "source", "signals", "id", "name", "via", "returns", "type", "value", "wire", "one-way", "optional", "default", "required", "needed", "initialized", "cancellable", "timeout", "idempotent", "priority",
        "form", "shape", "flags", "open", "otherwise", "size", "alignment", "offset", "hash", "referenced", "experimental",
    ];

    private static readonly string[] Keywords = [.. Enum.GetNames(typeof(FactKind)).Select(name => name.ToLowerInvariant())];

    private readonly SortedDictionary<string, string?> _values;

    internal ContractFact(FactKind kind, string owner, string key = "", params (string Name, string? Value)[] values)
    {
        Kind = kind;
        Owner = owner;
        Key = key;
        _values = new SortedDictionary<string, string?>(ByRank.Instance);
        foreach ((string name, string? value) in values)
        {
            _values[name] = value;
        }

        Subject = Key.Length == 0 ? $"{Keyword(Kind)} {Owner}" : $"{Keyword(Kind)} {Owner} {Key}";
        Line = Write();
    }

    internal FactKind Kind { get; }

    /// <summary>The contract, method or type that it belongs to. That of a parameter is <c>contract/method</c>.</summary>
    internal string Owner { get; }

    /// <summary>Which of its owner's parts it is about, as the line spells it; empty if it is about the owner itself.</summary>
    internal string Key { get; }

    /// <summary>The line of the baseline.</summary>
    internal string Line { get; }

    /// <summary>What the fact is about: two lines with one subject say different things of the same.</summary>
    internal string Subject { get; }

    /// <summary>The value of a name, or null. Flags have none: ask <see cref="Has"/>.</summary>
    internal string? this[string name] => _values.TryGetValue(name, out string? value) ? value : null;

    internal IEnumerable<KeyValuePair<string, string?>> Values => _values;

    internal bool Has(string name) => _values.ContainsKey(name);

    internal int Number(string name)
        => int.TryParse(this[name], NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) ? number : 0;

    /// <summary>The fact of a line; null if the line is none.</summary>
    internal static ContractFact? Parse(string line)
    {
        if (FactSyntax.Split(line) is not { Count: >= 2 } words || words[0].Value is not null || words[1].Value is not null || KindOf(words[0].Name) is not { } kind)
        {
            return null;
        }

        int named = 2;
        string key = "";
        if (HasKey(kind))
        {
            if (words.Count < 3 || words[2].Value is not null)
            {
                return null;
            }

            // A name that looks like a number keeps its quotes: the two are different keys.
            key = words[2].IsQuoted ? FactSyntax.NameKey(words[2].Name) : words[2].Name;
            named = 3;
        }

        return new ContractFact(kind, words[1].Name, key, [.. words.Skip(named).Select(word => (word.Name, word.Value))]);
    }

    internal static string Keyword(FactKind kind) => Keywords[(int)kind];

    public bool Equals(ContractFact? other) => other?.Line == Line;

    public override bool Equals(object? obj) => Equals(obj as ContractFact);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Line);

    public override string ToString() => Line;

    private static bool HasKey(FactKind kind)
        => kind is FactKind.Method or FactKind.Parameter or FactKind.Fault or FactKind.Member or FactKind.Constant or FactKind.Case or FactKind.Leaf or FactKind.Reserved;

    private static FactKind? KindOf(string keyword)
    {
        int index = Array.IndexOf(Keywords, keyword);
        return index < 0 ? null : (FactKind)index;
    }

    private string Write()
    {
        var line = new StringBuilder(Keyword(Kind)).Append(' ').Append(FactSyntax.Word(Owner));
        if (Key.Length > 0)
        {
            line.Append(' ').Append(Key);
        }

        foreach (KeyValuePair<string, string?> value in _values)
        {
            line.Append(' ').Append(value.Key);
            if (value.Value is { } text)
            {
                line.Append('=').Append(FactSyntax.Word(text));
            }
        }

        return line.ToString();
    }

    private sealed class ByRank : IComparer<string>
    {
        internal static readonly ByRank Instance = new();

        public int Compare(string left, string right)
        {
            int byRank = Rank(left).CompareTo(Rank(right));
            return byRank != 0 ? byRank : string.CompareOrdinal(left, right);
        }

        private static int Rank(string name) => Array.IndexOf(NameOrder, name) is >= 0 and int rank ? rank : NameOrder.Length;
    }
}
