using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Sharing;

/// <summary>Turns reading, changing and writing back into one <c>Update</c>, which holds the lock from the first to the last: IPC4102.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UpdateInPlaceFix)), Shared]
public sealed class UpdateInPlaceFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [SharedCopyRules.LostUpdate.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (target.Find<InvocationExpressionSyntax>() is { Parent: ExpressionStatementSyntax { Parent: BlockSyntax block } last, Expression: MemberAccessExpressionSyntax { Expression: { } segment } } write
            && write.ArgumentList.Arguments.FirstOrDefault()?.Expression is IdentifierNameSyntax copy
            && target.Model.GetSymbolInfo(copy).Symbol is ILocalSymbol local
            && local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax first } }
            && first.Parent == block
            && IsRead(first, segment)
            && Changes(block, first, last) is { } changes
            && CanMove(changes, local, block, last, target.Model))
        {
            yield return new FixOffer(
                "Change the value in place by 'Update'",
                nameof(UpdateInPlaceFix),
                editor =>
                {
                    editor.ReplaceNode(first, Update(first, segment, local, changes, target.Model));
                    foreach (StatementSyntax change in changes)
                    {
                        editor.RemoveNode(change, SyntaxRemoveOptions.KeepNoTrivia);
                    }

                    editor.RemoveNode(last, SyntaxRemoveOptions.KeepNoTrivia);
                });
        }
    }

    private static bool IsRead(LocalDeclarationStatementSyntax first, ExpressionSyntax segment)
        => first.Declaration.Variables[0].Initializer?.Value is InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Read" } read }
            && SyntaxFactory.AreEquivalent(read.Expression, segment);

    /// <summary>The statements between the two, if they do nothing but change something.</summary>
    private static ExpressionStatementSyntax[]? Changes(BlockSyntax block, StatementSyntax first, StatementSyntax last)
    {
        int from = block.Statements.IndexOf(first) + 1;
        int to = block.Statements.IndexOf(last);
        ExpressionStatementSyntax[] changes = [.. block.Statements.Skip(from).Take(to - from).OfType<ExpressionStatementSyntax>()];
        return changes.Length > 0 && changes.Length == to - from ? changes : null;
    }

    /// <summary>Whether the changes may run in a delegate, and nobody needs the copy afterwards.</summary>
    private static bool CanMove(ExpressionStatementSyntax[] changes, ILocalSymbol local, BlockSyntax block, StatementSyntax last, SemanticModel model)
        => !changes.Any(change => change.DescendantNodes().Any(node => node is AwaitExpressionSyntax or LambdaExpressionSyntax))
            && !block.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.SpanStart > last.Span.End && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name).Symbol, local))
            && !Outside(changes, local, model).Any(symbol => symbol is IParameterSymbol { RefKind: not RefKind.None } or ILocalSymbol { RefKind: not RefKind.None } or ILocalSymbol { Type.IsRefLikeType: true } or IParameterSymbol { Type.IsRefLikeType: true });

    /// <summary>The variables around that the changes name.</summary>
    private static IEnumerable<ISymbol> Outside(ExpressionStatementSyntax[] changes, ILocalSymbol local, SemanticModel model)
        => changes.SelectMany(change => change.DescendantNodes()).OfType<IdentifierNameSyntax>()
            .Select(name => model.GetSymbolInfo(name).Symbol)
            .OfType<ISymbol>()
            .Where(symbol => symbol is ILocalSymbol or IParameterSymbol && !SymbolEqualityComparer.Default.Equals(symbol, local));

    private static StatementSyntax Update(LocalDeclarationStatementSyntax first, ExpressionSyntax segment, ILocalSymbol local, ExpressionStatementSyntax[] changes, SemanticModel model)
    {
        bool isStatic = !Outside(changes, local, model).Any() && !changes.Any(change => UsesThis(change, model));
        string head = $"{segment.WithoutTrivia()}.Update({(isStatic ? "static " : "")}(ref {local.Type.ToMinimalDisplayString(model, first.SpanStart)} {local.Name}) =>";
        string indentation = new([.. first.GetLeadingTrivia().Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).SelectMany(trivia => trivia.ToString())]);
        string text = changes.Length == 1
            ? $"{head} {changes[0].Expression.WithoutTrivia()});"
            : $"{head}\n{indentation}{{\n{string.Concat(changes.Select(change => $"{indentation}    {change.WithoutTrivia()}\n"))}{indentation}}});";
        return SyntaxFactory.ParseStatement(text).WithLeadingTrivia(first.GetLeadingTrivia()).WithTrailingTrivia(first.GetTrailingTrivia());
    }

    private static bool UsesThis(SyntaxNode change, SemanticModel model)
        => change.DescendantNodes().Any(node => node is ThisExpressionSyntax or BaseExpressionSyntax
            || (node is IdentifierNameSyntax { Parent: not MemberAccessExpressionSyntax } name && IsInstanceMember(model.GetSymbolInfo(name).Symbol))
            || (node is IdentifierNameSyntax { Parent: MemberAccessExpressionSyntax access } first && access.Expression == first && IsInstanceMember(model.GetSymbolInfo(first).Symbol)));

    private static bool IsInstanceMember(ISymbol? symbol) => symbol is IFieldSymbol { IsStatic: false } or IPropertySymbol { IsStatic: false } or IMethodSymbol { IsStatic: false };
}
