using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Evolution;

/// <summary>
/// Records in the baseline what breaks nobody: IPC5001 to IPC5003 and IPC5010, and the changes that are only worth a second look: IPC5014, IPC5020, IPC5022,
/// IPC5028.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UpdateBaselineFix)), Shared]
public sealed class UpdateBaselineFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
    [
        BaselineRules.FactNotDeclared.Id, BaselineRules.FactChanged.Id, BaselineRules.FactGone.Id, BaselineRules.FingerprintDiffers.Id,
        ServiceEvolutionRules.GoneReserved.Id, ServiceEvolutionRules.PolicyChanged.Id, ServiceEvolutionRules.SourceOnly.Id, MessageEvolutionRules.OrderOfUpdates.Id,
    ];

    public override FixAllProvider GetFixAllProvider() => BaselineFixAll.Instance;

    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        Project project = context.Document.Project;
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            context.RegisterCodeFix(
                CodeAction.Create(
                    "Record in the contract baseline",
                    cancellationToken => BaselineDocuments.UpdateAsync(project, [diagnostic], cancellationToken),
                    nameof(UpdateBaselineFix)),
                diagnostic);
        }

        return Task.CompletedTask;
    }
}
