using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Rules;

/// <summary>IPC3001 to IPC3012: how a struct is declared whose memory several processes look at.</summary>
internal static partial class LayoutRules
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
}
