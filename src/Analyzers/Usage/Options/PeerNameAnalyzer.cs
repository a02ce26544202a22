using System.Collections.Immutable;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.Analyzers.Usage.Calls;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Contracts.Ipc.Analyzers.Usage.Options;

/// <summary>Finds comparisons of the name that a peer gives itself: IPC4029.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PeerNameAnalyzer : RuleAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [OptionRules.NameDecides];

    private protected override void Start(CompilationStartAnalysisContext context, RuleFamilies families)
    {
        UsageSymbols symbols = UsageSymbols.Of(context.Compilation);
        context.RegisterOperationAction(
            operation =>
            {
                var reference = (IPropertyReferenceOperation)operation.Operation;
                if (reference.Property.Name == "PeerName" && UsageSymbols.Same(reference.Property.ContainingType, symbols.Connection) && Decides(reference))
                {
                    operation.ReportDiagnostic(Diagnostic.Create(OptionRules.NameDecides, CallSyntax.NameOf(reference), reference.Property.Name));
                }
            },
            OperationKind.PropertyReference);
    }

    private static bool Decides(IPropertyReferenceOperation name) => name.Parent switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } => true,
        IIsPatternOperation or ISwitchOperation or ISwitchExpressionOperation => true,
        IInvocationOperation { TargetMethod: { Name: "Equals" or "StartsWith" or "EndsWith", ContainingType.SpecialType: SpecialType.System_String } } => true,
        IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "Equals", ContainingType.SpecialType: SpecialType.System_String } } } => true,
        _ => false,
    };
}
