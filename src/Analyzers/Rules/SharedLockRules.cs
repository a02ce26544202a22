using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Rules;

/// <summary>IPC41xx: locks of shared objects, and what is done under them.</summary>
internal static class SharedLockRules
{
    internal static readonly DiagnosticDescriptor GuardNotDisposed = new(
        "IPC4105",
        "Lock of a shared object is never given back",
        "The guard that '{0}' returns is never disposed: every other process waits for this lock until this thread ends. Declare it with 'using'.",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4105"));

    internal static readonly DiagnosticDescriptor LockTwice = new(
        "IPC4106",
        "Lock is asked for by the thread that holds it",
        "'{0}' takes the lock of '{1}', which this thread holds already: it throws LockRecursionException. {2}.",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4106"));

    internal static readonly DiagnosticDescriptor WaitUnderLock = new(
        "IPC4107",
        "Segment stays locked while this thread waits",
        "'{0}' waits while the segment is locked: no other process can write meanwhile. Wait before taking the lock, or after giving it back.",
        RuleCategory.Usage,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4107"));

    internal static readonly DiagnosticDescriptor GuardOutlived = new(
        "IPC4108",
        "Guarded value is used after the lock was given back",
        "'{0}' is used after the guard was disposed: {1}. Use it only while the guard is held, or copy the value.",
        RuleCategory.Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4108"));

    internal static readonly DiagnosticDescriptor LockStatement = new(
        "IPC4109",
        "Lock statement on a shared object",
        "'{0}' keeps out only the threads of this process: other processes go on. {1}.",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4109"));
}
