using System.Collections.Immutable;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Contracts.Ipc.Analyzers.Evolution;

/// <summary>
/// Holds contracts and shared structs against the baseline of the project: IPC5xxx. A project without a baseline hears nothing, and pays nothing.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BaselineAnalyzer : RuleAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        BaselineRules.FactNotDeclared, BaselineRules.FactChanged, BaselineRules.FactGone, BaselineRules.NoBaseline, BaselineRules.FingerprintDiffers,
        ServiceEvolutionRules.ContractGone, ServiceEvolutionRules.RenamedOnTheWire, ServiceEvolutionRules.GoneUnreserved, ServiceEvolutionRules.GoneReserved,
        ServiceEvolutionRules.Reused, ServiceEvolutionRules.ReservationGone, ServiceEvolutionRules.NumberChanged, ServiceEvolutionRules.KindChanged,
        ServiceEvolutionRules.PromiseWithdrawn, ServiceEvolutionRules.PolicyChanged, ServiceEvolutionRules.ParametersChanged, ServiceEvolutionRules.SourceOnly,
        MessageEvolutionRules.MemberWithoutValue, MessageEvolutionRules.DefaultChanged, MessageEvolutionRules.FormChanged, MessageEvolutionRules.NullabilityChanged,
        MessageEvolutionRules.TypeChanged, MessageEvolutionRules.OrderOfUpdates, MessageEvolutionRules.NewValueRefused, MessageEvolutionRules.Closed,
        MessageEvolutionRules.Experimental, MessageEvolutionRules.LayoutChanged,
    ];

    private protected override void Start(CompilationStartAnalysisContext context, RuleFamilies families)
    {
        if (Baseline.Of(context.Options, context.CancellationToken) is not { } baseline)
        {
            return;
        }

        // What is wrong is found out once, by the first type that asks; each type then tells of itself, so that an editor shows it while somebody types.
        Compilation compilation = context.Compilation;
        var report = new Lazy<BaselineReport>(() => BaselineReport.Create(baseline, compilation));
        context.RegisterSymbolAction(symbol => Analyze(symbol, report), SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context, Lazy<BaselineReport> report)
    {
        foreach (Diagnostic diagnostic in report.Value.Of(TypeNames.Metadata((INamedTypeSymbol)context.Symbol)))
        {
            context.ReportDiagnostic(diagnostic);
        }
    }
}
