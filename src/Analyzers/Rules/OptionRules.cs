using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Rules;

/// <summary>IPC4xxx about options of servers and connections.</summary>
internal static class OptionRules
{
    internal static readonly DiagnosticDescriptor EverybodyMayConnect = new(
        "IPC4017",
        "Other users are let in and nobody looks who they are",
        "With SameUserOnly = false {0}, and nothing in this project looks at IpcConnection.Peer. Check the peer's user id in the factory of each service, or leave SameUserOnly on.",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4017"));

    internal static readonly DiagnosticDescriptor OutOfRange = new(
        "IPC4018",
        "Value of an option is out of range",
        "'{0}' cannot be {1}: {2}. Allowed is {3}.",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4018"));

    internal static readonly DiagnosticDescriptor LimitsNothing = new(
        "IPC4019",
        "Limit limits nothing",
        "'{0}' is set so that it limits nothing: one peer can make this process {1}. Choose a value that the largest honest use needs; the default is {2}.",
        RuleCategory.Usage,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4019"));

    internal static readonly DiagnosticDescriptor NameDecides = new(
        "IPC4029",
        "Name that a peer gives itself decides something",
        "'{0}' is what the peer calls itself; any process can claim any name. For decisions use the user id in IpcConnection.Peer, which comes from the kernel.",
        RuleCategory.Usage,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4029"));

    internal static readonly DiagnosticDescriptor StrangersSeeInternals = new(
        "IPC4030",
        "Other users see the inside of the process",
        "With SameUserOnly = false, '{0}' shows processes of other users {1}. Leave it off where strangers connect.",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4030"));
}
