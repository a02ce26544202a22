using System.Composition;
using Contracts.Ipc.CodeFixes.Editing;
using Contracts.Ipc.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;

namespace Contracts.Ipc.CodeFixes.Layouts;

/// <summary>
/// Writes before a shared struct how it lies in memory, as a comment: offsets, sizes, padding, and where cache lines begin. A table that is there already is brought up to date.
/// </summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(ExplainLayoutRefactoring)), Shared]
public sealed class ExplainLayoutRefactoring : CodeRefactoringProvider
{
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root
            || root.FindToken(context.Span.Start).Parent is not TypeDeclarationSyntax declaration
            || !declaration.Identifier.Span.IntersectsWith(context.Span)
            || await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false) is not { } model
            || SharedStruct.Of(declaration, model) is not { } type)
        {
            return;
        }

        context.RegisterRefactoring(CodeAction.Create(
            $"Explain the layout of '{type.Symbol.Name}'",
            _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(declaration, Explain(type)))),
            nameof(ExplainLayoutRefactoring)));
    }

    private static TypeDeclarationSyntax Explain(SharedStruct type)
    {
        SyntaxTrivia line = type.Declaration.LineBreakOf();
        SyntaxTriviaList indentation = type.Declaration.IndentationOf();
        List<string> table = LayoutTable.Of(type.Shape);
        IEnumerable<SyntaxTrivia> comment = table.SelectMany(text => indentation.Append(SyntaxFactory.Comment(("// " + text).TrimEnd())).Append(line));
        return type.Declaration.WithLeadingTrivia(Before(type).Concat(comment).Concat(indentation));
    }

    /// <summary>What stands before the struct, without the indentation of its own line and without a table from before.</summary>
    private static List<SyntaxTrivia> Before(SharedStruct type)
    {
        List<SyntaxTrivia> trivia = [.. type.Declaration.GetLeadingTrivia()];
        trivia.RemoveRange(trivia.Count - type.Declaration.IndentationOf().Count, type.Declaration.IndentationOf().Count);

        // The table is the last block of comments, if its first line is the head of one.
        int start = trivia.FindLastIndex(item => item.ToString().StartsWith($"// {type.Shape.Type.DisplayName}: ", StringComparison.Ordinal) && item.ToString().Contains(" bytes, aligned to "));
        if (start >= 0 && trivia.Skip(start).All(item => item.RawKind is (int)SyntaxKind.SingleLineCommentTrivia or (int)SyntaxKind.EndOfLineTrivia or (int)SyntaxKind.WhitespaceTrivia))
        {
            while (start > 0 && trivia[start - 1].IsKind(SyntaxKind.WhitespaceTrivia))
            {
                start--;
            }

            trivia.RemoveRange(start, trivia.Count - start);
        }

        return trivia;
    }
}
