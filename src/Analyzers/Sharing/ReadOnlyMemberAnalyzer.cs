using System.Collections.Immutable;
using Contracts.Ipc.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Contracts.Ipc.Analyzers.Sharing;

/// <summary>
/// Finds members of shared structs that could be <c>readonly</c> (IPC4130), and calls that run on a hidden copy because the member is not (IPC4131).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ReadOnlyMemberAnalyzer : SharingAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [SharedDataRules.NotReadOnlyMember, SharedDataRules.HiddenCopy];

    private protected override void Register(CompilationStartAnalysisContext context, SharedApi api)
    {
        context.RegisterOperationBlockAction(AnalyzeMember);
        context.RegisterOperationAction(operation => AnalyzeCall(operation, api), OperationKind.Invocation, OperationKind.PropertyReference);
    }

    private static void AnalyzeMember(OperationBlockAnalysisContext context)
    {
        if (context.OwningSymbol is IMethodSymbol { IsStatic: false, IsReadOnly: false, MethodKind: MethodKind.Ordinary or MethodKind.PropertyGet } method
            && SharedApi.IsSharedStruct(method.ContainingType)
            && !context.OperationBlocks.SelectMany(block => block.DescendantsAndSelf()).OfType<IInstanceReferenceOperation>().Any(MayChange)
            && NameOf(method) is { } location)
        {
            string name = (method.AssociatedSymbol ?? method).Name;
            context.ReportDiagnostic(Diagnostic.Create(SharedDataRules.NotReadOnlyMember, location, $"{method.ContainingType.Name}.{name}"));
        }
    }

    private static void AnalyzeCall(OperationAnalysisContext context, SharedApi api)
    {
        (IOperation? instance, IMethodSymbol? method) = context.Operation switch
        {
            IInvocationOperation call => (call.Instance, call.TargetMethod),
            IPropertyReferenceOperation property => (property.Instance, property.Property.GetMethod),
            _ => (null, null),
        };
        if (instance is not null && method is { IsStatic: false, IsReadOnly: false } && SharedApi.IsSharedStruct(method.ContainingType) && IsReadOnlyReference(instance, context, api))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                SharedDataRules.HiddenCopy, context.Operation.Syntax.GetLocation(), $"{method.ContainingType.Name}.{(method.AssociatedSymbol ?? method).Name}", instance.Syntax));
        }
    }

    /// <summary>Whether the compiler copies the value before it calls a member that might change it.</summary>
    private static bool IsReadOnlyReference(IOperation value, OperationAnalysisContext context, SharedApi api) => value switch
    {
        IPropertyReferenceOperation { Property.Name: "Published" or "LeftBehind" } property => api.KindOf(property.Property.ContainingType) == SharedKind.SegmentGuard,
        IParameterReferenceOperation { Parameter.RefKind: RefKind.In or RefKind.RefReadOnlyParameter } => true,
        ILocalReferenceOperation { Local.RefKind: RefKind.RefReadOnly } => true,
        IFieldReferenceOperation { Field: { IsReadOnly: true } field } => context.ContainingSymbol is not IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor }
            && !SymbolEqualityComparer.Default.Equals(field.ContainingType, null),
        IFieldReferenceOperation { Instance: { Type.IsValueType: true } instance } => IsReadOnlyReference(instance, context, api),
        _ => false,
    };

    /// <summary>Whether something is done with <c>this</c>, or with a member of it, that is not mere reading.</summary>
    private static bool MayChange(IInstanceReferenceOperation self)
    {
        if (self.ReferenceKind != InstanceReferenceKind.ContainingTypeInstance)
        {
            return false;
        }

        IOperation member = CopyUse.MemberOf(self);
        return member.Parent switch
        {
            IAssignmentOperation assignment => assignment.Target == member || assignment is ISimpleAssignmentOperation { IsRef: true },
            IIncrementOrDecrementOperation or IAddressOfOperation or IDeconstructionAssignmentOperation or ITupleOperation => true,
            IArgumentOperation argument => argument.Parameter?.RefKind is not (RefKind.None or RefKind.In),
            IInvocationOperation call => call.Instance == member && !call.TargetMethod.IsReadOnly && member.Type is { IsValueType: true },
            IPropertyReferenceOperation property => property.Instance == member && property.Property.GetMethod is { IsReadOnly: false } && member.Type is { IsValueType: true },
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.RefKind: not RefKind.None } } => true,
            IReturnOperation => self.SemanticModel?.GetEnclosingSymbol(self.Syntax.SpanStart) is IMethodSymbol { RefKind: not RefKind.None },
            IDelegateCreationOperation or IMethodReferenceOperation or null => true,
            { Kind: OperationKind.None } => true,
            _ => IsNotReadOnlyProperty(member),
        };
    }

    private static bool IsNotReadOnlyProperty(IOperation member)
        => member is IPropertyReferenceOperation { Property.GetMethod: { IsReadOnly: false, ContainingType.IsValueType: true } };

    private static Location? NameOf(IMethodSymbol method) => (method.AssociatedSymbol ?? method).Locations.FirstOrDefault(location => location.IsInSource);
}
