using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Sharing;

/// <summary>Publishes in one <c>Update</c> what two in a row did: IPC4123.</summary>
/// <remarks>Statements that leave the first delegate early would leave the merged one; such a pair is a case for a reader, and both delegates are left as they are if they do not look alike.</remarks>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MergeUpdatesFix)), Shared]
public sealed class MergeUpdatesFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [SharedCopyRules.TwoUpdates.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (target.Find<ExpressionStatementSyntax>() is { Parent: BlockSyntax block } second
            && block.Statements.IndexOf(second) is > 0 and var at
            && block.Statements[at - 1] is ExpressionStatementSyntax first
            && Lambda(first) is { } before
            && Lambda(second) is { } after
            && before.ParameterList.Parameters[0].Identifier.ValueText == after.ParameterList.Parameters[0].Identifier.ValueText)
        {
            yield return new FixOffer(
                "Make both changes in one 'Update'",
                nameof(MergeUpdatesFix),
                editor =>
                {
                    editor.ReplaceNode(before, Merge(first, before, after).WithTriviaFrom(before));
                    editor.RemoveNode(second, SyntaxRemoveOptions.KeepNoTrivia);
                });
        }
    }

    private static ParenthesizedLambdaExpressionSyntax? Lambda(ExpressionStatementSyntax statement)
        => statement.Expression is InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments }
            && arguments[0].Expression is ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters.Count: 1 } lambda
                ? lambda
                : null;

    private static ExpressionSyntax Merge(ExpressionStatementSyntax first, ParenthesizedLambdaExpressionSyntax before, ParenthesizedLambdaExpressionSyntax after)
    {
        string indentation = string.Concat(first.GetLeadingTrivia().Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Select(trivia => trivia.ToString()));
        bool isStatic = before.Modifiers.Any(SyntaxKind.StaticKeyword) && after.Modifiers.Any(SyntaxKind.StaticKeyword);
        IEnumerable<string> statements = Statements(before).Concat(Statements(after)).Select(statement => $"{indentation}    {statement}\n");
        return SyntaxFactory.ParseExpression($"{(isStatic ? "static " : "")}{before.ParameterList.WithoutTrivia()} =>\n{indentation}{{\n{string.Concat(statements)}{indentation}}}");
    }

    private static IEnumerable<string> Statements(ParenthesizedLambdaExpressionSyntax lambda) => lambda switch
    {
        { ExpressionBody: { } expression } => [$"{expression.WithoutTrivia()};"],
        _ => lambda.Block!.Statements.Select(statement => statement.WithoutTrivia().ToString()),
    };
}
