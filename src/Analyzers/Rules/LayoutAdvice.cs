using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Rules;

/// <summary>IPC3xxx, continued: what is dangerous about shared structs that could be shared.</summary>
internal static class LayoutAdvice
{
    internal static readonly DiagnosticDescriptor Padding = Rule(
        "IPC3034",
        "Shared struct has hidden padding",
        "'{0}' has {1} bytes of padding that nobody declared, the first {2}: whoever writes the struct lets others see what lay there before, and comparisons of bytes see it too. Order the fields by alignment, or declare the bytes.",
        DiagnosticSeverity.Info);

    internal static readonly DiagnosticDescriptor PackWithoutEffect = Rule(
        "IPC3035",
        "Pack has no effect",
        "'{0}' has Pack = {1}, but no field needs more than {2}, and Pack never raises an alignment, neither here nor in C. Remove it; a field gets to offset 64 or 128 by [FieldOffset] or by fields before it.",
        DiagnosticSeverity.Info);

    internal static readonly DiagnosticDescriptor LargeByValue = Rule(
        "IPC3036",
        "Shared struct is large for a value",
        "'{0}' has {1} bytes, and every read or write by value copies them over the stack, which for some threads is hardly larger. Share a smaller struct, or several of them.",
        DiagnosticSeverity.Warning);

    internal static readonly DiagnosticDescriptor StaticField = Rule(
        "IPC3037",
        "Static field of a shared struct is not shared",
        "'{0}' is static: it lies beside the struct, every process has its own, and none sees what another one writes. Make it an instance field, or move it out of the struct.",
        DiagnosticSeverity.Warning);

    internal static readonly DiagnosticDescriptor ReadOnlyField = Rule(
        "IPC3038",
        "Readonly field of a shared struct changes",
        "'{0}' is readonly beside fields that change: in shared memory other processes write it all the same, and whoever reads the declaration believes that it stays. Remove 'readonly', or make the whole struct readonly.",
        DiagnosticSeverity.Info);

    internal static readonly DiagnosticDescriptor ProcessLocalName = Rule(
        "IPC3039",
        "Field is called like something of one process",
        "'{0}' sounds like a handle, a descriptor, an address, a hash code or a thread, and their numbers mean something else in another process. Share what they stand for: a name, an index, an offset; pass descriptors through a socket.",
        DiagnosticSeverity.Info);

    internal static readonly DiagnosticDescriptor ProcessIdAlone = Rule(
        "IPC3040",
        "Process id without a start time",
        "'{0}' sounds like the id of a process, and the kernel gives it to another process when the first is dead. Store the time when the process started beside it, and compare both.",
        DiagnosticSeverity.Info);

    internal static readonly DiagnosticDescriptor Secret = Rule(
        "IPC3041",
        "Shared struct holds a secret",
        "'{0}' sounds like a secret: every process that may open the memory reads it, and it stays there when the process that wrote it is gone. Pass secrets in a call to the one peer that needs them.",
        DiagnosticSeverity.Info);

    internal static readonly DiagnosticDescriptor EnumWithoutZero = Rule(
        "IPC3042",
        "Enum in a shared struct has no member for 0",
        "'{0}' is of the enum '{1}', which has no member for 0, but shared memory begins as zeros: whoever reads before the first write gets a value without a name. Add a member with the value 0.",
        DiagnosticSeverity.Warning);

    internal static readonly DiagnosticDescriptor ForeignLength = Rule(
        "IPC3043",
        "Length comes from another assembly",
        "The length at '{0}' is the constant '{1}' of the assembly '{2}', and was copied when this one was compiled: two programs built with different versions of it have different layouts. Write the number, {3}.",
        DiagnosticSeverity.Warning);

    internal static readonly DiagnosticDescriptor PlatformWithoutSegments = Rule(
        "IPC3044",
        "Project is built for a platform without shared memory",
        "'{0}' is a shared struct in a project that is built for {1}. Segments exist in little-endian processes of 64 bits only, because on others the same struct lies differently. Build for such a platform, or send the data in a message.",
        DiagnosticSeverity.Warning);

    internal static readonly DiagnosticDescriptor FalseSharing = Rule(
        "IPC3045",
        "Atomic fields lie on one cache line",
        "'{0}' and '{1}' are both changed atomically and lie within 128 bytes, so that whoever changes one takes the cache line from whoever uses the other. Put them 128 bytes apart, unless one process changes both.",
        DiagnosticSeverity.Info,
        WellKnownDiagnosticTags.CompilationEnd);

    internal static readonly DiagnosticDescriptor AtomicNotAligned = Rule(
        "IPC3046",
        "Atomic field is not aligned",
        "'{0}' is accessed atomically, but Pack puts it at offset {1}, and its type needs a multiple of {2}: the access is not atomic, stalls all processors, or fails. Remove Pack, or order the fields by alignment.",
        DiagnosticSeverity.Error);

    internal static readonly DiagnosticDescriptor UnmarkedStruct = Rule(
        "IPC3047",
        "Struct does not say that it is shared",
        "'{0}' lies in shared memory, but its struct '{1}' does not say so: whoever orders its fields anew moves what other processes read. Mark '{1}' [SharedLayout], or [StructLayout(LayoutKind.Sequential)] at least.",
        DiagnosticSeverity.Info);

    internal static readonly DiagnosticDescriptor UselessForeignLayout = Rule(
        "IPC3048",
        "[ForeignLayout] says nothing",
        "[ForeignLayout] for '{0}' is not used: {1}. {2}.",
        DiagnosticSeverity.Error);

    internal static readonly DiagnosticDescriptor UncheckedBits = Rule(
        "IPC3049",
        "Shared struct holds a type that checks its values",
        "'{0}' is of type '{1}', whose constructor refuses values that no other process is kept from writing, and whose members then fail or mislead. Store the {2} beneath, and make a '{1}' of it when you read.",
        DiagnosticSeverity.Info);

    private static DiagnosticDescriptor Rule(string id, string title, string message, DiagnosticSeverity severity, params string[] tags)
        => new(id, title, message, RuleCategory.Layout, severity, isEnabledByDefault: true, helpLinkUri: HelpLink.To(id), customTags: tags);
}
