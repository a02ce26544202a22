using Contracts.Ipc.Generators.Evolution;

namespace Contracts.Ipc.Analyzers.Evolution;

/// <summary>A contract that others rely on does not depend on what may change at any time: rule 48.</summary>
internal static class StabilityComparison
{
    internal static void Compare(Comparison comparison)
    {
        foreach (ContractFact after in comparison.After.Facts.Where(fact => fact.Has("experimental")))
        {
            ContractFact? before = comparison.Before.Find(after.Subject);
            if (before?.Has("experimental") != true)
            {
                comparison.Add(new ContractChange(
                    48,
                    ChangeVerdict.Breaking,
                    ChangeEffect.None,
                    after.Owner,
                    "it is marked [Experimental]: who wrote it promises nothing, and a contract that carries it cannot promise more. Copy what is needed into a type of your own")
                {
                    Before = before,
                    After = after,
                });
            }
        }
    }
}
