using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.CodeFixes.Editing;

/// <summary>Edits a declaration that stands in another document than the diagnostic.</summary>
internal static class DeclarationEdit
{
    internal static async Task<Solution> ReplaceAsync(
        this Solution solution, SyntaxReference declaration, Func<SyntaxNode, SyntaxNode> edit, CancellationToken cancellationToken)
    {
        SyntaxNode node = await declaration.GetSyntaxAsync(cancellationToken).ConfigureAwait(false);
        SyntaxNode root = await declaration.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false);
        return solution.WithDocumentSyntaxRoot(solution.GetDocument(declaration.SyntaxTree)!.Id, root.ReplaceNode(node, edit(node)));
    }
}
