using Contracts.Ipc.Generators.Evolution;

namespace Contracts.Ipc.Analyzers.Evolution;

/// <summary>The parameters of one method: rules 16 to 18, 28, and what their types say. Arguments travel by position.</summary>
internal sealed class ParameterComparison(Comparison comparison, TypeComparison types)
{
    internal void Compare(string method, IReadOnlyList<ContractFact> before, IReadOnlyList<ContractFact> after)
    {
        for (int i = 0; i < before.Count && i < after.Count; i++)
        {
            Compare(method, before[i], after[i], before, after);
        }

        foreach (ContractFact added in after.Skip(before.Count))
        {
            bool optional = added.Has("default");
            comparison.Add(new ContractChange(
                optional ? 16 : 17,
                optional ? ChangeVerdict.Compatible : ChangeVerdict.Breaking,
                optional ? ChangeEffect.Source : ChangeEffect.NewReader,
                PathOf(method, added),
                optional
                    ? "it is new and optional: who does not send it means its default, and who does not know it skips it"
                    : "it is new and has no default value, but callers built before do not send it; give it a default value, or add a new method")
            {
                After = added,
            });
        }

        foreach (ContractFact gone in before.Skip(after.Count))
        {
            comparison.Add(new ContractChange(
                17,
                ChangeVerdict.Breaking,
                gone.Has("default") ? ChangeEffect.Behaviour : ChangeEffect.OldReader,
                PathOf(method, gone),
                "it is gone: what callers built before say with it is not heard, and servers built before miss it. Keep it and ignore it, or add a new method")
            {
                Before = gone,
            });
        }
    }

    private static string PathOf(string method, ContractFact parameter) => $"{method}({parameter["name"]})";

    private void Compare(string method, ContractFact before, ContractFact after, IReadOnlyList<ContractFact> allBefore, IReadOnlyList<ContractFact> allAfter)
    {
        string path = PathOf(method, after);
        if (before["name"] != after["name"])
        {
            if (allBefore.Any(parameter => parameter["name"] == after["name"]) || allAfter.Any(parameter => parameter["name"] == before["name"]))
            {
                Report(
                    17,
                    ChangeVerdict.Breaking,
                    ChangeEffect.Both,
                    $"it stands where {before["name"]} was, and arguments travel by position: processes built before take the one for the other. Keep the order and append new parameters");
                return;
            }

            Report(18, ChangeVerdict.Warning, ChangeEffect.Source, $"it was called {before["name"]}; names of parameters do not travel, but calls that name it have to be changed");
        }

        types.Compare(before, after, "type", Usage.Request, path);
        if (before.Has("default") && !after.Has("default"))
        {
            Report(17, ChangeVerdict.Breaking, ChangeEffect.NewReader, "it was optional and has to be sent now, but callers that do not know it are refused; keep the default value");
        }
        else if (!before.Has("default") && after.Has("default"))
        {
            Report(16, ChangeVerdict.Compatible, ChangeEffect.None, "it is optional now");
        }
        else if (!DefaultValue.Same(before, after))
        {
            Report(
                28,
                ChangeVerdict.Breaking,
                ChangeEffect.Behaviour,
                $"its default value was {before["default"]} and is {after["default"]} now, so that one call means different things to processes built before and after; keep it, or add a new method",
                before["default"]);
        }

        void Report(int rule, ChangeVerdict verdict, ChangeEffect effect, string sentence, string? remedy = null)
            => comparison.Add(new ContractChange(rule, verdict, effect, path, sentence) { Before = before, After = after, Remedy = remedy });
    }
}
