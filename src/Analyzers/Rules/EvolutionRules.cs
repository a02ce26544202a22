using Contracts.Ipc.Analyzers.Evolution;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Rules;

/// <summary>Which diagnostic tells of which rule of contract evolution.</summary>
internal static class EvolutionRules
{
    /// <summary>The diagnostic for a change that is not compatible.</summary>
    internal static DiagnosticDescriptor For(ContractChange change)
    {
        bool breaking = change.Verdict == ChangeVerdict.Breaking;
        return change.Rule switch
        {
            1 => ServiceEvolutionRules.ContractGone,
            2 or 5 or 27 => breaking ? ServiceEvolutionRules.RenamedOnTheWire : ServiceEvolutionRules.SourceOnly,
            4 or 23 => breaking ? ServiceEvolutionRules.GoneUnreserved : ServiceEvolutionRules.GoneReserved,
            6 or 25 => ServiceEvolutionRules.Reused,
            7 or 18 or 19 or 30 or 34 or 40 => ServiceEvolutionRules.SourceOnly,
            9 or 10 or 11 => ServiceEvolutionRules.KindChanged,
            12 or 14 => breaking ? ServiceEvolutionRules.PromiseWithdrawn : ServiceEvolutionRules.PolicyChanged,
            13 => ServiceEvolutionRules.PolicyChanged,
            15 => ServiceEvolutionRules.PromiseWithdrawn,
            17 => ServiceEvolutionRules.ParametersChanged,
            22 => breaking ? MessageEvolutionRules.MemberWithoutValue : MessageEvolutionRules.OrderOfUpdates,
            24 => ServiceEvolutionRules.ReservationGone,
            26 => ServiceEvolutionRules.NumberChanged,
            28 => MessageEvolutionRules.DefaultChanged,
            29 => MessageEvolutionRules.FormChanged,
            31 or 32 => breaking ? MessageEvolutionRules.NullabilityChanged : MessageEvolutionRules.OrderOfUpdates,
            33 => MessageEvolutionRules.TypeChanged,
            36 or 39 => breaking ? MessageEvolutionRules.TypeChanged : ServiceEvolutionRules.SourceOnly,
            37 or 38 => breaking ? MessageEvolutionRules.TypeChanged : MessageEvolutionRules.OrderOfUpdates,
            41 => MessageEvolutionRules.NewValueRefused,
            42 => ForNumber(change),
            43 => breaking ? MessageEvolutionRules.Closed : ServiceEvolutionRules.PolicyChanged,
            44 => MessageEvolutionRules.MemberWithoutValue,
            46 => change.Before is not null || change.Effect == ChangeEffect.Both ? ServiceEvolutionRules.Reused : MessageEvolutionRules.NewValueRefused,
            47 => ForNumber(change),
            48 => MessageEvolutionRules.Experimental,
            LayoutComparison.Rule => MessageEvolutionRules.LayoutChanged,
            _ => throw new ArgumentOutOfRangeException(nameof(change), change.Rule, "Give the rule a diagnostic and a page."),
        };
    }

    /// <summary>Whether a person may agree to the change. A number that means two things is wrong whatever anybody agrees to.</summary>
    internal static bool CanBeAccepted(DiagnosticDescriptor rule) => rule.Id != ServiceEvolutionRules.Reused.Id;

    private static DiagnosticDescriptor ForNumber(ContractChange change)
        => change.After is not null ? ServiceEvolutionRules.NumberChanged
            : change.Verdict == ChangeVerdict.Breaking ? ServiceEvolutionRules.GoneUnreserved
            : ServiceEvolutionRules.GoneReserved;
}
