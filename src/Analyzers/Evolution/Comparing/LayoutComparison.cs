using Contracts.Ipc.Generators.Evolution;

namespace Contracts.Ipc.Analyzers.Evolution;

/// <summary>Structs in shared memory and in packed arrays: rule 52. Named memory outlives processes, and whoever opens it compares fingerprints; a packed array is read as it lies.</summary>
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
                        ? "it is gone, and what processes built before keep in shared memory or send in packed arrays is not understood any more; keep it as long as they run"
                        : $"{FirstDifference(comparison, before.Owner)}, and processes built before have the old one in shared memory and in packed arrays; declare a new struct, and give it memory or a member of its own")
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
