using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Rules;

/// <summary>IPC2xxx: what the types that travel must look like.</summary>
internal static class MessageRules
{
    internal static readonly DiagnosticDescriptor MemberTypeUnsupported = new(
        "IPC2001",
        "Member of a message cannot travel",
        "'{1}.{0}' has the type '{2}', which cannot travel between processes: {3}. Use a serializable type, exclude the member with [IpcIgnore], or plug in a formatter with [IpcFormatter]. It is reached as '{4}'.",
        RuleCategory.Message,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC2001"));

    internal static readonly DiagnosticDescriptor MessageInaccessible = new(
        "IPC2002",
        "Message type is not accessible to generated code",
        "The message type '{0}' is private or protected, or nested in a type that is, so generated code cannot name it. Make it internal. It is reached as '{1}'.",
        RuleCategory.Message,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC2002"));

    internal static readonly DiagnosticDescriptor MessageConstructorUnusable = new(
        "IPC2003",
        "Message type has no usable constructor",
        "No constructor of '{0}' can be called when a message arrives: {1}. Add a constructor without parameters, or one whose parameters are named like the members. It is reached as '{2}'.",
        RuleCategory.Message,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC2003"));

    internal static readonly DiagnosticDescriptor KeyRepeated = new(
        "IPC2004",
        "Two members have one key",
        "The members '{2}' and '{3}' of '{0}' both have the key {1}. Give every member a key of its own, and never reuse the key of a removed member. It is reached as '{4}'.",
        RuleCategory.Message,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC2004"));

    internal static readonly DiagnosticDescriptor KeysMixed = new(
        "IPC2005",
        "Message type mixes integer and string keys",
        "'{0}' has integer keys and string keys, but a message is either an array or a map. Use one kind throughout. It is reached as '{1}'.",
        RuleCategory.Message,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC2005"));

    internal static readonly DiagnosticDescriptor KeyOutOfRange = new(
        "IPC2006",
        "Key is out of range",
        "The key {1} of '{0}' cannot be used: a key is a name, or an index from 0 that leaves no large gaps. Number the members from 0. It is reached as '{2}'.",
        RuleCategory.Message,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC2006"));

    internal static readonly DiagnosticDescriptor KeyMissing = new(
        "IPC2007",
        "Member of a keyed message has no key",
        "'{0}' is a public member of '{1}', whose other members have keys. Add [IpcKey] with a new key, or [IpcIgnore] to keep it out of the message. It is reached as '{2}'.",
        RuleCategory.Message,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC2007"));

    internal static readonly DiagnosticDescriptor MemberNotSettable = new(
        "IPC2008",
        "Member of a message cannot be set",
        "'{1}.{0}' can be written to a message but not set when one arrives. Add a setter (init will do) or a constructor parameter of the same name, or exclude it with [IpcIgnore]. It is reached as '{2}'.",
        RuleCategory.Message,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC2008"));

    internal static readonly DiagnosticDescriptor MemberInaccessible = new(
        "IPC2009",
        "Keyed member is not accessible to generated code",
        "'{1}.{0}' has a key, but generated code cannot reach it. Make it public or internal, or remove the key. It is reached as '{2}'.",
        RuleCategory.Message,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC2009"));

    internal static readonly DiagnosticDescriptor UnionCaseRepeated = new(
        "IPC2010",
        "Union names a tag or a type twice",
        "The union '{0}' lists '{1}' twice, so a message would not say which case it is. Give every type one tag of its own, and never reuse the tag of a removed type. It is reached as '{2}'.",
        RuleCategory.Message,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC2010"));

    internal static readonly DiagnosticDescriptor UnionCaseInvalid = new(
        "IPC2011",
        "Type cannot be a case of the union",
        "'{1}' cannot be a case of the union '{0}': {2}. List concrete message types that derive from '{0}'. It is reached as '{3}'.",
        RuleCategory.Message,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC2011"));

    internal static readonly DiagnosticDescriptor MessageGrowsForEver = new(
        "IPC2012",
        "Generic message type never closes",
        "'{0}' contains ever larger instantiations of itself, so there is no finite list of types to generate code for. Replace the growing type argument by a closed type. It is reached as '{1}'.",
        RuleCategory.Message,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC2012"));

    internal static readonly DiagnosticDescriptor MessagePackFeatureUnsupported = new(
        "IPC2013",
        "MessagePack feature is not supported",
        "'{0}' uses {1}, which is not honoured here and would change what travels: {2}. It is reached as '{3}'.",
        RuleCategory.Message,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC2013"));

    internal static readonly DiagnosticDescriptor FormatterInvalid = new(
        "IPC2014",
        "Formatter does not fit",
        "'{0}' cannot format '{1}': {2}. Name a struct that implements IMessageFormatter<T> for exactly that type.",
        RuleCategory.Message,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC2014"));

    internal static readonly DiagnosticDescriptor PackedTypeUnsupported = new(
        "IPC2015",
        "[IpcPacked] stands on a type that cannot be packed",
        "[IpcPacked] on '{0}' sends the memory of the elements as it is, but '{1}' is no array, list or memory of an unmanaged type. Remove the attribute or change the type.",
        RuleCategory.Message,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC2015"));
}
