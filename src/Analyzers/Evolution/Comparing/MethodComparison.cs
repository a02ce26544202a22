using Contracts.Ipc.Generators.Evolution;

namespace Contracts.Ipc.Analyzers.Evolution;

/// <summary>One method that exists on both sides: rules 5, 9 to 13, 15 and 19; its parameters: 16 to 18.</summary>
internal sealed class MethodComparison(Comparison comparison, TypeComparison types)
{
    private const int DefaultTimeout = 30_000;

    internal static string PathOf(ContractFact method) => $"{method.Owner}.{NameOf(method)}";

    /// <summary>The method's name in C#.</summary>
    internal static string NameOf(ContractFact method) => method["name"] ?? FactSyntax.Unquote(method.Key);

    /// <summary>All that a method is but its name.</summary>
    internal static string Signature(ContractFactSet facts, ContractFact method)
    {
        IEnumerable<string> parameters = Parameters(facts, method).Select(parameter => $"{parameter["type"]} {FactTypes.WireOf(parameter)} {parameter["default"]}");
        return $"{method["returns"]} {method.Has("one-way")} {string.Join("; ", parameters)}";
    }

    /// <summary>Whether there is a number of arguments that both methods take.</summary>
    internal bool AcceptsAlike(ContractFact first, ContractFact second)
    {
        (int low, int high) = Counts(first);
        (int otherLow, int otherHigh) = Counts(second);
        return low <= otherHigh && otherLow <= high;
    }

    internal void Compare(ContractFact before, ContractFact after)
    {
        string path = PathOf(after);
        var report = new Reporter(comparison, before, after, path);
        if (NameOf(before) != NameOf(after))
        {
            report.Add(5, ChangeVerdict.Warning, ChangeEffect.Source, $"it was called {NameOf(before)}; the name on the wire is kept, but code that is compiled again has to be changed");
        }

        CompareReturns(before, after, report, path);
        ComparePolicies(before, after, report);
        CompareFaults(before, after, path);
        new ParameterComparison(comparison, types).Compare(path, Parameters(comparison.Before, before), Parameters(comparison.After, after));
    }

    private static IReadOnlyList<ContractFact> Parameters(ContractFactSet facts, ContractFact method) => facts.Of(FactKind.Parameter, OwnerOf(method));

    private static string OwnerOf(ContractFact method) => $"{method.Owner}/{FactSyntax.Unquote(method.Key)}";

    private (int Low, int High) Counts(ContractFact method)
    {
        IReadOnlyList<ContractFact> parameters = Parameters(comparison.After, method);
        int high = parameters.Count + (method.Has("cancellable") ? 1 : 0);
        return (parameters.Count(parameter => !parameter.Has("default")), high);
    }

    private void CompareReturns(ContractFact before, ContractFact after, Reporter report, string path)
    {
        if (before.Has("one-way") != after.Has("one-way"))
        {
            report.Add(
                9,
                ChangeVerdict.Breaking,
                ChangeEffect.Both,
                after.Has("one-way")
                    ? "it is one-way now, and callers built before wait for an answer; add a new method instead"
                    : "it is no longer one-way, and callers built before do not take the answer that the new one promises; add a new method instead");
        }

        if (before["returns"] is null && after["returns"] is { } added)
        {
            report.Add(10, ChangeVerdict.Breaking, ChangeEffect.NewReader, $"it returns {added} now, and servers built before send nothing; add a new method instead");
        }
        else if (before["returns"] is { } gone && after["returns"] is null)
        {
            report.Add(11, ChangeVerdict.Breaking, ChangeEffect.OldReader, $"it returned {gone} and returns nothing now, and callers built before wait for the value; add a new method instead");
        }
        else if (before["returns"] is not null)
        {
            types.Compare(before, after, "returns", Usage.Response, path);
        }

        if (before["via"] != after["via"])
        {
            report.Add(
                34,
                ChangeVerdict.Warning,
                ChangeEffect.Source,
                $"it {Describe(before["via"])} and {Describe(after["via"])} now; nothing else travels than before, but code that is compiled again has to be changed");
        }

        if (before.Has("cancellable") != after.Has("cancellable"))
        {
            bool addedToken = after.Has("cancellable");
            report.Add(
                19,
                addedToken ? ChangeVerdict.Compatible : ChangeVerdict.Warning,
                ChangeEffect.Source,
                addedToken ? "it takes a CancellationToken now, which does not travel" : "it takes no CancellationToken any more: calls go on when their callers have given up, and code that is compiled again has to be changed");
        }
    }

    private static string Describe(string? via) => via is null ? "was a synchronous method" : $"returned a {via}";

    private static void ComparePolicies(ContractFact before, ContractFact after, Reporter report)
    {
        if (before.Has("idempotent") && !after.Has("idempotent"))
        {
            report.Add(12, ChangeVerdict.Breaking, ChangeEffect.Behaviour, "it was promised to be idempotent and is not any more, but callers built before repeat it; add a new method instead");
        }
        else if (!before.Has("idempotent") && after.Has("idempotent"))
        {
            report.Add(12, ChangeVerdict.Warning, ChangeEffect.Behaviour, "it is promised to be idempotent now, and callers may repeat it, also on servers built before the promise; update servers before their clients");
        }

        long timeoutBefore = Timeout(before);
        long timeoutAfter = Timeout(after);
        if (timeoutBefore != timeoutAfter)
        {
            bool tightened = timeoutAfter < timeoutBefore;
            report.Add(
                13,
                tightened ? ChangeVerdict.Warning : ChangeVerdict.Compatible,
                ChangeEffect.Behaviour,
                $"its time limit was {Describe(timeoutBefore)} and is {Describe(timeoutAfter)} now{(tightened ? "; calls that took long succeeded before" : "")}");
        }

        if (before.Number("priority") != after.Number("priority"))
        {
            bool lowered = after.Number("priority") < before.Number("priority");
            report.Add(
                13,
                lowered ? ChangeVerdict.Warning : ChangeVerdict.Compatible,
                ChangeEffect.Behaviour,
                $"its priority was {before.Number("priority")} and is {after.Number("priority")} now{(lowered ? "; calls that overtook others wait behind them" : "")}");
        }
    }

    private static long Timeout(ContractFact method) => method.Number("timeout") switch
    {
        0 => DefaultTimeout,
        -1 => long.MaxValue,
        int limit => limit,
    };

    private static string Describe(long timeout) => timeout == long.MaxValue ? "none" : $"{timeout} ms";

    private void CompareFaults(ContractFact before, ContractFact after, string path)
    {
        IReadOnlyList<ContractFact> old = comparison.Before.Of(FactKind.Fault, OwnerOf(before));
        IReadOnlyList<ContractFact> now = comparison.After.Of(FactKind.Fault, OwnerOf(after));
        foreach (ContractFact fault in old.Where(fault => now.All(other => other.Key != fault.Key)))
        {
            comparison.Add(new ContractChange(
                15,
                ChangeVerdict.Breaking,
                ChangeEffect.Behaviour,
                path,
                $"it no longer declares the fault {FactSyntax.Unquote(fault.Key)}, which callers built before catch; a fault that is not declared arrives without its details. Keep the declaration")
            {
                Before = fault,
                Remedy = FactSyntax.Unquote(fault.Key),
            });
        }

        foreach (ContractFact fault in now.Where(fault => old.All(other => other.Key != fault.Key)))
        {
            comparison.Add(new ContractChange(
                15,
                ChangeVerdict.Compatible,
                ChangeEffect.None,
                path,
                $"it declares the fault {FactSyntax.Unquote(fault.Key)}, which callers built before receive without its details")
            {
                After = fault,
            });
        }
    }

    /// <summary>Reports about one pair of facts.</summary>
    private sealed class Reporter(Comparison comparison, ContractFact before, ContractFact after, string path)
    {
        internal void Add(int rule, ChangeVerdict verdict, ChangeEffect effect, string sentence)
            => comparison.Add(new ContractChange(rule, verdict, effect, path, sentence) { Before = before, After = after });
    }
}
