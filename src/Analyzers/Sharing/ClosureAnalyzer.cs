using System.Collections.Immutable;
using Contracts.Ipc.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Contracts.Ipc.Analyzers.Sharing;

/// <summary>
/// Finds delegates of <c>Update</c> that capture one local or parameter, which could be handed in as state without an allocation: IPC4124.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ClosureAnalyzer : SharingAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [SharedCopyRules.ClosureInUpdate];

    private protected override void Register(CompilationStartAnalysisContext context, SharedApi api)
        => context.RegisterOperationAction(operation => Analyze(operation, api), OperationKind.Invocation);

    private static void Analyze(OperationAnalysisContext context, SharedApi api)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod is { Name: "Update", Parameters.Length: 1, ContainingType.TypeArguments: { Length: 1 } values }
            && api.KindOf(call.TargetMethod.ContainingType) == SharedKind.Segment
            && call.Arguments[0].Syntax is ArgumentSyntax { Expression: ParenthesizedLambdaExpressionSyntax lambda }
            && Captured(lambda, call.SemanticModel!) is { } captured)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                SharedCopyRules.ClosureInUpdate, NameOf(call), captured.Name, values[0].Name, TypeOf(captured)!.ToMinimalDisplayString(call.SemanticModel!, lambda.SpanStart)));
        }
    }

    /// <summary>The one variable that a delegate captures, if it captures nothing else and only reads it.</summary>
    internal static ISymbol? Captured(ParenthesizedLambdaExpressionSyntax lambda, SemanticModel model)
    {
        if (lambda.Modifiers.Any(SyntaxKind.StaticKeyword) || lambda.ParameterList.Parameters.Count != 1)
        {
            return null;
        }

        DataFlowAnalysis? flow = model.AnalyzeDataFlow(lambda);
        ISymbol[] outside = flow is { Succeeded: true }
            ? [.. flow.ReadInside.Concat(flow.WrittenInside).Distinct(SymbolEqualityComparer.Default).Where(symbol => !lambda.Span.Contains(Declaration(symbol)))!]
            : [];
        return outside.Length == 1
            && outside[0] is var captured
            && captured is ILocalSymbol { IsConst: false } or IParameterSymbol { IsThis: false }
            && TypeOf(captured) is { IsAnonymousType: false }
            && !flow!.WrittenInside.Contains(captured, SymbolEqualityComparer.Default)
                ? captured
                : null;
    }

    internal static ITypeSymbol? TypeOf(ISymbol variable) => (variable as ILocalSymbol)?.Type ?? (variable as IParameterSymbol)?.Type;

    private static int Declaration(ISymbol symbol) => symbol.Locations.FirstOrDefault()?.SourceSpan.Start ?? -1;
}
