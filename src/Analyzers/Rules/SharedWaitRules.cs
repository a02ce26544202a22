using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Rules;

/// <summary>IPC41xx: waiting for what other processes do.</summary>
internal static class SharedWaitRules
{
    internal static readonly DiagnosticDescriptor PolledObject = new(
        "IPC4117",
        "Loop asks again and again what it could wait for",
        "'{0}' is asked in a loop, which burns a processor or is late. {1}.",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4117"));

    internal static readonly DiagnosticDescriptor PlainPolling = new(
        "IPC4118",
        "Loop reads shared memory without Volatile",
        "'{0}' is read as if nobody else wrote it: the compiler may read it once and loop forever, and what is read after it may be older. Use Volatile.Read.",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4118"));

    internal static readonly DiagnosticDescriptor WaitForCopy = new(
        "IPC4119",
        "Loop waits for something that cannot change",
        "'{0}' does not change while this loop runs: {1}. Read the segment again in the loop, or wait with 'WaitForChange'.",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4119"));

    internal static readonly DiagnosticDescriptor WaitFromNow = new(
        "IPC4120",
        "Change between reading and waiting is missed",
        "'{0}' is the newest version, not the one that was looked at: what was published since the last 'Read' is slept through. Take the version from 'Read(out version)' and wait for the next one.",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4120"));

    internal static readonly DiagnosticDescriptor IgnoredAttempt = new(
        "IPC4121",
        "Outcome of an attempt on a shared object is ignored",
        "'{0}' says by its result whether it did anything, and nobody looks: {1}. Look at the result, or use {2}.",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4121"));
}
