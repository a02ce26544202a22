using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Rules;

/// <summary>IPC2016 to IPC2019: what types say of their past and their future with [IpcReserved] and [IpcOpen].</summary>
internal static class EvolvingRules
{
    internal static readonly DiagnosticDescriptor OpenInvalid = new(
        "IPC2016",
        "[IpcOpen] does not say what unknown values become",
        "[IpcOpen] on '{0}' cannot be followed when a newer process sends what this one does not know: {1}. It is reached as '{2}'.",
        RuleCategory.Message,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC2016"));

    internal static readonly DiagnosticDescriptor ReservedInUse = new(
        "IPC2017",
        "Reserved key, tag, value or name is used again",
        "'{0}' uses the {1} {2}, which '{3}' reserves: older processes still send it, or understand it, in its old meaning. Take one that was never used.",
        RuleCategory.Message,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC2017"));

    internal static readonly DiagnosticDescriptor ReservationRepeated = new(
        "IPC2018",
        "Reservation is made twice",
        "'{0}' reserves the {1} {2} already. Remove one of the attributes; if another one was meant it is still free to be misused.",
        RuleCategory.Message,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC2018"));

    internal static readonly DiagnosticDescriptor EvolutionWithoutEffect = new(
        "IPC2019",
        "[IpcReserved] or [IpcOpen] has no effect here",
        "[{0}] on '{1}' has no effect: {2}. What it should protect is not protected; remove it, or say what is meant.",
        RuleCategory.Message,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC2019"));
}
