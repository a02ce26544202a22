using Contracts.Ipc.Generators.Evolution;

namespace Contracts.Ipc.Analyzers.Evolution;

/// <summary>One enum and its constants: rules 27, 37, 41 to 43 and 45.</summary>
internal sealed class EnumComparison(Comparison comparison, TypeComparison types)
{
    internal void Compare(ContractFact before, ContractFact after)
    {
        Openness.Compare(comparison, before, after);
        types.Compare(before, after, "type", comparison.UsageOf(before.Owner, after.Owner), after.Owner);
        IReadOnlyList<ContractFact> old = comparison.Before.Of(FactKind.Constant, before.Owner);
        IReadOnlyList<ContractFact> now = comparison.After.Of(FactKind.Constant, after.Owner);
        foreach (ContractFact constant in old)
        {
            CompareOne(constant, before, after, now);
        }

        foreach (ContractFact added in now.Where(constant => old.All(other => other.Key != constant.Key)))
        {
            ReportAdded(added, before, old);
        }
    }

    private static string PathOf(ContractFact constant) => $"{constant.Owner}.{FactSyntax.Unquote(constant.Key)}";

    private void CompareOne(ContractFact constant, ContractFact before, ContractFact after, IReadOnlyList<ContractFact> now)
    {
        string value = constant["value"]!;
        if (now.FirstOrDefault(other => other.Key == constant.Key) is { } same)
        {
            if (same["value"] != value)
            {
                Report(
                    42,
                    ChangeVerdict.Breaking,
                    Openness.IsOpen(before) ? ChangeEffect.Behaviour : ChangeEffect.Both,
                    constant,
                    same,
                    $"its value was {value} and is {same["value"]} now, but enums travel as numbers: processes built before read something else. Give it its value back",
                    value);
            }

            return;
        }

        if (now.FirstOrDefault(other => other["value"] == value) is { } renamed)
        {
            if (comparison.Before.Find(FactKind.Constant, before.Owner, renamed.Key) is null)
            {
                Report(27, ChangeVerdict.Warning, ChangeEffect.Source, constant, renamed, $"it was called {FactSyntax.Unquote(constant.Key)}; its value is kept, but code that is compiled again has to be changed");
            }

            return;
        }

        ContractFact? reservation = Comparison.Reserved(comparison.After, after.Owner, value, FactSyntax.Unquote(constant.Key));
        Report(
            42,
            reservation is null ? ChangeVerdict.Breaking : ChangeVerdict.Warning,
            Openness.IsOpen(after) ? ChangeEffect.Behaviour : ChangeEffect.NewReader,
            constant,
            null,
            reservation is not null
                ? $"it is gone, and processes built before still send its value {value}"
                : $"it is gone, and processes built before still send its value {value}. Keep it, marked [Obsolete]; or reserve it: [IpcReserved({value}, \"{FactSyntax.Unquote(constant.Key)}\")]",
            $"{value}, \"{FactSyntax.Unquote(constant.Key)}\"",
            reservation);
    }

    private void ReportAdded(ContractFact added, ContractFact before, IReadOnlyList<ContractFact> old)
    {
        string value = added["value"]!;
        if (Comparison.Reserved(comparison.Before, before.Owner, value, FactSyntax.Unquote(added.Key)) is not null)
        {
            Report(25, ChangeVerdict.Breaking, ChangeEffect.Both, null, added, $"its name or value {value} is reserved: processes built before know something else by it. Take the next free one");
        }
        else if (old.Any(constant => constant["value"] == value))
        {
            // Another name for a value that exists.
        }
        else if (before.Has("flags"))
        {
            Report(45, ChangeVerdict.Compatible, ChangeEffect.None, null, added, "it is a new flag; processes built before keep bits that they do not know");
        }
        else if (Openness.IsOpen(before))
        {
            Report(41, ChangeVerdict.Compatible, ChangeEffect.None, null, added, $"it is new; processes built before read {(before["otherwise"] is { } fallback ? fallback : "its number")}");
        }
        else
        {
            Report(
                41,
                ChangeVerdict.Breaking,
                ChangeEffect.OldReader,
                null,
                added,
                $"it is new, and processes built before refuse its value {value}: {before.Owner} was not marked [IpcOpen] when they were built. Send it by a new member or method, or only when no old process is left");
        }
    }

    private void Report(int rule, ChangeVerdict verdict, ChangeEffect effect, ContractFact? before, ContractFact? after, string sentence, string? remedy = null, ContractFact? reservation = null)
        => comparison.Add(new ContractChange(rule, verdict, effect, PathOf((after ?? before)!), sentence) { Before = before, After = after, Remedy = remedy, Reservation = reservation });
}
