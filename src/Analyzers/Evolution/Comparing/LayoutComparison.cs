using Contracts.Ipc.Generators.Evolution;

namespace Contracts.Ipc.Analyzers.Evolution;

/// <summary>Structs in shared memory: rule 52. Named memory outlives processes, and whoever opens it compares fingerprints.</summary>
internal static class LayoutComparison
{
    /// <summary>The number of the rule, which the list of contract rules does not have.</summary>
    internal const int Rule = 52;

    internal static void Compare(Comparison comparison)
    {
        foreach (ContractFact before in comparison.Before.Of(FactKind.Layout))
        {
            ContractFact? after = comparison.After.Find(before.Subject);
            if (after is null || after["hash"] != before["hash"])
            {
                comparison.Add(new ContractChange(
                    Rule,
                    ChangeVerdict.Breaking,
                    ChangeEffect.Both,
                    before.Owner,
                    after is null
                        ? "it is gone, and memory that processes built before have made cannot be opened any more; keep it, or give the new one and its memory another name"
                        : $"{FirstDifference(comparison, before.Owner)}, and memory that processes built before have made is refused; declare a new struct, and give its memory another name")
                {
                    Before = before,
                    After = after,
                });
            }
        }
    }

    private static string FirstDifference(Comparison comparison, string owner)
    {
        IReadOnlyList<ContractFact> old = comparison.Before.Of(FactKind.Leaf, owner);
        IReadOnlyList<ContractFact> now = comparison.After.Of(FactKind.Leaf, owner);
        foreach (ContractFact leaf in old.OrderBy(leaf => leaf.Number("offset")))
        {
            string path = FactSyntax.Unquote(leaf.Key);
            if (now.FirstOrDefault(other => other.Key == leaf.Key) is not { } same)
            {
                return $"its field {path} is gone";
            }

            if (!same.Equals(leaf))
            {
                return $"its field {path} was {Describe(leaf)} and is {Describe(same)} now";
            }
        }

        return now.FirstOrDefault(leaf => old.All(other => other.Key != leaf.Key)) is { } added
            ? $"its field {FactSyntax.Unquote(added.Key)} is new"
            : "its size or alignment has changed";
    }

    private static string Describe(ContractFact leaf) => $"{leaf["type"]} at offset {leaf["offset"]}";
}
