extern alias analyzers;

using System.Collections.Immutable;
using analyzers::Contracts.Ipc.Analyzers.Evolution;
using analyzers::Contracts.Ipc.Generators.Evolution;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Evolution.Tests.Harness;

/// <summary>What the rules of contract evolution say of two versions: what a developer sees while typing.</summary>
internal sealed class Judgement
{
    private readonly ImmutableArray<ContractChange> _changes;

    private Judgement(ImmutableArray<ContractChange> changes) => _changes = changes;

    /// <summary>The worst that is said.</summary>
    internal Verdict Verdict => _changes.Select(static change => ToVerdict(change.Verdict)).DefaultIfEmpty(Verdict.Compatible).Max();

    /// <summary>The rules that spoke.</summary>
    internal IEnumerable<int> Rules => _changes.Select(static change => change.Rule);

    /// <summary>The rules that say that something breaks.</summary>
    internal IEnumerable<int> BreakingRules => _changes.Where(static change => change.Verdict == ChangeVerdict.Breaking).Select(static change => change.Rule);

    /// <summary>Compares the contracts of one namespace.</summary>
    internal static Judgement Of(VersionFacts old, VersionFacts @new, string @namespace)
    {
        // Through the text, as a baseline is kept.
        ContractFactSet before = ContractFactSet.Parse(old.Of(@namespace).ToText());
        return new Judgement(ContractComparer.Compare(before, @new.Of(@namespace)));
    }

    /// <summary>What is said, a line each.</summary>
    public override string ToString() => string.Join('\n', _changes);

    /// <summary>What other processes rely on, of all contracts of a version.</summary>
    internal sealed class VersionFacts(Compilation compilation)
    {
        private readonly ContractFact[] _facts = [.. ContractFacts.Of(compilation).Facts];

        internal ContractFactSet Of(string @namespace) => new(_facts.Where(fact => fact.Owner.StartsWith(@namespace + ".", StringComparison.Ordinal)));
    }

    private static Verdict ToVerdict(ChangeVerdict verdict) => verdict switch
    {
        ChangeVerdict.Compatible => Verdict.Compatible,
        ChangeVerdict.Warning => Verdict.Warning,
        _ => Verdict.Breaking,
    };
}
