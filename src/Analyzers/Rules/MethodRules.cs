using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Rules;

/// <summary>IPC1029 to IPC1038: what is allowed in a contract and still goes wrong.</summary>
internal static class MethodRules
{
    internal static readonly DiagnosticDescriptor MethodNameReserved = new(
        "IPC1029",
        "Method uses a reserved name",
        "'{0}' is called '{1}' on the wire, a name that '{2}' reserves: older processes still know it in its old meaning. Choose another name, or set one with [IpcMethod(Name = \"…\")].",
        RuleCategory.Contract,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC1029"));

    internal static readonly DiagnosticDescriptor InheritedOptionsDiffer = new(
        "IPC1030",
        "Method is declared twice with different options",
        "'{0}' is declared in '{1}' and in '{2}', but with another {3}. It is one method for callers of '{1}', and another one for those who know only '{2}'. Say the same in both places, or remove one declaration.",
        RuleCategory.Contract,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC1030"));

    internal static readonly DiagnosticDescriptor OneWayOvertaken = new(
        "IPC1031",
        "One-way call may be overtaken",
        "'{0}' is one-way with priority {1}, so nobody knows when it has been executed, and over message queues a later call of '{2}' (priority {3}) overtakes it. Where their order matters give both the same priority, or let '{0}' answer.",
        RuleCategory.Contract,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC1031"));

    internal static readonly DiagnosticDescriptor FaultOnOneWay = new(
        "IPC1032",
        "One-way method declares a fault",
        "'{0}' is one-way: nothing comes back, so its callers never see the fault '{1}'. Remove [IpcFault], or [OneWay] if callers must know.",
        RuleCategory.Contract,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC1032"));

    internal static readonly DiagnosticDescriptor FaultRepeated = new(
        "IPC1033",
        "Fault is declared twice",
        "The fault '{0}' is declared for '{1}' already. Remove one of the attributes, so that nobody thinks they differ.",
        RuleCategory.Contract,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC1033"));

    internal static readonly DiagnosticDescriptor EndlessCall = new(
        "IPC1034",
        "Call that waits for ever cannot be given up",
        "'{0}' has no deadline (TimeoutMilliseconds = -1) and takes no CancellationToken, so a caller whose server is stuck waits until the connection ends. Add a CancellationToken as the last parameter, or set a deadline.",
        RuleCategory.Contract,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC1034"));

    internal static readonly DiagnosticDescriptor TimeoutHuge = new(
        "IPC1035",
        "Deadline is longer than a day",
        "TimeoutMilliseconds = {1} on '{0}' is {2}. If no deadline is meant say so with -1; if seconds were meant the number is too large by a thousand.",
        RuleCategory.Contract,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC1035"));

    internal static readonly DiagnosticDescriptor SynchronousNamedAsync = new(
        "IPC1036",
        "Synchronous method is called Async",
        "'{0}' ends in Async, but returns '{1}': it blocks the caller until the other process has answered. Return Task or ValueTask, or drop the suffix; [IpcMethod(Name = \"{0}\")] keeps the name on the wire.",
        RuleCategory.Contract,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC1036"));

    internal static readonly DiagnosticDescriptor ContractEmpty = new(
        "IPC1037",
        "Contract has no methods",
        "The contract '{0}' has no methods, neither its own nor inherited ones, so there is nothing that another process could call. Declare methods without bodies, or remove [IpcService].",
        RuleCategory.Contract,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC1037"));

    internal static readonly DiagnosticDescriptor BodyRunsAtCaller = new(
        "IPC1038",
        "Method with a body is not called remotely",
        "'{0}' has a body and no [IpcMethod], so it runs in the process of the caller and no server ever sees the call. Mark it [IpcMethod] if the other process should execute it; older servers answer such calls with Unimplemented.",
        RuleCategory.Contract,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC1038"));
}
