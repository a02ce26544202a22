using System.Collections.Immutable;
using Contracts.Ipc.Generators.Evolution;

namespace Contracts.Ipc.Analyzers.Evolution;

/// <summary>One comparison of two sets of facts: what the parts of the comparer share.</summary>
/// <remarks>
/// Types are compared in pairs, from the places where they are used: a message that was renamed is compared with what it was called before, because its name
/// does not travel.
/// </remarks>
internal sealed class Comparison(ContractFactSet before, ContractFactSet after)
{
    private readonly List<ContractChange> _changes = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Queue<(string Before, string After)> _pairs = new();
    private readonly TypeUsage _usageBefore = new(before);
    private readonly TypeUsage _usageAfter = new(after);

    internal ContractFactSet Before { get; } = before;

    internal ContractFactSet After { get; } = after;

    internal ImmutableArray<ContractChange> Changes => [.. _changes.Distinct()];

    internal void Add(ContractChange change) => _changes.Add(change);

    /// <summary>Where a type travels, in the one set or in the other.</summary>
    internal Usage UsageOf(string typeBefore, string typeAfter) => _usageBefore.Of(typeBefore) | _usageAfter.Of(typeAfter);

    /// <summary>Has two types compared that stand in the same place.</summary>
    internal void Pair(string typeBefore, string typeAfter)
    {
        if (_seen.Add($"{typeBefore}\n{typeAfter}"))
        {
            _pairs.Enqueue((typeBefore, typeAfter));
        }
    }

    internal bool TryTakePair(out (string Before, string After) pair)
    {
        bool any = _pairs.Count > 0;
        pair = any ? _pairs.Dequeue() : default;
        return any;
    }

    /// <summary>Whether a number or name is reserved. Reservations of contracts are those of methods.</summary>
    internal static ContractFact? Reserved(ContractFactSet facts, string owner, string key, string? name, bool ofMethods = false)
        => facts.Of(FactKind.Reserved, owner).FirstOrDefault(fact => fact.Has("method") == ofMethods
            && (fact.Key == key || (name is not null && (fact["name"] == name || fact.Key == FactSyntax.NameKey(name)))));

    /// <summary>A change that is safe where the reader is updated first: servers come before their clients, so they read requests and write responses that are new.</summary>
    internal static ChangeVerdict IfServersComeFirst(Usage usage, Usage safe) => (usage & ~safe) == 0 ? ChangeVerdict.Warning : ChangeVerdict.Breaking;
}
