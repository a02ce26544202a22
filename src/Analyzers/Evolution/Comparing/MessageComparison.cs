using Contracts.Ipc.Generators.Evolution;

namespace Contracts.Ipc.Analyzers.Evolution;

/// <summary>One message and its members: rules 21 to 23, 25 to 30 and 44.</summary>
internal sealed class MessageComparison(Comparison comparison, TypeComparison types)
{
    internal void Compare(ContractFact before, ContractFact after)
    {
        if (before["form"] != after["form"])
        {
            comparison.Add(new ContractChange(
                29,
                ChangeVerdict.Breaking,
                ChangeEffect.Both,
                after.Owner,
                $"its members travelled {Describe(before)} and travel {Describe(after)} now, which nobody built before can read; keep the form of the keys, or add a new type")
            {
                Before = before,
                After = after,
            });
            return;
        }

        if (before["shape"] != after["shape"])
        {
            comparison.Add(new ContractChange(
                30,
                ChangeVerdict.Warning,
                ChangeEffect.Source,
                after.Owner,
                $"it was a {Spaced(before["shape"])} and is a {Spaced(after["shape"])} now; its members travel as before, but code that is compiled again may mean something else")
            {
                Before = before,
                After = after,
            });
        }

        new MemberComparison(comparison, types, before.Owner, after.Owner).Compare(isArray: after["form"] == "array");
    }

    private static string Describe(ContractFact message) => message["form"] == "array" ? "by number in an array" : "by name in a map";

    private static string? Spaced(string? shape) => shape?.Replace('-', ' ');
}
