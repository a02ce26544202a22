using System.Collections.Immutable;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.Generators.Evolution;

namespace Contracts.Ipc.Analyzers.Evolution;

/// <summary>Lines that have to be recorded together: about one thing, or about all of a contract or type that is new or gone.</summary>
/// <param name="Added">What is true and not declared.</param>
/// <param name="Gone">What is declared and not true.</param>
internal sealed record FactGroup(ImmutableArray<ContractFact> Added, ImmutableArray<ContractFact> Gone);

/// <summary>The difference between what a project declares and what it is.</summary>
internal sealed class BaselineDifference
{
    private readonly List<ContractFact> _added;
    private readonly List<ContractFact> _gone;
    private readonly HashSet<ContractFact> _told;

    internal BaselineDifference(Baseline baseline, ContractFactSet current)
    {
        var shipped = new ContractFactSet(baseline.Shipped.Facts);
        var removed = new HashSet<ContractFact>(baseline.Unshipped.Removed);
        var unshipped = new HashSet<ContractFact>(baseline.Unshipped.Facts);
        var declared = new HashSet<ContractFact>(shipped.Facts.Where(fact => !removed.Contains(fact)).Concat(unshipped));
        var now = new HashSet<ContractFact>(current.Facts);
        ILookup<bool, ContractFact> added = now.Where(fact => !declared.Contains(fact)).OrderBy(fact => fact, ContractFactSet.Order.Instance).ToLookup(IsFingerprint);
        ILookup<bool, ContractFact> gone = declared.Where(fact => !now.Contains(fact)).OrderBy(fact => fact, ContractFactSet.Order.Instance).ToLookup(IsFingerprint);
        _added = [.. added[false]];
        _gone = [.. gone[false]];
        HasUnshipped = removed.Concat(unshipped).Any(fact => !IsFingerprint(fact));
        NewFingerprints = [.. added[true]];
        OldFingerprints = [.. gone[true]];
        Changes =
        [
            .. ContractComparer.Compare(shipped, current).Where(change => change.Verdict != ChangeVerdict.Compatible
                && !(EvolutionRules.CanBeAccepted(EvolutionRules.For(change))
                    && (change.Before is null || removed.Contains(change.Before))
                    && (change.After is null || unshipped.Contains(change.After)))),
        ];
        _told = [.. Changes.Select(LinesOf).SelectMany(lines => lines.Added.Concat(lines.Gone))];
        Records = [.. Group()];
    }

    /// <summary>What a rule speaks of and nobody has accepted.</summary>
    internal ImmutableArray<ContractChange> Changes { get; }

    /// <summary>Everything else that the baseline does not know.</summary>
    internal ImmutableArray<FactGroup> Records { get; }

    /// <summary>Whether something is unshipped that explains why a fingerprint is another.</summary>
    internal bool HasUnshipped { get; }

    internal ImmutableArray<ContractFact> NewFingerprints { get; }

    internal ImmutableArray<ContractFact> OldFingerprints { get; }

    /// <summary>Fingerprints that are not what the baseline says although every other line of it holds.</summary>
    internal IEnumerable<(ContractFact Before, ContractFact After)> LoneFingerprints
        => _added.Count + _gone.Count > 0
            ? []
            : from after in NewFingerprints
              from before in OldFingerprints
              where before.Owner == after.Owner
              select (before, after);

    /// <summary>The lines that go with a change: of a contract, struct or method that is new, gone or renamed as a whole all that belongs to it.</summary>
    internal (ImmutableArray<ContractFact> Added, ImmutableArray<ContractFact> Gone) LinesOf(ContractChange change)
    {
        bool isWhole = change.Before is null || change.After is null || change.Before.Subject != change.After.Subject;
        bool isForm = change.Rule is LayoutComparison.Rule or 29 or 48;
        return ([.. Of(change.After, _added), .. _added.Where(line => line == change.Reservation)], [.. Of(change.Before, _gone)]);

        IEnumerable<ContractFact> Of(ContractFact? fact, List<ContractFact> lines) => fact switch
        {
            null => [],
            { Kind: FactKind.Contract or FactKind.Layout } when isWhole => lines.Where(line => UnitOf(line) == UnitOf(fact)).Append(fact).Distinct(),
            { Kind: FactKind.Method } when isWhole => lines.Where(line => MethodOf(line) == fact.Subject).Append(fact).Distinct(),
            not null when isForm => lines.Where(line => UnitOf(line) == UnitOf(fact)).Append(fact).Distinct(),
            _ => [fact],
        };
    }

    private static bool IsFingerprint(ContractFact fact) => fact.Kind == FactKind.Fingerprint;

    /// <summary>The subject of the method that a line belongs to; null if it belongs to none.</summary>
    internal static string? MethodOf(ContractFact fact) => fact switch
    {
        { Kind: FactKind.Method } => fact.Subject,
        { Kind: FactKind.Parameter or FactKind.Fault } when fact.Owner.IndexOf('/') is >= 0 and int end
            => $"{ContractFact.Keyword(FactKind.Method)} {fact.Owner.Substring(0, end)} {FactSyntax.NameKey(fact.Owner.Substring(end + 1))}",
        _ => null,
    };

    /// <summary>The contract or type that a line belongs to.</summary>
    private static string UnitOf(ContractFact fact) => fact.Kind switch
    {
        FactKind.Contract or FactKind.Method => "contract " + fact.Owner,
        FactKind.Parameter or FactKind.Fault => "contract " + fact.Owner.Split('/')[0],
        FactKind.Reserved when fact.Has("method") => "contract " + fact.Owner,
        FactKind.Layout or FactKind.Leaf => "layout " + fact.Owner,
        _ => "type " + fact.Owner,
    };

    private static bool IsUnitHead(ContractFact fact)
        => fact.Kind is FactKind.Contract or FactKind.Layout or FactKind.Message or FactKind.Union or FactKind.Enum;

    private IEnumerable<FactGroup> Group()
    {
        ILookup<string, ContractFact> addedByUnit = _added.ToLookup(UnitOf, StringComparer.Ordinal);
        ILookup<string, ContractFact> goneByUnit = _gone.ToLookup(UnitOf, StringComparer.Ordinal);
        foreach (string unit in _added.Concat(_gone).Select(UnitOf).Distinct(StringComparer.Ordinal))
        {
            ContractFact[] added = [.. addedByUnit[unit]];
            ContractFact[] gone = [.. goneByUnit[unit]];
            bool isNew = added.Any(IsUnitHead) && !gone.Any(IsUnitHead);
            bool isGone = gone.Any(IsUnitHead) && !added.Any(IsUnitHead);
            if (added.Concat(gone).All(_told.Contains))
            {
                continue;
            }

            if (isNew || isGone)
            {
                yield return new FactGroup([.. added.Where(fact => !_told.Contains(fact))], [.. gone.Where(fact => !_told.Contains(fact))]);
                continue;
            }

            // A new method comes with its parameters.
            var subjects = new HashSet<string>(added.Concat(gone).Select(fact => fact.Subject), StringComparer.Ordinal);
            IEnumerable<ContractFact> rest = added.Concat(gone).Where(fact => !_told.Contains(fact));
            foreach (IGrouping<string, ContractFact> subject in rest.GroupBy(fact => MethodOf(fact) is { } method && subjects.Contains(method) ? method : fact.Subject, StringComparer.Ordinal))
            {
                yield return new FactGroup([.. subject.Where(added.Contains)], [.. subject.Where(gone.Contains)]);
            }
        }
    }
}
