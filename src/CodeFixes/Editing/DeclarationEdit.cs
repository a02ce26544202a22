using Contracts.Ipc.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

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

    /// <summary>Adds an attribute that the generator looks for, and <c>partial</c>, without which it could add nothing.</summary>
    /// <param name="solution">What is changed.</param>
    /// <param name="declaration">Of a type.</param>
    /// <param name="attribute">Its full name, without <c>global::</c>.</param>
    /// <param name="cancellationToken">Ends the edit.</param>
    internal static Task<Solution> MarkAsync(this Solution solution, SyntaxReference declaration, string attribute, CancellationToken cancellationToken)
        => solution.ReplaceAsync(
            declaration,
            type => ((TypeDeclarationSyntax)type).WithPartial().WithAttribute(
                SyntaxFactory.Attribute(SyntaxFactory.ParseName("global::" + attribute)).WithAdditionalAnnotations(Simplifier.Annotation)),
            cancellationToken);
}
