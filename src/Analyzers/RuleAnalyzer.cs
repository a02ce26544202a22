using Contracts.Ipc.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Contracts.Ipc.Analyzers;

/// <summary>
/// What all analyzers of the package have in common: they flow to every project that references it, even indirectly, and so do nothing in one that cannot see the runtime,
/// nor if no rule of theirs is wanted.
/// </summary>
public abstract class RuleAnalyzer : DiagnosticAnalyzer
{
    private protected RuleAnalyzer()
    {
    }

    public sealed override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            var families = RuleFamilies.Of(start.Options);
            if (Mentions.Library(start.Compilation, start.Options) && SupportedDiagnostics.Any(families.Want))
            {
                Start(start, families);
            }
        });
    }

    /// <summary>Registers what is to be looked at. It runs once for each compilation that may have something to say.</summary>
    /// <param name="context">The compilation.</param>
    /// <param name="families">For analyzers with rules of several families; the others need not ask.</param>
    private protected abstract void Start(CompilationStartAnalysisContext context, RuleFamilies families);
}
