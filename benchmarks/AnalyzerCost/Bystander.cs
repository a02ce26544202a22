using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Contracts.Ipc.Benchmarks.AnalyzerCost;

/// <summary>
/// Stands for the analyzers that every project has: the SDK's. It looks at every symbol and every operation and does nothing, so that what the compiler does for analyzers as such is not counted as ours.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class Bystander : DiagnosticAnalyzer
{
    private static readonly OperationKind[] Kinds =
        [OperationKind.Invocation, OperationKind.PropertyReference, OperationKind.Conversion, OperationKind.SimpleAssignment, OperationKind.ExpressionStatement, OperationKind.ObjectCreation];

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [new("BENCH1", "Never reported", "Never reported: {0}", "Benchmark", DiagnosticSeverity.Warning, isEnabledByDefault: true)];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSymbolAction(static _ => { }, SymbolKind.NamedType, SymbolKind.Method);
        context.RegisterOperationAction(static _ => { }, Kinds);
    }
}
