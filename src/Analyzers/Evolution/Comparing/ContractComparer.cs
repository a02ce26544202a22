using System.Collections.Immutable;
using Contracts.Ipc.Generators.Evolution;

namespace Contracts.Ipc.Analyzers.Evolution;

/// <summary>
/// Says what the difference between two versions of a project's contracts means for processes that were built from the one and from the other. A pure
/// function of two texts: the rules of contract evolution are here and nowhere else.
/// </summary>
/// <remarks>
/// Compatible promises that old and new processes understand each other in both directions. The tests hold it to that: they compile both versions and let them
/// talk.
/// </remarks>
internal static class ContractComparer
{
    internal static ImmutableArray<ContractChange> Compare(ContractFactSet before, ContractFactSet after)
    {
        var comparison = new Comparison(before, after);
        var types = new TypeComparison(comparison);
        new ServiceComparison(comparison, new MethodComparison(comparison, types)).Compare();
        var messages = new MessageComparison(comparison, types);
        var unions = new UnionComparison(comparison);
        var enums = new EnumComparison(comparison, types);

        // What is reached from methods is paired by now; what stands on both sides under one name is the same, whoever reaches it.
        foreach (ContractFact fact in before.Facts.Where(fact => fact.Kind is FactKind.Message or FactKind.Union or FactKind.Enum && after.Find(fact.Subject) is not null))
        {
            comparison.Pair(fact.Owner, fact.Owner);
        }

        while (comparison.TryTakePair(out (string Before, string After) pair))
        {
            if (before.Find(FactKind.Message, pair.Before) is { } messageBefore && after.Find(FactKind.Message, pair.After) is { } messageAfter)
            {
                messages.Compare(messageBefore, messageAfter);
            }
            else if (before.Find(FactKind.Union, pair.Before) is { } unionBefore && after.Find(FactKind.Union, pair.After) is { } unionAfter)
            {
                unions.Compare(unionBefore, unionAfter);
            }
            else if (before.Find(FactKind.Enum, pair.Before) is { } enumBefore && after.Find(FactKind.Enum, pair.After) is { } enumAfter)
            {
                enums.Compare(enumBefore, enumAfter);
            }
            else
            {
                CompareKinds(comparison, pair.Before, pair.After);
            }
        }

        ReservationComparison.Compare(comparison);
        LayoutComparison.Compare(comparison);
        StabilityComparison.Compare(comparison);
        return comparison.Changes;
    }

    /// <summary>One name, and no longer the same kind of type.</summary>
    private static void CompareKinds(Comparison comparison, string before, string after)
    {
        ContractFact? old = Find(comparison.Before, before);
        ContractFact? now = Find(comparison.After, after);
        if (old is not null && now is not null)
        {
            comparison.Add(new ContractChange(
                39,
                ChangeVerdict.Breaking,
                ChangeEffect.Both,
                after,
                $"it was {Describe(old.Kind)} and is {Describe(now.Kind)} now, which travels in another form; give the new form a type of its own")
            {
                Before = old,
                After = now,
            });
        }
    }

    private static ContractFact? Find(ContractFactSet facts, string type)
        => facts.Find(FactKind.Message, type) ?? facts.Find(FactKind.Union, type) ?? facts.Find(FactKind.Enum, type);

    private static string Describe(FactKind kind) => kind switch
    {
        FactKind.Message => "a message with members",
        FactKind.Union => "a union",
        _ => "an enum",
    };
}
