using System.Collections.Immutable;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.Generators.Parsing;
using Contracts.Ipc.Generators.Parsing.Layouts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Contracts.Ipc.Analyzers.Layouts;

/// <summary>
/// Says why a struct cannot be shared, and what is dangerous about one that can: IPC3001 to IPC3029, IPC3031 to IPC3043, IPC3046, IPC3047 and IPC3049. It runs the generator's own calculator, so the
/// two can never disagree.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SharedLayoutAnalyzer : RuleAnalyzer
{
    internal const string LastArgument = nameof(LastArgument);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [.. Enum.GetValues(typeof(LayoutProblemKind)).Cast<LayoutProblemKind>().Select(LayoutProblemRules.For).Distinct()];

    private protected override void Start(CompilationStartAnalysisContext context, RuleFamilies families)
    {
        if (KnownSymbols.TryCreate(context.Compilation) is { } symbols
            && context.Compilation.GetTypeByMetadataName(AttributeNames.SharedLayout) is { } attribute)
        {
            context.RegisterSymbolAction(symbol => Analyze(symbol, symbols, attribute, families), SymbolKind.NamedType);
        }
    }

    private static void Analyze(SymbolAnalysisContext context, KnownSymbols symbols, INamedTypeSymbol attribute, RuleFamilies families)
    {
        if (context.Symbol is not INamedTypeSymbol { TypeKind: TypeKind.Struct } type
            || !type.GetAttributes().Any(data => SymbolEqualityComparer.Default.Equals(data.AttributeClass, attribute)))
        {
            return;
        }

        foreach (LayoutProblem problem in LayoutParser.Parse(type, symbols, context.CancellationToken).Problems)
        {
            DiagnosticDescriptor rule = LayoutProblemRules.For(problem.Kind);
            if (families.Want(rule))
            {
                // The last fact of a sentence is the one that its fix needs.
                ImmutableDictionary<string, string?> facts = ImmutableDictionary<string, string?>.Empty.Add(LastArgument, problem.Arguments[problem.Arguments.Length - 1]);
                context.ReportDiagnostic(Diagnostic.Create(rule, problem.Location, facts, [.. problem.Arguments]));
            }
        }
    }
}
