using System.Globalization;
using System.Text;

namespace Contracts.Ipc.Generators.Evolution;

/// <summary>The facts of a project, or of a baseline: at most one for each subject.</summary>
internal sealed class ContractFactSet
{
    private readonly Dictionary<string, ContractFact> _bySubject = new(StringComparer.Ordinal);
    private readonly Dictionary<(FactKind Kind, string Owner), List<ContractFact>> _byOwner = [];

    internal ContractFactSet(IEnumerable<ContractFact> facts)
    {
        foreach (ContractFact fact in facts.OrderBy(fact => fact, Order.Instance))
        {
            if (_bySubject.ContainsKey(fact.Subject))
            {
                continue;
            }

            _bySubject.Add(fact.Subject, fact);
            if (!_byOwner.TryGetValue((fact.Kind, fact.Owner), out List<ContractFact>? siblings))
            {
                siblings = [];
                _byOwner.Add((fact.Kind, fact.Owner), siblings);
            }

            siblings.Add(fact);
        }
    }

    /// <summary>In the order of the lines.</summary>
    internal IEnumerable<ContractFact> Facts => _bySubject.Values.OrderBy(fact => fact, Order.Instance);

    /// <summary>Reads the text of <see cref="ToText"/>. Comments, which begin with '#', and empty lines are skipped.</summary>
    /// <exception cref="FormatException">A line is no fact.</exception>
    internal static ContractFactSet Parse(string text)
        => new(text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#').Select(
            line => ContractFact.Parse(line) ?? throw new FormatException($"'{line}' is no line of a contract baseline.")));

    /// <summary>One fact a line, in an order that does not depend on the order of the source.</summary>
    internal string ToText()
    {
        var text = new StringBuilder();
        foreach (ContractFact fact in Facts)
        {
            text.Append(fact.Line).Append('\n');
        }

        return text.ToString();
    }

    internal bool Contains(ContractFact fact) => Find(fact.Subject) is { } own && own.Equals(fact);

    /// <summary>The fact about a subject, or null.</summary>
    internal ContractFact? Find(string subject) => _bySubject.TryGetValue(subject, out ContractFact? fact) ? fact : null;

    internal ContractFact? Find(FactKind kind, string owner) => Of(kind, owner) is { Count: > 0 } facts ? facts[0] : null;

    internal ContractFact? Find(FactKind kind, string owner, string key) => Of(kind, owner).FirstOrDefault(fact => fact.Key == key);

    /// <summary>What is said of one kind about one owner.</summary>
    internal IReadOnlyList<ContractFact> Of(FactKind kind, string owner)
        => _byOwner.TryGetValue((kind, owner), out List<ContractFact>? facts) ? facts : [];

    internal IEnumerable<ContractFact> Of(FactKind kind) => Facts.Where(fact => fact.Kind == kind);

    /// <summary>Contracts first, then types; each owner with its parts; parts by number or name.</summary>
    internal sealed class Order : IComparer<ContractFact>
    {
        internal static readonly Order Instance = new();

        public int Compare(ContractFact left, ContractFact right)
        {
            int result = Group(left).CompareTo(Group(right));
            result = result != 0 ? result : string.CompareOrdinal(Root(left), Root(right));
            result = result != 0 ? result : Section(left).CompareTo(Section(right));
            result = result != 0 ? result : string.CompareOrdinal(Part(left), Part(right));
            result = result != 0 ? result : left.Kind.CompareTo(right.Kind);
            result = result != 0 ? result : NumberOf(left.Key).CompareTo(NumberOf(right.Key));
            return result != 0 ? result : string.CompareOrdinal(left.Line, right.Line);
        }

        private static int Group(ContractFact fact) => fact.Kind switch
        {
            FactKind.Contract or FactKind.Fingerprint or FactKind.Method or FactKind.Parameter or FactKind.Fault => 0,
            FactKind.Reserved when fact.Has("method") => 0,
            FactKind.Layout or FactKind.Leaf => 2,
            _ => 1,
        };

        private static string Root(ContractFact fact)
            => fact.Kind is FactKind.Parameter or FactKind.Fault ? fact.Owner.Substring(0, fact.Owner.IndexOf('/') is >= 0 and int end ? end : fact.Owner.Length) : fact.Owner;

        private static int Section(ContractFact fact) => fact.Kind switch
        {
            FactKind.Contract => 0,
            FactKind.Fingerprint => 1,
            FactKind.Method or FactKind.Parameter or FactKind.Fault => 2,
            _ => 3,
        };

        // A method with what belongs to it.
        private static string Part(ContractFact fact) => fact.Kind switch
        {
            FactKind.Method => FactSyntax.Unquote(fact.Key),
            FactKind.Parameter or FactKind.Fault => fact.Owner.Substring(fact.Owner.IndexOf('/') + 1),
            _ => "",
        };

        private static decimal NumberOf(string key)
            => decimal.TryParse(key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out decimal number) ? number : decimal.MaxValue;
    }
}
