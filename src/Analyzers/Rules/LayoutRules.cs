using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Rules;

/// <summary>IPC3xxx: structs whose memory several processes look at.</summary>
internal static class LayoutRules
{
    internal static readonly DiagnosticDescriptor NotPartial = new(
        "IPC3001",
        "Shared struct is not partial",
        "'{0}' is marked [SharedLayout] and not partial, so its layout cannot be generated into it. Add the modifier 'partial'.",
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC3001"));

    internal static readonly DiagnosticDescriptor ContainingTypeNotPartial = new(
        "IPC3002",
        "Type around a shared struct is not partial",
        "'{0}' contains the shared struct '{1}' and is not partial, so generated code cannot reach into it. Add the modifier 'partial' to '{0}', or move the struct out of it.",
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC3002"));

    internal static readonly DiagnosticDescriptor Inaccessible = new(
        "IPC3003",
        "Shared struct is not accessible to generated code",
        "Generated code cannot name the shared struct '{0}', because it, or a type around it, is local to its file. Declare it internal or public.",
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC3003"));

    internal static readonly DiagnosticDescriptor Generic = new(
        "IPC3004",
        "Shared struct has type parameters",
        "The shared struct '{0}' cannot have one layout, because '{1}' has type parameters. Declare a struct without them that has a field of the closed type.",
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC3004"));

    internal static readonly DiagnosticDescriptor Empty = new(
        "IPC3005",
        "Shared struct has no fields",
        "'{0}' has no fields. An empty struct has one byte in C#, none in C and one in C++, so no two processes agree about it. Add a field, or remove the struct.",
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC3005"));

    internal static readonly DiagnosticDescriptor AutoLayout = new(
        "IPC3006",
        "Shared struct leaves its layout to the runtime",
        "'{0}' has LayoutKind.Auto: every runtime arranges its fields as it likes, and another one differently. Use LayoutKind.Sequential.",
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC3006"));

    internal static readonly DiagnosticDescriptor FieldsInSeveralParts = new(
        "IPC3007",
        "Fields of a shared struct stand in several parts",
        "The fields of '{0}' stand in more than one part of it, and between parts there is no order: renaming a file could move them. Put all fields into one part.",
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC3007"));

    internal static readonly DiagnosticDescriptor PrimaryConstructor = new(
        "IPC3008",
        "Shared struct has a primary constructor",
        "'{0}' has a primary constructor: a parameter that a member uses becomes a field that nobody wrote and nobody can place. Declare the fields, and a constructor with a body if one is needed.",
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC3008"));

    internal static readonly DiagnosticDescriptor SizeNotAligned = new(
        "IPC3009",
        "Size is no multiple of the alignment",
        "'{0}' has Size = {1}, which is no multiple of its alignment {2}: the runtime takes it literally and C rounds it up, so elements of an array lie elsewhere. Use a multiple of {2}.",
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC3009"));

    internal static readonly DiagnosticDescriptor SizeTooSmall = new(
        "IPC3010",
        "Size is smaller than what the fields need",
        "'{0}' has Size = {1}, but its fields need {2} bytes, so the number has no effect and says something wrong. Remove it, or name {2} or more.",
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC3010"));

    internal static readonly DiagnosticDescriptor TooLarge = new(
        "IPC3011",
        "Shared struct is too large",
        "'{0}' has {1} bytes, and a shared struct may have {2}: it is copied by value, and a larger copy overflows the stack. Share a smaller struct, or several of them.",
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC3011"));

    internal static readonly DiagnosticDescriptor MarshallingAttribute = new(
        "IPC3012",
        "Marshalling attribute in a shared struct",
        "{1} at '{0}' changes what a call of a native function would copy, not what lies in memory, which is all that other processes see. Remove it.",
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC3012"));

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
