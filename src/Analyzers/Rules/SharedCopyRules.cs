using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Rules;

/// <summary>IPC41xx: what is copied out of shared memory and changed there.</summary>
internal static class SharedCopyRules
{
    internal static readonly DiagnosticDescriptor ChangedCopy = new(
        "IPC4101",
        "Change is made to a copy of a shared value",
        "'{0}' is a copy of what '{1}' gave, and this change of it goes nowhere: no other process sees it. {2}.",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4101"));

    internal static readonly DiagnosticDescriptor LostUpdate = new(
        "IPC4102",
        "Shared value is read, changed and written back without the lock",
        "'{0}' writes back what was read before: a change that another process made in between is lost. Change the value in place by '{1}.Update', which holds the lock.",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4102"));

    internal static readonly DiagnosticDescriptor AtomicOnCopy = new(
        "IPC4103",
        "Atomic operation on a copy of a shared value",
        "'{0}' works on '{1}', a copy that only this method sees: nothing is atomic between processes. Change the value in place by 'Update', or take a 'ref' to the guard's 'Value'.",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4103"));

    internal static readonly DiagnosticDescriptor AtomicUnderLock = new(
        "IPC4104",
        "Atomic operation on a value that nobody else sees",
        "'{0}' needs no atomic operation: it is the cell that the holder of the lock prepares, and nobody else sees it before it is published. A plain change does the same and is faster.",
        RuleCategory.Usage,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4104"));

    internal static readonly DiagnosticDescriptor TwoReads = new(
        "IPC4122",
        "Members of one value come from two reads",
        "'{0}' reads the segment again: another process may have published in between, and the members do not belong together. Read once, and take both from the copy.",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4122"));

    internal static readonly DiagnosticDescriptor TwoUpdates = new(
        "IPC4123",
        "One change is published in two steps",
        "Readers see the value between this '{0}' and the one before it. If both are one change, make it in one 'Update'.",
        RuleCategory.Usage,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4123"));

    internal static readonly DiagnosticDescriptor ClosureInUpdate = new(
        "IPC4124",
        "Update allocates a closure",
        "This delegate captures '{0}', and so is allocated anew for every change. Hand it in as state: 'Update({0}, static (ref {1} value, {2} {0}) => …)'.",
        RuleCategory.Usage,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4124"));
}
