using Contracts.Ipc.Generators.Evolution;

namespace Contracts.Ipc.Analyzers.Evolution;

/// <summary>The members of one message, which may have been called differently before.</summary>
internal sealed class MemberComparison(Comparison comparison, TypeComparison types, string ownerBefore, string ownerAfter)
{
    private readonly IReadOnlyList<ContractFact> _before = comparison.Before.Of(FactKind.Member, ownerBefore);
    private readonly IReadOnlyList<ContractFact> _after = comparison.After.Of(FactKind.Member, ownerAfter);
    private readonly Usage _usage = comparison.UsageOf(ownerBefore, ownerAfter);
    private readonly HashSet<string> _explained = new(StringComparer.Ordinal);

    internal void Compare(bool isArray)
    {
        foreach (ContractFact before in _before)
        {
            ContractFact? sameKey = _after.FirstOrDefault(member => member.Key == before.Key);
            ContractFact? sameName = _after.FirstOrDefault(member => NameOf(member) == NameOf(before));
            if (sameName is not null && sameName.Key != before.Key && _before.All(member => member.Key != sameName.Key || NameOf(member) != NameOf(sameName)))
            {
                ReportMoved(before, sameName, isArray);
            }
            else if (sameKey is null)
            {
                ReportGone(before, isArray);
            }
            else
            {
                CompareOne(before, sameKey, isArray);
            }
        }

        foreach (ContractFact added in _after.Where(member => _before.All(other => other.Key != member.Key) && !_explained.Contains(member.Key)))
        {
            ReportAdded(added);
        }
    }

    private static string NameOf(ContractFact member) => member["name"] ?? FactSyntax.Unquote(member.Key);

    private string PathOf(ContractFact member) => $"{ownerAfter}.{NameOf(member)}";

    private void CompareOne(ContractFact before, ContractFact after, bool isArray)
    {
        if (NameOf(before) != NameOf(after))
        {
            bool isOther = isArray && (before["type"] != after["type"] || _before.Any(member => NameOf(member) == NameOf(after)));
            if (isOther)
            {
                Report(
                    25,
                    ChangeVerdict.Breaking,
                    ChangeEffect.Both,
                    before,
                    after,
                    $"its key {after.Key} was that of {NameOf(before)}, and processes built before take the one for the other. Keys are never used again: take the next free one and reserve this: [IpcReserved({after.Key}, \"{NameOf(before)}\")]");
                return;
            }

            Report(27, ChangeVerdict.Warning, ChangeEffect.Source, before, after, $"it was called {NameOf(before)}; its key is kept, but code that is compiled again has to be changed");
        }

        types.Compare(before, after, "type", _usage, PathOf(after));
        if (!DefaultValue.Same(before, after))
        {
            Report(
                28,
                ChangeVerdict.Breaking,
                ChangeEffect.Behaviour,
                before,
                after,
                $"a reader that does not receive it took {before["default"] ?? "the default of its type"} for it and takes {after["default"] ?? "the default of its type"} now, so that old and new processes understand one message differently; keep the value",
                before["default"]);
        }
    }

    private void ReportMoved(ContractFact before, ContractFact after, bool isArray)
    {
        _explained.Add(after.Key);
        string pin = isArray ? before.Key : $"\"{FactSyntax.Unquote(before.Key)}\"";
        Report(
            26,
            ChangeVerdict.Breaking,
            ChangeEffect.Both,
            before,
            after,
            $"its key was {before.Key} and is {after.Key} now, and processes built before look for it under the old one; give it its key back: {pin}",
            pin);
    }

    private void ReportGone(ContractFact before, bool isArray)
    {
        ContractFact[] candidates = isArray ? [] : [.. _after.Where(member => _before.All(other => other.Key != member.Key) && SameType(member, before))];
        bool isAlone = _before.Count(member => _after.All(other => other.Key != member.Key) && SameType(member, before)) == 1;
        ContractFact? reserved = Comparison.Reserved(comparison.After, ownerAfter, before.Key, isArray ? null : NameOf(before));
        if (candidates.Length == 1 && isAlone && reserved is null)
        {
            ContractFact renamed = candidates[0];
            _explained.Add(renamed.Key);
            string key = FactSyntax.Unquote(before.Key);
            Report(
                27,
                ChangeVerdict.Breaking,
                ChangeEffect.Both,
                before,
                renamed,
                $"its name on the wire was {key}, and under that name processes built before look for it; pin the name: [IpcKey(\"{key}\")] on an [IpcMessage], or [DataMember(Name = \"{key}\")]",
                key);
            return;
        }

        string reservation = isArray ? $"{before.Key}, \"{NameOf(before)}\"" : $"\"{FactSyntax.Unquote(before.Key)}\"";
        comparison.Add(new ContractChange(
            23,
            reserved is null ? ChangeVerdict.Breaking : ChangeVerdict.Warning,
            ChangeEffect.Behaviour,
            $"{ownerAfter}.{NameOf(before)}",
            reserved is null
                ? $"it is gone, and a later member with its key {before.Key} would be taken for it by processes built before; reserve the key: [IpcReserved({reservation})]"
                : "it is gone: what processes built before say with it is not heard, and they read its default")
        {
            Before = before,
            Reservation = reserved,
            Remedy = reservation,
        });
    }

    private static bool SameType(ContractFact one, ContractFact other) => one["type"] == other["type"] && one["wire"] == other["wire"];

    private void ReportAdded(ContractFact added)
    {
        if (Comparison.Reserved(comparison.Before, ownerBefore, added.Key, NameOf(added)) is { } reserved)
        {
            Report(
                25,
                ChangeVerdict.Breaking,
                ChangeEffect.Both,
                null,
                added,
                $"{(reserved.Key == added.Key ? $"its key {added.Key}" : $"its name {NameOf(added)}")} is reserved: processes built before know another member by it. Take the next free one");
        }
        else if (added.Has("required") || added.Has("needed"))
        {
            ChangeVerdict verdict = Comparison.IfServersComeFirst(_usage, Usage.Response);
            Report(
                22,
                verdict,
                ChangeEffect.Behaviour,
                null,
                added,
                $"it is new and {(added.Has("required") ? "required" : "may not be null")}, but processes built before do not send it, and a reader is left with null or zero; {(verdict == ChangeVerdict.Warning ? "update servers before their clients, or " : "")}let it be nullable, or give it a default value");
        }
        else if (HasNoValidDefault(added))
        {
            Report(
                44,
                ChangeVerdict.Breaking,
                ChangeEffect.Behaviour,
                null,
                added,
                $"it is new, and a reader that does not receive it takes 0 for it, which {added["type"]} does not name; add a constant for 0, give the member a default value, or let it be nullable");
        }
        else
        {
            Report(21, ChangeVerdict.Compatible, ChangeEffect.None, null, added, "it is new; who does not know it skips it, and who does not receive it takes its default");
        }
    }

    private bool HasNoValidDefault(ContractFact member)
        => !member.Has("default") && !member.Has("initialized")
            && comparison.After.Find(FactKind.Enum, member["type"]!) is { } type && !type.Has("flags")
            && comparison.After.Of(FactKind.Constant, type.Owner) is { Count: > 0 } constants
            && constants.All(constant => constant["value"] != "0");

    private void Report(int rule, ChangeVerdict verdict, ChangeEffect effect, ContractFact? before, ContractFact after, string sentence, string? remedy = null)
        => comparison.Add(new ContractChange(rule, verdict, effect, PathOf(after), sentence) { Before = before, After = after, Remedy = remedy });
}
