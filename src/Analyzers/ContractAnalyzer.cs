using System.Collections.Concurrent;
using System.Collections.Immutable;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Contracts.Ipc.Analyzers;

/// <summary>
/// Says why a contract is refused: IPC1xxx and IPC2xxx. It runs the generator's own parser, so the two can never disagree about
/// what a valid contract is.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ContractAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [.. Enum.GetValues(typeof(ProblemKind)).Cast<ProblemKind>().Select(ProblemRules.For).Distinct()];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(Start);
    }

    private static void Start(CompilationStartAnalysisContext context)
    {
        if (KnownSymbols.TryCreate(context.Compilation) is not { } symbols
            || ContractAttributes.TryCreate(context.Compilation) is not { } attributes)
        {
            return;
        }

        // Several contracts may reach one bad message type, which is then one error and not one for each contract.
        var reported = new ConcurrentDictionary<(string Id, Location Where), bool>();
        context.RegisterSymbolAction(
            symbol =>
            {
                var type = (INamedTypeSymbol)symbol.Symbol;
                ParseResult? result = type.TypeKind switch
                {
                    TypeKind.Interface when attributes.IsContract(type) => ContractParser.Parse(type, symbols, symbol.CancellationToken),
                    TypeKind.Class when attributes.IsForeignHolder(type) => ContractParser.ParseForeign(type, symbols, symbol.CancellationToken),
                    _ => null,
                };
                foreach (ContractProblem problem in result?.Problems ?? [])
                {
                    Report(symbol, type, problem, reported);
                }
            },
            SymbolKind.NamedType);
    }

    private static void Report(
        SymbolAnalysisContext context,
        INamedTypeSymbol contract,
        ContractProblem problem,
        ConcurrentDictionary<(string Id, Location Where), bool> reported)
    {
        Location location = problem.Location.IsInSource ? problem.Location : contract.Locations[0];
        DiagnosticDescriptor rule = ProblemRules.For(problem.Kind);
        if (reported.TryAdd((rule.Id, location), true))
        {
            context.ReportDiagnostic(Diagnostic.Create(rule, location, [.. problem.Arguments]));
        }
    }
}
