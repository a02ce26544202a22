using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Rules;

/// <summary>IPC4xxx: how contracts are used.</summary>
internal static class UsageRules
{
    internal static readonly DiagnosticDescriptor ContractNotNamed = new(
        "IPC4001",
        "Call does not name the contract",
        "'{0}' takes the class '{1}' for the contract, but the other process knows '{1}' only as {2}. Name the contract: {0}<{3}>(…).",
        RuleCategory.Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4001"));

    internal static readonly DiagnosticDescriptor TypeIsNoContract = new(
        "IPC4002",
        "Type is not a contract",
        "'{0}' needs a contract, and '{1}' is none. {2}.",
        RuleCategory.Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4002"));

    internal static readonly DiagnosticDescriptor AttributeWithoutEffect = new(
        "IPC4003",
        "Attribute has no effect here",
        "[{0}] on '{1}' has no effect: a call follows the attributes of the contract, not of the class behind it. Move the attribute to the method of the interface.",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4003"));
}
