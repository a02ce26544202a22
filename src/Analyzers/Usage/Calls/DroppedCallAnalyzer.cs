using System.Collections.Immutable;
using Contracts.Ipc.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Contracts.Ipc.Analyzers.Usage.Calls;

/// <summary>Finds calls whose task nobody takes: IPC4006.</summary>
/// <remarks>Inside an async method the compiler says it already (CS4014). It is silent where tasks get lost most often: in methods that are not async and in lambdas that stand for an Action.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DroppedCallAnalyzer : RuleAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [CallRules.Dropped];

    private protected override void Start(CompilationStartAnalysisContext context, RuleFamilies families)
    {
        UsageSymbols symbols = UsageSymbols.Of(context.Compilation);
        context.RegisterOperationAction(operation => Analyze(operation, symbols), OperationKind.ExpressionStatement);
    }

    private static void Analyze(OperationAnalysisContext context, UsageSymbols symbols)
    {
        IOperation? value = ((IExpressionStatementOperation)context.Operation).Operation.Bare();
        if (value is IConditionalAccessOperation access)
        {
            value = access.WhenNotNull.Bare();
        }

        if (value is IInvocationOperation call
            && symbols.IsAwaitable(call.Type)
            && call.IsRemote(symbols)
            && call.Executor(context.ContainingSymbol) is { IsAsync: false })
        {
            context.ReportDiagnostic(Diagnostic.Create(CallRules.Dropped, CallSyntax.NameOf(call), call.TargetMethod.Name));
        }
    }
}
