using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Rules;

/// <summary>IPC1xxx: what a contract and its members must look like.</summary>
internal static class ContractRules
{
    internal static readonly DiagnosticDescriptor ContractNotPartial = new(
        "IPC1001",
        "Contract is not partial",
        "'{0}' is not partial, so its proxy and stub cannot be generated into it. Add the modifier 'partial'.",
        RuleCategory.Contract,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC1001"));

    internal static readonly DiagnosticDescriptor ContainingTypeNotPartial = new(
        "IPC1002",
        "Type around a contract is not partial",
        "'{0}' contains the contract '{1}' and is not partial, so generated code cannot reach into it. Add the modifier 'partial' to '{0}', or move the contract out of it.",
        RuleCategory.Contract,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC1002"));

    internal static readonly DiagnosticDescriptor ContractInaccessible = new(
        "IPC1003",
        "Contract is not accessible to generated code",
        "Generated code cannot name the contract '{0}', because it is file-local or private to another type. Declare it internal or public.",
        RuleCategory.Contract,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC1003"));

    internal static readonly DiagnosticDescriptor ContractGeneric = new(
        "IPC1004",
        "Contract has type parameters",
        "The contract '{0}' has type parameters, but both processes must agree on one closed set of types. Remove the type parameters, or derive a contract without them from a plain generic interface.",
        RuleCategory.Contract,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC1004"));

    internal static readonly DiagnosticDescriptor ContractNestedInGenericType = new(
        "IPC1005",
        "Contract is nested in a generic type",
        "The contract '{0}' is nested in the generic type '{1}' and thereby generic itself. Move it out of '{1}'.",
        RuleCategory.Contract,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC1005"));

    internal static readonly DiagnosticDescriptor ContractNameInvalid = new(
        "IPC1006",
        "Contract name is not valid on the wire",
        "'{0}' cannot name a contract: a name is not empty and contains no '/', which separates contract and method on the wire. Choose a name such as 'acme.calculator'.",
        RuleCategory.Contract,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC1006"));

    internal static readonly DiagnosticDescriptor LanguageVersionTooOld = new(
        "IPC1007",
        "C# version is too old for generated code",
        "This project compiles as C# {0}, but generated code needs C# {1} or later. Set <LangVersion> to {1} or later, or remove it to get the default of the target framework.",
        RuleCategory.Contract,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC1007"));

    internal static readonly DiagnosticDescriptor ForeignContractInvalid = new(
        "IPC1008",
        "[IpcContractFor] is misplaced",
        "[IpcContractFor] on '{0}' names '{1}', but it belongs on a static class and names a plain interface. Write '[IpcContractFor(typeof(IForeign))] static partial class ForeignContract'.",
        RuleCategory.Contract,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC1008"));

    internal static readonly DiagnosticDescriptor ForeignContractIsContract = new(
        "IPC1009",
        "[IpcContractFor] names an interface that is a contract already",
        "'{1}' is marked [IpcService] and brings its own contract, so '{0}' would make a second one of the same name. Remove '{0}' and use '{1}' directly.",
        RuleCategory.Contract,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC1009"));

    internal static readonly DiagnosticDescriptor MemberKindUnsupported = new(
        "IPC1010",
        "Kind of member cannot be part of a contract",
        "'{0}' is a kind of member ({1}) that a contract cannot have: a call between processes is a method. Replace it by methods, or move it to an interface that is not a contract.",
        RuleCategory.Contract,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC1010"));

    internal static readonly DiagnosticDescriptor MethodGeneric = new(
        "IPC1011",
        "Contract method has type parameters",
        "The method '{0}' has type parameters, but the other process must know every type in advance. Write one method per type, each with its own name.",
        RuleCategory.Contract,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC1011"));

    internal static readonly DiagnosticDescriptor ReturnTypeUnsupported = new(
        "IPC1012",
        "Return type cannot travel",
        "The method '{0}' returns '{1}', which cannot travel between processes: {2}. Return void, Task, ValueTask or a value, Task<T> or ValueTask<T> of a serializable type.",
        RuleCategory.Contract,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC1012"));

    internal static readonly DiagnosticDescriptor ParameterByRef = new(
        "IPC1013",
        "Contract passes by reference",
        "'{0}' of '{1}' is passed by '{2}', but no reference reaches into another process. Pass by value, and return what the method changes.",
        RuleCategory.Contract,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC1013"));

    internal static readonly DiagnosticDescriptor ParameterTypeUnsupported = new(
        "IPC1014",
        "Parameter type cannot travel",
        "The parameter '{0}' of '{1}' has the type '{2}', which cannot travel between processes: {3}. Use a serializable type.",
        RuleCategory.Contract,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC1014"));

    internal static readonly DiagnosticDescriptor CancellationTokenNotLast = new(
        "IPC1015",
        "CancellationToken is not the last parameter",
        "The CancellationToken '{0}' of '{1}' is not the last parameter. Move it to the end, so that parameters can be appended before it without breaking older callers.",
        RuleCategory.Contract,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC1015"));

    internal static readonly DiagnosticDescriptor CancellationTokenRepeated = new(
        "IPC1016",
        "Contract method has more than one CancellationToken",
        "'{0}' is a second CancellationToken of '{1}', but a call is cancelled as a whole. Keep the last token and link several with CancellationTokenSource.CreateLinkedTokenSource.",
        RuleCategory.Contract,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC1016"));

    internal static readonly DiagnosticDescriptor WireNameRepeated = new(
        "IPC1017",
        "Two methods have one name on the wire",
        "'{0}' and '{2}' are both called '{1}' on the wire, so a call could not tell them apart. Give one of them a name with [IpcMethod(Name = \"…\")].",
        RuleCategory.Contract,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC1017"));

    internal static readonly DiagnosticDescriptor InheritedSignatureConflict = new(
        "IPC1018",
        "Inherited methods share a name and differ in signature",
        "The inherited methods '{1}' and '{2}' are both called '{0}' on the wire and differ in signature. Give one of them another name with [IpcMethod(Name = \"…\")], or inherit only one.",
        RuleCategory.Contract,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC1018"));

    internal static readonly DiagnosticDescriptor MethodIdCollision = new(
        "IPC1019",
        "Two names have the same hash",
        "'{0}' and '{1}' have the same 64-bit hash, which identifies methods on the wire. Rename one of them with [IpcMethod(Name = \"…\")].",
        RuleCategory.Contract,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC1019"));

    internal static readonly DiagnosticDescriptor MethodNameInvalid = new(
        "IPC1020",
        "Method name is not valid on the wire",
        "'{1}' cannot name the method '{0}': a name is not empty and contains no '/', which separates contract and method on the wire. Choose another name.",
        RuleCategory.Contract,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC1020"));

    internal static readonly DiagnosticDescriptor OneWayWithResult = new(
        "IPC1021",
        "One-way method has a result",
        "'{0}' is marked [OneWay] and returns '{1}', but nothing comes back from a one-way call. Return void, Task or ValueTask, or remove [OneWay].",
        RuleCategory.Contract,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC1021"));

    internal static readonly DiagnosticDescriptor TimeoutInvalid = new(
        "IPC1022",
        "Timeout is out of range",
        "TimeoutMilliseconds = {1} on '{0}' is not a time. Use a positive number, -1 for no deadline, or 0 for the default of the connection.",
        RuleCategory.Contract,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC1022"));

    internal static readonly DiagnosticDescriptor FaultTypeUnsupported = new(
        "IPC1023",
        "Fault detail cannot travel",
        "The fault detail '{0}' cannot travel between processes: {1}. Use a serializable type that says what went wrong.",
        RuleCategory.Contract,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC1023"));

    internal static readonly DiagnosticDescriptor ContractNameRepeated = new(
        "IPC1024",
        "Two contracts have one name",
        "'{0}' and '{1}' are both called '{2}' on the wire, so no process can offer both. Give one of them another name.",
        RuleCategory.Contract,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC1024"));

    internal static readonly DiagnosticDescriptor PriorityInvalid = new(
        "IPC1025",
        "Priority is out of range",
        "Priority = {1} on '{0}' is not a priority. Use a number from 0, the default, to 7, the most urgent.",
        RuleCategory.Contract,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC1025"));

    internal static readonly DiagnosticDescriptor SignalNotOneWay = new(
        "IPC1026",
        "Signal method is not one-way",
        "'{0}' of '{1}', which may travel as signals, is not marked [OneWay], but no signal brings an answer. Add [OneWay], or remove Signals = true from the contract.",
        RuleCategory.Contract,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC1026"));

    internal static readonly DiagnosticDescriptor SignalWithParameter = new(
        "IPC1027",
        "Signal method has a parameter",
        "'{1}' of '{2}', which may travel as signals, has the parameter '{0}', but a signal carries no data. Write one method for each message, or remove Signals = true from the contract.",
        RuleCategory.Contract,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC1027"));

    internal static readonly DiagnosticDescriptor SignalsTooMany = new(
        "IPC1028",
        "Contract has more methods than there are signals",
        "'{0}' may travel as signals and has {1} methods, but a process has at most {2} signals for all its contracts. Split the contract, or remove Signals = true.",
        RuleCategory.Contract,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC1028"));
}
