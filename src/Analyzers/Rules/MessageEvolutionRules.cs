using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Rules;

/// <summary>IPC5023 to IPC5032: what travels and what is shared, against the shipped baseline.</summary>
internal static class MessageEvolutionRules
{
    internal static readonly DiagnosticDescriptor MemberWithoutValue = new(
        "IPC5023",
        "New member has no value in older messages",
        "'{0}' breaks processes that were built from the shipped baseline: {1}",
        RuleCategory.Evolution,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC5023"));

    internal static readonly DiagnosticDescriptor DefaultChanged = new(
        "IPC5024",
        "Default value has changed",
        "'{0}' breaks processes that were built from the shipped baseline: {1}",
        RuleCategory.Evolution,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC5024"));

    internal static readonly DiagnosticDescriptor FormChanged = new(
        "IPC5025",
        "Form of a message has changed",
        "'{0}' breaks processes that were built from the shipped baseline: {1}",
        RuleCategory.Evolution,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC5025"));

    internal static readonly DiagnosticDescriptor NullabilityChanged = new(
        "IPC5026",
        "Nullability has changed",
        "'{0}' breaks processes that were built from the shipped baseline: {1}",
        RuleCategory.Evolution,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC5026"));

    internal static readonly DiagnosticDescriptor TypeChanged = new(
        "IPC5027",
        "Type has changed",
        "'{0}' breaks processes that were built from the shipped baseline: {1}",
        RuleCategory.Evolution,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC5027"));

    internal static readonly DiagnosticDescriptor OrderOfUpdates = new(
        "IPC5028",
        "Change is safe only if servers are updated first",
        "'{0}' changes what was shipped: {1}. If that is meant, record it in the baseline.",
        RuleCategory.Evolution,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC5028"));

    internal static readonly DiagnosticDescriptor NewValueRefused = new(
        "IPC5029",
        "Older readers refuse the new value",
        "'{0}' breaks processes that were built from the shipped baseline: {1}",
        RuleCategory.Evolution,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC5029"));

    internal static readonly DiagnosticDescriptor Closed = new(
        "IPC5030",
        "Open type was closed",
        "'{0}' breaks processes that were built from the shipped baseline: {1}",
        RuleCategory.Evolution,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC5030"));

    internal static readonly DiagnosticDescriptor Experimental = new(
        "IPC5031",
        "Contract carries an experimental type",
        "'{0}' is part of a contract with a baseline, and cannot keep what that promises: {1}",
        RuleCategory.Evolution,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC5031"));

    internal static readonly DiagnosticDescriptor LayoutChanged = new(
        "IPC5032",
        "Layout of a shipped struct has changed",
        "'{0}' breaks processes that were built from the shipped baseline: {1}",
        RuleCategory.Evolution,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC5032"));
}
