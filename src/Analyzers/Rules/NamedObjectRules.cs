using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Rules;

/// <summary>IPC41xx: what .NET has for several processes only on Windows.</summary>
internal static class NamedObjectRules
{
    internal static readonly DiagnosticDescriptor NamedObject = new(
        "IPC4132",
        "Named object exists only on Windows",
        "'{0}' with a name throws PlatformNotSupportedException on Linux and macOS. {1}.",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4132"));

    internal static readonly DiagnosticDescriptor NamedMutex = new(
        "IPC4110",
        "Named mutex of .NET where a shared one would do",
        "A named Mutex works between .NET processes of one session only, and keeps files for it in /tmp. '{0}' is robust, is seen by programs in C, and makes no system call while nobody is in the way.",
        RuleCategory.Usage,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4110"));
}
