using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Rules;

/// <summary>IPC41xx: how shared objects are opened, named and closed.</summary>
internal static class SharedLifeRules
{
    internal static readonly DiagnosticDescriptor NotDisposed = new(
        "IPC4111",
        "Shared object is never disposed",
        "'{0}' opens a shared object that is never disposed: its memory stays mapped, and what it owns, such as permits and names, is not given back. Declare it with 'using', or keep it in a field.",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4111"));

    internal static readonly DiagnosticDescriptor UsedAfterDispose = new(
        "IPC4112",
        "Shared object is used after it was disposed",
        "'{0}' was disposed above: '{1}' throws ObjectDisposedException. Dispose it last, or declare it with 'using'.",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4112"));

    internal static readonly DiagnosticDescriptor WrittenReadOnly = new(
        "IPC4113",
        "Segment that was opened for reading is written",
        "'{0}' was opened for reading: '{1}' throws InvalidOperationException. Open it with 'Open' to write.",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4113"));

    internal static readonly DiagnosticDescriptor InvalidName = new(
        "IPC4114",
        "Name cannot be one of a shared object",
        "'{0}' cannot name a shared object: {1}. Names are 1 to 64 letters and digits of ASCII, '.', '_' and '-', and begin with a letter or a digit, so that every peer finds them under the same path.",
        RuleCategory.Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4114"));

    internal static readonly DiagnosticDescriptor InvalidPermissions = new(
        "IPC4115",
        "Permissions of a shared object cannot be granted",
        "{0} is refused with an exception: the owner reads and writes, others may at most read, because who writes a robust mutex can write the memory of the next process that unlocks it. Use {1}.",
        RuleCategory.Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4115"));

    internal static readonly DiagnosticDescriptor ReaderUnlinks = new(
        "IPC4116",
        "Reader removes the name of a segment",
        "'{0}' makes this reader remove the name when it is done: processes that come later find nothing. Leave it to the process that made the segment.",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4116"));
}
