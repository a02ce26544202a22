using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Rules;

/// <summary>IPC4xxx about what servers offer and what services throw.</summary>
internal static class ServiceRules
{
    internal static readonly DiagnosticDescriptor AddedTooLate = new(
        "IPC4021",
        "Service is added when the server listens already",
        "'{0}' is added after '{1}', and an endpoint offers what the server had when it began to listen: clients are told that '{0}' is not there. Add it before.",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4021"));

    internal static readonly DiagnosticDescriptor AddedTwice = new(
        "IPC4022",
        "Service is offered twice",
        "'{0}' is offered {1} already by this server; offering it again throws InvalidOperationException. Give further instances a name of their own.",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4022"));

    internal static readonly DiagnosticDescriptor FaultNotDeclared = new(
        "IPC4023",
        "Fault is not declared by the contract",
        "'{0}' throws a fault with the detail '{1}', which '{2}' does not declare: the caller gets an IpcRemoteException without the detail. Add [IpcFault(typeof({1}))] to '{2}'.",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4023"));

    internal static readonly DiagnosticDescriptor FaultNeverCaught = new(
        "IPC4024",
        "Fault is caught that no call declares",
        "None of the calls in this try declares the fault '{0}', so it never comes as IpcFaultException<{0}>; {1} would have to be marked [IpcFault(typeof({0}))]. Declare it, or catch what is declared.",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4024"));
}
