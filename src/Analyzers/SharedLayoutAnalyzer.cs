using System.Collections.Immutable;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.Generators.Parsing;
using Contracts.Ipc.Generators.Parsing.Layouts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Contracts.Ipc.Analyzers;

/// <summary>
/// Says why a struct cannot be shared, and what is dangerous about one that can: IPC3001 to IPC3029 and IPC3031 to IPC3033. It runs the generator's own calculator, so the
/// two can never disagree.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SharedLayoutAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [.. Enum.GetValues(typeof(LayoutProblemKind)).Cast<LayoutProblemKind>().Select(LayoutProblemRules.For).Distinct()];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (KnownSymbols.TryCreate(start.Compilation) is { } symbols
                && start.Compilation.GetTypeByMetadataName(AttributeNames.SharedLayout) is { } attribute)
            {
                start.RegisterSymbolAction(symbol => Analyze(symbol, symbols, attribute), SymbolKind.NamedType);
            }
        });
    }

    private static void Analyze(SymbolAnalysisContext context, KnownSymbols symbols, INamedTypeSymbol attribute)
    {
        if (context.Symbol is not INamedTypeSymbol { TypeKind: TypeKind.Struct } type
            || !type.GetAttributes().Any(data => SymbolEqualityComparer.Default.Equals(data.AttributeClass, attribute)))
        {
            return;
        }

        foreach (LayoutProblem problem in LayoutParser.Parse(type, symbols, context.CancellationToken).Problems)
        {
            context.ReportDiagnostic(Diagnostic.Create(LayoutProblemRules.For(problem.Kind), problem.Location, [.. problem.Arguments]));
        }
    }
}
