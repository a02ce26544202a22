using System.Collections.Immutable;
using Contracts.Ipc.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Contracts.Ipc.Analyzers.Usage.Calls;

/// <summary>Finds async void where the runtime calls: methods behind a contract, handlers of events, callbacks in options: IPC4011.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AsyncVoidAnalyzer : RuleAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [CallRules.AsyncVoid];

    private protected override void Start(CompilationStartAnalysisContext context, RuleFamilies families)
    {
        UsageSymbols symbols = UsageSymbols.Of(context.Compilation);
        context.RegisterSymbolAction(symbol => AnalyzeMethod(symbol, symbols), SymbolKind.Method);
        context.RegisterOperationAction(operation => AnalyzeLambda(operation, symbols), OperationKind.AnonymousFunction);
    }

    private static void AnalyzeMethod(SymbolAnalysisContext context, UsageSymbols symbols)
    {
        if (context.Symbol is IMethodSymbol { IsAsync: true, ReturnsVoid: true } method && method.ContractMethods(symbols).FirstOrDefault() is { } declared)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                CallRules.AsyncVoid,
                method.Locations[0],
                method.Name,
                "the caller gets its answer at the first await, before the work is done",
                $"Let '{declared.ContainingType.Name}.{declared.Name}' return Task"));
        }
    }

    private static void AnalyzeLambda(OperationAnalysisContext context, UsageSymbols symbols)
    {
        var lambda = (IAnonymousFunctionOperation)context.Operation;
        if (!lambda.Symbol.IsAsync || !lambda.Symbol.ReturnsVoid)
        {
            return;
        }

        IOperation? user = lambda.Parent;
        while (user is IDelegateCreationOperation or IConversionOperation)
        {
            user = user.Parent;
        }

        ISymbol? receiver = user switch
        {
            IEventAssignmentOperation { EventReference: IEventReferenceOperation reference } => reference.Event,
            ISimpleAssignmentOperation { Target: IPropertyReferenceOperation reference } => reference.Property,
            _ => null,
        };
        if (receiver is not null && SymbolEqualityComparer.Default.Equals(receiver.ContainingAssembly, symbols.Server?.ContainingAssembly))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                CallRules.AsyncVoid,
                lambda.Syntax.GetFirstToken().GetLocation(),
                receiver.Name,
                "the runtime goes on at its first await",
                "Start the work with Task.Run and handle its errors there"));
        }
    }
}
