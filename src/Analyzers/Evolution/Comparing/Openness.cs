using Contracts.Ipc.Generators.Evolution;

namespace Contracts.Ipc.Analyzers.Evolution;

/// <summary>Whether an enum or a union lets through what it does not know: rule 43.</summary>
internal static class Openness
{
    internal static bool IsOpen(ContractFact type) => type.Has("open") || type.Has("flags") || type.Has("otherwise");

    internal static void Compare(Comparison comparison, ContractFact before, ContractFact after)
    {
        if (IsOpen(before) && !IsOpen(after))
        {
            Report(ChangeVerdict.Breaking, ChangeEffect.NewReader, "it let through what it did not know and refuses it now, but processes of other versions were told that they may send it; leave it open", Attribute(before));
        }
        else if (!IsOpen(before) && IsOpen(after))
        {
            Report(ChangeVerdict.Compatible, ChangeEffect.None, "it is open now: from now on new values can be added, for processes that are built from here on");
        }
        else if (before["otherwise"] != after["otherwise"])
        {
            Report(
                ChangeVerdict.Warning,
                ChangeEffect.Behaviour,
                $"what is not known was read as {before["otherwise"] ?? "it came"} and is read as {after["otherwise"] ?? "it comes"} now; nobody else notices");
        }

        void Report(ChangeVerdict verdict, ChangeEffect effect, string sentence, string? remedy = null)
            => comparison.Add(new ContractChange(43, verdict, effect, after.Owner, sentence) { Before = before, After = after, Remedy = remedy });
    }

    private static string Attribute(ContractFact before) => before switch
    {
        _ when before.Has("flags") => "System.Flags",
        _ when before["otherwise"] is null => "IpcOpen",
        { Kind: FactKind.Union } => $"IpcOpen(typeof({before["otherwise"]}))",
        _ => $"IpcOpen({before.Owner}.{before["otherwise"]})",
    };
}
