using Contracts.Ipc.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Rules;

/// <summary>One rule for each kind of problem that the parser finds, so that nothing is refused without an explanation.</summary>
internal static class ProblemRules
{
    internal static DiagnosticDescriptor For(ProblemKind kind) => kind switch
    {
        ProblemKind.ContractNotPartial => ContractRules.ContractNotPartial,
        ProblemKind.ContainingTypeNotPartial => ContractRules.ContainingTypeNotPartial,
        ProblemKind.ContractInaccessible => ContractRules.ContractInaccessible,
        ProblemKind.ContractGeneric => ContractRules.ContractGeneric,
        ProblemKind.ContractNestedInGenericType => ContractRules.ContractNestedInGenericType,
        ProblemKind.ContractNameInvalid => ContractRules.ContractNameInvalid,
        ProblemKind.LanguageVersionTooOld => ContractRules.LanguageVersionTooOld,
        ProblemKind.ForeignContractInvalid => ContractRules.ForeignContractInvalid,
        ProblemKind.ForeignContractIsContract => ContractRules.ForeignContractIsContract,
        ProblemKind.MemberKindUnsupported => ContractRules.MemberKindUnsupported,
        ProblemKind.MethodGeneric => ContractRules.MethodGeneric,
        ProblemKind.ReturnTypeUnsupported => ContractRules.ReturnTypeUnsupported,
        ProblemKind.ParameterByRef => ContractRules.ParameterByRef,
        ProblemKind.ParameterTypeUnsupported => ContractRules.ParameterTypeUnsupported,
        ProblemKind.CancellationTokenNotLast => ContractRules.CancellationTokenNotLast,
        ProblemKind.CancellationTokenRepeated => ContractRules.CancellationTokenRepeated,
        ProblemKind.WireNameRepeated => ContractRules.WireNameRepeated,
        ProblemKind.InheritedSignatureConflict => ContractRules.InheritedSignatureConflict,
        ProblemKind.MethodIdCollision => ContractRules.MethodIdCollision,
        ProblemKind.MethodNameInvalid => ContractRules.MethodNameInvalid,
        ProblemKind.OneWayWithResult => ContractRules.OneWayWithResult,
        ProblemKind.TimeoutInvalid => ContractRules.TimeoutInvalid,
        ProblemKind.PriorityInvalid => ContractRules.PriorityInvalid,
        ProblemKind.SignalNotOneWay => ContractRules.SignalNotOneWay,
        ProblemKind.SignalWithParameter => ContractRules.SignalWithParameter,
        ProblemKind.SignalsTooMany => ContractRules.SignalsTooMany,
        ProblemKind.FaultTypeUnsupported => ContractRules.FaultTypeUnsupported,
        ProblemKind.MemberTypeUnsupported => MessageRules.MemberTypeUnsupported,
        ProblemKind.MessageInaccessible => MessageRules.MessageInaccessible,
        ProblemKind.MessageConstructorUnusable => MessageRules.MessageConstructorUnusable,
        ProblemKind.KeyRepeated => MessageRules.KeyRepeated,
        ProblemKind.KeysMixed => MessageRules.KeysMixed,
        ProblemKind.KeyOutOfRange => MessageRules.KeyOutOfRange,
        ProblemKind.KeyMissing => MessageRules.KeyMissing,
        ProblemKind.MemberNotSettable => MessageRules.MemberNotSettable,
        ProblemKind.MemberInaccessible => MessageRules.MemberInaccessible,
        ProblemKind.UnionCaseRepeated => MessageRules.UnionCaseRepeated,
        ProblemKind.UnionCaseInvalid => MessageRules.UnionCaseInvalid,
        ProblemKind.MessageGrowsForEver => MessageRules.MessageGrowsForEver,
        ProblemKind.MessagePackFeatureUnsupported => MessageRules.MessagePackFeatureUnsupported,
        ProblemKind.FormatterInvalid => MessageRules.FormatterInvalid,
        ProblemKind.OpenInvalid => EvolvingRules.OpenInvalid,
        ProblemKind.PackedTypeUnsupported => MessageRules.PackedTypeUnsupported,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Give the new kind of problem a rule and a page."),
    };
}
