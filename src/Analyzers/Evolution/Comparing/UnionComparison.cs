using Contracts.Ipc.Generators.Evolution;

namespace Contracts.Ipc.Analyzers.Evolution;

/// <summary>One union and its cases: rules 43, 46 and 47.</summary>
internal sealed class UnionComparison(Comparison comparison)
{
    internal void Compare(ContractFact before, ContractFact after)
    {
        Openness.Compare(comparison, before, after);
        IReadOnlyList<ContractFact> old = comparison.Before.Of(FactKind.Case, before.Owner);
        IReadOnlyList<ContractFact> now = comparison.After.Of(FactKind.Case, after.Owner);
        var moved = new HashSet<string>(StringComparer.Ordinal);
        foreach (ContractFact item in old)
        {
            ContractFact? sameTag = now.FirstOrDefault(other => other.Key == item.Key);
            ContractFact? sameType = now.FirstOrDefault(other => other["type"] == item["type"]);
            if (sameType is not null && sameType.Key != item.Key)
            {
                moved.Add(sameType.Key);
                Report(
                    47,
                    ChangeVerdict.Breaking,
                    item,
                    sameType,
                    after.Owner,
                    $"the tag of {item["type"]} was {item.Key} and is {sameType.Key} now, and processes built before know it by the old one; give it its tag back",
                    item.Key);
            }
            else if (sameTag is null)
            {
                ReportGone(item, after.Owner);
            }
            else if (sameTag["type"] != item["type"] && IsOtherType(item["type"]!, sameTag["type"]!))
            {
                Report(
                    46,
                    ChangeVerdict.Breaking,
                    item,
                    sameTag,
                    after.Owner,
                    $"the tag {item.Key} of {sameTag["type"]} was that of {item["type"]}, and processes built before take the one for the other. Tags are never used again: take the next free one");
            }
            else
            {
                comparison.Pair(item["type"]!, sameTag["type"]!);
                if (item["type"] != sameTag["type"])
                {
                    comparison.Add(new ContractChange(
                        2,
                        ChangeVerdict.Warning,
                        ChangeEffect.Source,
                        after.Owner,
                        $"its case {sameTag["type"]} was called {item["type"]}. The name does not travel, so what matters is what the type holds; code that is compiled again has to be changed")
                    {
                        Before = item,
                        After = sameTag,
                    });
                }
            }
        }

        foreach (ContractFact added in now.Where(item => old.All(other => other.Key != item.Key) && !moved.Contains(item.Key)))
        {
            ReportAdded(added, before, after);
        }
    }

    // A type that was renamed is still the same case.
    private bool IsOtherType(string before, string after)
        => comparison.Before.Find(FactKind.Message, after) is not null || comparison.After.Find(FactKind.Message, before) is not null;

    private void ReportGone(ContractFact item, string path)
    {
        ContractFact? reservation = Comparison.Reserved(comparison.After, path, item.Key, null);
        comparison.Add(new ContractChange(
            47,
            reservation is null ? ChangeVerdict.Breaking : ChangeVerdict.Warning,
            ChangeEffect.Both,
            path,
            reservation is null
                ? $"its case {item["type"]} is gone, and a later case with tag {item.Key} would be taken for it by processes built before; reserve the tag: [IpcReserved({item.Key})]"
                : $"its case {item["type"]} is gone, and what processes built before send with tag {item.Key} is not known any more")
        {
            Before = item,
            Reservation = reservation,
            Remedy = item.Key,
        });
    }

    private void ReportAdded(ContractFact added, ContractFact before, ContractFact after)
    {
        if (Comparison.Reserved(comparison.Before, before.Owner, added.Key, null) is not null)
        {
            Report(46, ChangeVerdict.Breaking, null, added, after.Owner, $"the tag {added.Key} of {added["type"]} is reserved: processes built before know another case by it. Take the next free one", reuse: true);
        }
        else if (Openness.IsOpen(before))
        {
            Report(46, ChangeVerdict.Compatible, null, added, after.Owner, $"its case {added["type"]} is new; processes built before read it as {before["otherwise"] ?? "unknown"}");
        }
        else
        {
            Report(
                46,
                ChangeVerdict.Breaking,
                null,
                added,
                after.Owner,
                $"its case {added["type"]} is new, and processes built before refuse a message that holds it: the union was not marked [IpcOpen(typeof(…))] when they were built. Send the new case by a new method, or only when no old process is left");
        }
    }

    private void Report(int rule, ChangeVerdict verdict, ContractFact? before, ContractFact? after, string path, string sentence, string? remedy = null, bool reuse = false)
        => comparison.Add(new ContractChange(rule, verdict, before is null && !reuse ? ChangeEffect.OldReader : ChangeEffect.Both, path, sentence) { Before = before, After = after, Remedy = remedy });
}
