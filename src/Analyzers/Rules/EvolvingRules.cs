using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Rules;

/// <summary>IPC1029 and on, IPC2016 and on: what types and contracts say of their past and their future with [IpcReserved] and [IpcOpen].</summary>
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
}
