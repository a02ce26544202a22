using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Evolution;

/// <summary>
/// Writes all lines into the baseline at once. The usual provider would fix each diagnostic by itself and merge the results, and cannot merge what stands
/// outside of source files.
/// </summary>
internal sealed class BaselineFixAll : FixAllProvider
{
    internal static readonly BaselineFixAll Instance = new();

    private BaselineFixAll()
    {
    }

    public override Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
        => Task.FromResult<CodeAction?>(CodeAction.Create(
            "Record all in the contract baseline",
            cancellationToken => FixAsync(fixAllContext.WithCancellationToken(cancellationToken)),
            fixAllContext.CodeActionEquivalenceKey));

    private static async Task<Solution> FixAsync(FixAllContext context)
    {
        Solution solution = context.Solution;
        foreach (ProjectId id in context.Scope == FixAllScope.Solution ? solution.ProjectIds : [context.Project.Id])
        {
            Project project = context.Solution.GetProject(id)!;
            IEnumerable<Diagnostic> diagnostics = context is { Scope: FixAllScope.Document, Document: { } document }
                ? await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false)
                : await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false);
            Diagnostic[] found = [.. diagnostics];
            if (found.Length > 0)
            {
                // Each project has a baseline of its own; what was changed in the others is kept.
                solution = await BaselineDocuments.UpdateAsync(solution.GetProject(id)!, found, context.CancellationToken).ConfigureAwait(false);
            }
        }

        return solution;
    }
}
