using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Rules;

/// <summary>IPC5001 to IPC5010: the files of a baseline, and whether they are up to date.</summary>
internal static class BaselineRules
{
    internal static readonly DiagnosticDescriptor FactNotDeclared = new(
        "IPC5001",
        "Contract is not declared in its baseline",
        "'{0}' is not in the contract baseline. Processes of the next release will rely on it: add to IpcContracts.Unshipped.txt: {1}.",
        RuleCategory.Evolution,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC5001"));

    internal static readonly DiagnosticDescriptor FactChanged = new(
        "IPC5002",
        "Contract differs from its baseline",
        "'{0}' is no longer what the contract baseline says, which is compatible, but has to be recorded: {1}",
        RuleCategory.Evolution,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC5002"));

    internal static readonly DiagnosticDescriptor FactGone = new(
        "IPC5003",
        "Baseline lists what is gone",
        "'{0}' has lost what the contract baseline still lists: {1}. Mark the line *REMOVED* in IpcContracts.Unshipped.txt.",
        RuleCategory.Evolution,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC5003"));

    internal static readonly DiagnosticDescriptor LineInvalid = new(
        "IPC5004",
        "Line of a baseline cannot be read",
        "'{0}' is no line of a contract baseline: {1}. Put back the line as the code fix or IpcCreateBaseline wrote it.",
        RuleCategory.Evolution,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC5004"));

    internal static readonly DiagnosticDescriptor LineRepeated = new(
        "IPC5005",
        "Line of a baseline is repeated",
        "The contract baseline speaks twice of '{0}', so that nobody knows which line holds. Remove one of the two.",
        RuleCategory.Evolution,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC5005"));

    internal static readonly DiagnosticDescriptor ShippedEdited = new(
        "IPC5006",
        "Shipped baseline was edited",
        "'{0}' is not what was shipped: its lines do not have the hash in its head. Processes of earlier releases keep to what was shipped; undo the edit, and put changes into IpcContracts.Unshipped.txt.",
        RuleCategory.Evolution,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC5006"));

    internal static readonly DiagnosticDescriptor UnshippedWhileFrozen = new(
        "IPC5007",
        "Frozen baseline has unshipped lines",
        "'{0}' has {1} unshipped lines, but IpcContractsFrozen says that this build is a release. Ship them first: dotnet build -t:IpcShipBaseline.",
        RuleCategory.Evolution,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC5007"));

    internal static readonly DiagnosticDescriptor NoBaseline = new(
        "IPC5008",
        "Contracts have no baseline",
        "'{0}' can be changed without anybody noticing that older processes break: there is no IpcContracts.Shipped.txt. Create it: dotnet build -t:IpcCreateBaseline.",
        RuleCategory.Evolution,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC5008"));

    internal static readonly DiagnosticDescriptor RemovedWithoutReason = new(
        "IPC5009",
        "*REMOVED* line removes nothing",
        "'*REMOVED* {0}' has no effect: {1}. Delete the line.",
        RuleCategory.Evolution,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC5009"));

    internal static readonly DiagnosticDescriptor FingerprintDiffers = new(
        "IPC5010",
        "Fingerprint differs from the baseline",
        "'{0}' travels in another form than its baseline says, although every line is as it was: the fingerprint was {1} and is {2}. Find out what changed, such as the version of the package, before you record it.",
        RuleCategory.Evolution,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC5010"));
}
