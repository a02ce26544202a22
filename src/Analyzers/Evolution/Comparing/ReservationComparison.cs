using Contracts.Ipc.Generators.Evolution;

namespace Contracts.Ipc.Analyzers.Evolution;

/// <summary>What was reserved stays reserved: rule 24.</summary>
internal static class ReservationComparison
{
    internal static void Compare(Comparison comparison)
    {
        foreach (ContractFact before in comparison.Before.Of(FactKind.Reserved).Where(fact => OwnerExists(comparison.After, fact)))
        {
            ContractFact? after = comparison.After.Find(before.Subject);
            if (after is null || (before["name"] is { } name && after["name"] != name))
            {
                string what = before["name"] is { } also ? $"{before.Key}, \"{also}\"" : Spell(before.Key);
                comparison.Add(new ContractChange(
                    24,
                    ChangeVerdict.Breaking,
                    ChangeEffect.None,
                    before.Owner,
                    $"[IpcReserved({what})] is gone, and what processes built before know by it could be given another meaning; put it back, a reservation is for ever")
                {
                    Before = before,
                    After = after,
                    Remedy = what,
                });
            }
        }
    }

    private static string Spell(string key) => decimal.TryParse(key, out _) ? key : $"\"{FactSyntax.Unquote(key)}\"";

    private static bool OwnerExists(ContractFactSet facts, ContractFact reserved)
        => reserved.Has("method")
            ? facts.Find(FactKind.Contract, reserved.Owner) is not null
            : facts.Find(FactKind.Message, reserved.Owner) is not null || facts.Find(FactKind.Union, reserved.Owner) is not null || facts.Find(FactKind.Enum, reserved.Owner) is not null;
}
