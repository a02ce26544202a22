using System.Collections.Immutable;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Contracts.Ipc.Analyzers.Shapes;

/// <summary>
/// Says why a contract is refused: IPC1xxx and IPC2xxx. It runs the generator's own parser, so the two can never disagree about
/// what a valid contract is.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ContractAnalyzer : RuleAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [.. Enum.GetValues(typeof(ProblemKind)).Cast<ProblemKind>().Select(ProblemRules.For).Distinct()];

    private protected override void Start(CompilationStartAnalysisContext context, RuleFamilies families)
    {
        if (ContractSet.TryCreate(context.Compilation) is { } contracts)
        {
            context.RegisterSymbolAction(symbol => Analyze(symbol, contracts, families), SymbolKind.NamedType);
        }
    }

    private static void Analyze(SymbolAnalysisContext context, ContractSet contracts, RuleFamilies families)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        var told = new HashSet<(ProblemKind Kind, Location Where)>();
        foreach (ContractProblem problem in contracts.Problems(type, context.CancellationToken))
        {
            // A member that several message types inherit is one error too.
            DiagnosticDescriptor rule = ProblemRules.For(problem.Kind);
            if (families.Want(rule) && told.Add((problem.Kind, problem.Location)) && contracts.IsToldBy(type, problem, context.CancellationToken))
            {
                Location location = problem.Location.IsInSource ? problem.Location : type.Locations[0];
                context.ReportDiagnostic(Diagnostic.Create(rule, location, [.. problem.Arguments]));
            }
        }
    }
}
