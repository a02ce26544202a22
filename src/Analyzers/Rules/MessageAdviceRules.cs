using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Rules;

/// <summary>IPC2020 to IPC2029: messages that travel, but not as their author may think.</summary>
internal static class MessageAdviceRules
{
    internal static readonly DiagnosticDescriptor EnumWithoutZero = new(
        "IPC2020",
        "Enum has no member for 0",
        "'{0}' has no member with the value 0, but 0 is what a member or parameter has that nobody set and that an older process does not send; as the enum is closed, sending it on is refused. Add a member such as 'None = 0', or mark the enum [IpcOpen].",
        RuleCategory.Message,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC2020"));

    internal static readonly DiagnosticDescriptor KeyGap = new(
        "IPC2021",
        "Keys have gaps that nobody explains",
        "The keys of '{0}' leave out {1}. If members with them were removed, older processes still send them: reserve them with [IpcReserved], so that nobody uses them again. If not, close the gap, which travels as a nil in every message.",
        RuleCategory.Message,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC2021"));

    internal static readonly DiagnosticDescriptor KeyComparesReferences = new(
        "IPC2022",
        "Key of a dictionary or set is compared by reference",
        "The keys of '{0}' are '{1}', which compares by reference: after the journey no two are equal, so the other process finds nothing by key and equal entries do not meet. Use a record, or override Equals and GetHashCode.",
        RuleCategory.Message,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC2022"));

    internal static readonly DiagnosticDescriptor KeyWithoutHash = new(
        "IPC2023",
        "Key of a dictionary or set has no hash of its own",
        "The keys of '{0}' are '{1}', a struct without GetHashCode: .NET's own may look at its first field only, and a reader refuses tables whose keys collide. Make it a record struct, or override Equals and GetHashCode.",
        RuleCategory.Message,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC2023"));

    internal static readonly DiagnosticDescriptor KeyIsFloat = new(
        "IPC2024",
        "Key of a dictionary or set is a floating-point number",
        "The keys of '{0}' are of type '{1}'. Two processes, or a peer in another language, seldom compute the same bits, and then the key is not found. Use an integer, a decimal or a string as the key.",
        RuleCategory.Message,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC2024"));

    internal static readonly DiagnosticDescriptor Chain = new(
        "IPC2025",
        "Message is a chain of itself",
        "'{0}' refers to the next '{0}' by '{1}', so every link nests one level deeper, and a message may nest 64 levels. Send a list of links if there can be more.",
        RuleCategory.Message,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC2025"));

    internal static readonly DiagnosticDescriptor DefaultsDiffer = new(
        "IPC2026",
        "Constructor and member have different defaults",
        "The constructor of '{0}' gives '{1}' the default {2}, its initializer {3}. A process that does not send it gets the constructor's. Write the same default in both places.",
        RuleCategory.Message,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC2026"));

    internal static readonly DiagnosticDescriptor NothingTravels = new(
        "IPC2027",
        "Message has no members that travel",
        "'{0}' has state, but no public property or field, so it arrives empty in the other process. Make the members public, give them keys, or plug in a formatter with [IpcFormatter].",
        RuleCategory.Message,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC2027"));

    internal static readonly DiagnosticDescriptor CaseNotListed = new(
        "IPC2028",
        "Type of a union is not listed",
        "'{0}' derives from the union '{1}', which does not list it: sending one is {2}. Add [Union({3}, typeof({0}))] to '{1}'.",
        RuleCategory.Message,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC2028"));

    internal static readonly DiagnosticDescriptor PackedLayoutUnchecked = new(
        "IPC2029",
        "Packed elements have a layout that nobody checks",
        "'{0}' sends '{1}' as it lies in memory, but {2}, so two builds may disagree about it without noticing. Mark a struct of your own [SharedLayout], or send the elements without [IpcPacked].",
        RuleCategory.Message,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC2029"));
}
