using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Rules;

/// <summary>IPC5011 to IPC5022: contracts and methods against the shipped baseline, and what was given up.</summary>
internal static class ServiceEvolutionRules
{
    internal static readonly DiagnosticDescriptor ContractGone = new(
        "IPC5011",
        "Shipped contract is gone",
        "'{0}' breaks processes that were built from the shipped baseline: {1}",
        RuleCategory.Evolution,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC5011"));

    internal static readonly DiagnosticDescriptor RenamedOnTheWire = new(
        "IPC5012",
        "Name on the wire has changed",
        "'{0}' breaks processes that were built from the shipped baseline: {1}",
        RuleCategory.Evolution,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC5012"));

    internal static readonly DiagnosticDescriptor GoneUnreserved = new(
        "IPC5013",
        "Something shipped is gone and not reserved",
        "'{0}' breaks processes that were built from the shipped baseline: {1}",
        RuleCategory.Evolution,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC5013"));

    internal static readonly DiagnosticDescriptor GoneReserved = new(
        "IPC5014",
        "Something shipped is gone and reserved",
        "'{0}' changes what was shipped: {1}. If that is meant, record it in the baseline.",
        RuleCategory.Evolution,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC5014"));

    internal static readonly DiagnosticDescriptor Reused = new(
        "IPC5015",
        "Number or name is used again",
        "'{0}' breaks processes that were built from the shipped baseline: {1}",
        RuleCategory.Evolution,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC5015"));

    internal static readonly DiagnosticDescriptor ReservationGone = new(
        "IPC5016",
        "Reservation is gone",
        "'{0}' breaks processes that were built from the shipped baseline: {1}",
        RuleCategory.Evolution,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC5016"));

    internal static readonly DiagnosticDescriptor NumberChanged = new(
        "IPC5017",
        "Key, tag or value has changed",
        "'{0}' breaks processes that were built from the shipped baseline: {1}",
        RuleCategory.Evolution,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC5017"));

    internal static readonly DiagnosticDescriptor KindChanged = new(
        "IPC5018",
        "Method answers differently",
        "'{0}' breaks processes that were built from the shipped baseline: {1}",
        RuleCategory.Evolution,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC5018"));

    internal static readonly DiagnosticDescriptor PromiseWithdrawn = new(
        "IPC5019",
        "Promise of a contract is withdrawn",
        "'{0}' breaks processes that were built from the shipped baseline: {1}",
        RuleCategory.Evolution,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC5019"));

    internal static readonly DiagnosticDescriptor PolicyChanged = new(
        "IPC5020",
        "Policy of a method has changed",
        "'{0}' changes what was shipped: {1}. If that is meant, record it in the baseline.",
        RuleCategory.Evolution,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC5020"));

    internal static readonly DiagnosticDescriptor ParametersChanged = new(
        "IPC5021",
        "Parameters of a shipped method have changed",
        "'{0}' breaks processes that were built from the shipped baseline: {1}",
        RuleCategory.Evolution,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC5021"));

    internal static readonly DiagnosticDescriptor SourceOnly = new(
        "IPC5022",
        "Change is noticed by code that is compiled again",
        "'{0}' changes what was shipped: {1}. If that is meant, record it in the baseline.",
        RuleCategory.Evolution,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC5022"));
}
