using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Evolution;

/// <summary>
/// Agrees to a change that breaks older processes: the old line is marked *REMOVED*, the new one declared. A person decides that for one change at a time, so
/// there is no "fix all": no tool accepts a break.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AcceptBreakFix)), Shared]
public sealed class AcceptBreakFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
    [
        ServiceEvolutionRules.ContractGone.Id, ServiceEvolutionRules.RenamedOnTheWire.Id, ServiceEvolutionRules.GoneUnreserved.Id,
        ServiceEvolutionRules.ReservationGone.Id, ServiceEvolutionRules.NumberChanged.Id, ServiceEvolutionRules.KindChanged.Id,
        ServiceEvolutionRules.PromiseWithdrawn.Id, ServiceEvolutionRules.ParametersChanged.Id, MessageEvolutionRules.MemberWithoutValue.Id,
        MessageEvolutionRules.DefaultChanged.Id, MessageEvolutionRules.FormChanged.Id, MessageEvolutionRules.NullabilityChanged.Id,
        MessageEvolutionRules.TypeChanged.Id, MessageEvolutionRules.NewValueRefused.Id, MessageEvolutionRules.Closed.Id, MessageEvolutionRules.Experimental.Id,
        MessageEvolutionRules.LayoutChanged.Id,
    ];

    public override FixAllProvider? GetFixAllProvider() => null;

    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        Project project = context.Document.Project;
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            context.RegisterCodeFix(
                CodeAction.Create(
                    "Break older processes, and say so in the contract baseline",
                    cancellationToken => BaselineDocuments.UpdateAsync(project, [diagnostic], cancellationToken),
                    nameof(AcceptBreakFix)),
                diagnostic);
        }

        return Task.CompletedTask;
    }
}
