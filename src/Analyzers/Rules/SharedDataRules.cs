using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Rules;

/// <summary>IPC41xx: what goes into shared structs, and what comes out of them.</summary>
internal static class SharedDataRules
{
    internal static readonly DiagnosticDescriptor MarshalledSize = new(
        "IPC4125",
        "Marshalled layout of a shared struct",
        "'Marshal.{0}' tells how '{1}' would look to native code after marshalling, which can differ from how it lies in shared memory. {2}.",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4125"));

    internal static readonly DiagnosticDescriptor Uninitialized = new(
        "IPC4126",
        "Shared struct begins with whatever lay in memory",
        "'{0}' leaves the bytes of '{1}' as they are: what this process had there before reaches every other process. Begin with 'default'.",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4126"));

    internal static readonly DiagnosticDescriptor ProcessLocalValue = new(
        "IPC4127",
        "Value of one process is stored in a shared struct",
        "'{0}' means something only in this process, and '{1}' is read by others. {2}.",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4127"));

    internal static readonly DiagnosticDescriptor SizeFromShared = new(
        "IPC4128",
        "Allocation is sized by shared memory",
        "'{0}' comes from shared memory and decides how much is allocated: a damaged or hostile peer can ask for everything. Compare it with a limit first.",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4128"));

    internal static readonly DiagnosticDescriptor UncheckedFromShared = new(
        "IPC4129",
        "Unchecked access is bounded by shared memory",
        "'{0}' comes from shared memory and reaches '{1}', which checks no bounds: a damaged or hostile peer makes this process read or write foreign memory. Read it once, compare the copy with the bounds, then use the copy.",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4129"));

    internal static readonly DiagnosticDescriptor NotReadOnlyMember = new(
        "IPC4130",
        "Member of a shared struct changes nothing and is not readonly",
        "'{0}' changes nothing, but does not say so: called on 'Published', an 'in' parameter or a 'readonly' field it runs on a hidden copy of the whole struct. Make it 'readonly'.",
        RuleCategory.Usage,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4130"));

    internal static readonly DiagnosticDescriptor HiddenCopy = new(
        "IPC4131",
        "Member runs on a hidden copy of a shared value",
        "'{0}' is not 'readonly' and is called through a read-only reference: it runs on a hidden copy of '{1}', and what it changes is lost. Make the member 'readonly', or call it on the guard's 'Value'.",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4131"));
}
