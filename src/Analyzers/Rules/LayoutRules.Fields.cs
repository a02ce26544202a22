using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Rules;

/// <summary>IPC3013 to IPC3033: what lies in such a struct, and where.</summary>
internal static partial class LayoutRules
{
    internal static readonly DiagnosticDescriptor Reference = new(
        "IPC3013",
        "Shared struct holds a reference",
        "'{0}' is of type '{1}', which refers to memory of this process alone; in another process the reference is garbage. Store the data itself: an [InlineArray], a fixed buffer, or an index.",
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC3013"));

    internal static readonly DiagnosticDescriptor Address = new(
        "IPC3014",
        "Shared struct holds an address",
        "'{0}' is of type '{1}': an address, or a number whose width differs between processes. Another process has other addresses. Store an index or an offset in an int, uint, long or ulong.",
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC3014"));

    internal static readonly DiagnosticDescriptor ProcessLocal = new(
        "IPC3015",
        "Shared struct holds something that belongs to one process",
        "'{0}' is of type '{1}', which means something in this process only: a handle into its tables, or a lock for its threads. Use a type of the library that is made for several processes.",
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC3015"));

    internal static readonly DiagnosticDescriptor DateAndTime = new(
        "IPC3016",
        "Shared struct holds a DateTime",
        "'{0}' is of type '{1}', whose layout is left to the runtime and has changed between versions of .NET. Store the ticks in a long, and the offset in minutes in a short.",
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC3016"));

    internal static readonly DiagnosticDescriptor Tuple = new(
        "IPC3017",
        "Shared struct holds a tuple",
        "'{0}' is the tuple '{1}', and the runtime arranges the elements of a tuple as it likes. Declare a struct with named fields.",
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC3017"));

    internal static readonly DiagnosticDescriptor NullableValue = new(
        "IPC3018",
        "Shared struct holds a nullable value",
        "'{0}' is of type '{1}': a hidden bool that may be neither true nor false, and padding that depends on the value. Use two fields, a byte that says whether there is a value and a '{2}'.",
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC3018"));

    internal static readonly DiagnosticDescriptor Vector = new(
        "IPC3019",
        "Shared struct holds a vector register",
        "'{0}' is of type '{1}', whose size or alignment follows the processor and the runtime. Use an [InlineArray] or a fixed buffer of its elements and load the vector from there.",
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC3019"));

    internal static readonly DiagnosticDescriptor Unknown = new(
        "IPC3020",
        "Layout of a struct of another assembly is not known",
        "'{0}' is of type '{1}', a struct of another assembly: nobody says how it lies in memory, and its next version may differ. Copy what you need into a struct of your own, let its author mark it [SharedLayout], or vouch for it by [assembly: ForeignLayout].",
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC3020"));

    internal static readonly DiagnosticDescriptor Overlap = new(
        "IPC3021",
        "Fields of a shared struct overlap",
        "'{1}' and '{2}' of '{0}' lie on each other at offset {3}: who reads the one cannot know that the other was written. Give each field its own place, and say by a tag which is meant.",
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC3021"));

    internal static readonly DiagnosticDescriptor OffsetNotAligned = new(
        "IPC3022",
        "Offset does not suit the type of the field",
        "'{0}' lies at offset {1}, but its type needs a multiple of {2}: the processor reads it in pieces, and between two pieces another process may write. Move it.",
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC3022"));

    internal static readonly DiagnosticDescriptor HiddenField = new(
        "IPC3023",
        "Field of a shared struct stands behind a property",
        "The field behind '{0}' has no name that other languages or 'ref' could use, and its place follows that of the property. Write a field.",
        RuleCategory.Layout,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC3023"));

    internal static readonly DiagnosticDescriptor PackedField = new(
        "IPC3024",
        "Pack breaks a field of a shared struct apart",
        "Pack puts '{0}' at offset {1}, but its type needs a multiple of {2}: the processor reads it in pieces, and between two pieces another process may write. Order the fields by size instead.",
        RuleCategory.Layout,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC3024"));

    internal static readonly DiagnosticDescriptor EnumWithoutBase = new(
        "IPC3025",
        "Enum in a shared struct does not name its base",
        "'{0}' is of the enum '{1}', which does not say how many bytes it has; who adds ': byte' later moves all that follows. Write the base, such as ': int'.",
        RuleCategory.Layout,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC3025"));

    internal static readonly DiagnosticDescriptor Boolean = new(
        "IPC3026",
        "Shared struct holds a bool",
        "'{0}' is a bool: other processes may write bytes that are neither 0 nor 1, which the compiler does not expect, and other languages use other sizes. Use a byte and compare it with 0.",
        RuleCategory.Layout,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC3026"));

    internal static readonly DiagnosticDescriptor Character = new(
        "IPC3027",
        "Shared struct holds a char",
        "'{0}' is a char: two bytes in memory, one or four in other languages, and half of a character at times. Use a ushort for a UTF-16 unit, or bytes for UTF-8.",
        RuleCategory.Layout,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC3027"));

    internal static readonly DiagnosticDescriptor Decimal = new(
        "IPC3028",
        "Shared struct holds a decimal",
        "'{0}' is a decimal: 16 bytes that no processor writes at once and no other language knows, and among them are values that do not exist. Store a scaled long.",
        RuleCategory.Layout,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC3028"));

    internal static readonly DiagnosticDescriptor WideInteger = new(
        "IPC3029",
        "Shared struct holds a 128-bit integer",
        "'{0}' is of type '{1}', which is aligned to 16 bytes here and to 8 elsewhere, and which no processor writes at once. Use two ulong.",
        RuleCategory.Layout,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC3029"));

    internal static readonly DiagnosticDescriptor TypeIsNotShared = new(
        "IPC3030",
        "Type is not a shared struct",
        "'{0}' needs a shared struct, and '{1}' is none. {2}.",
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC3030"));

    internal static readonly DiagnosticDescriptor Conditional = new(
        "IPC3031",
        "Layout depends on a compilation symbol",
        "'{0}' has an #if among its members: built with other symbols it has another layout, and two builds of one source disagree. Declare the same fields in every build.",
        RuleCategory.Layout,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC3031"));

    internal static readonly DiagnosticDescriptor Initializer = new(
        "IPC3032",
        "Initializer of a shared struct does not run",
        "'{0}' has an initializer or a constructor without parameters, but shared memory begins as zeros and nobody runs either. Make zero a valid value, or write the struct once after creating the segment.",
        RuleCategory.Layout,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC3032"));

    internal static readonly DiagnosticDescriptor Disposable = new(
        "IPC3033",
        "Shared struct is disposable",
        "'{0}' is disposable, but nobody disposes of what lies in shared memory: a process that dies does not, and copies share what one of them has freed. Let a class own the resource.",
        RuleCategory.Layout,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC3033"));
}
