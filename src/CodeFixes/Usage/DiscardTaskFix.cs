using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Usage;

/// <summary>Says that nobody waits for a call, and that this is meant: IPC4006.</summary>
/// <remarks>Awaiting would be better as a rule, but it changes what the method returns, and so all its callers: that is for people.</remarks>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DiscardTaskFix)), Shared]
public sealed class DiscardTaskFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [CallRules.Dropped.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (target.Find<InvocationExpressionSyntax>() is not { } call)
        {
            yield break;
        }

        ExpressionSyntax whole = call;
        while (whole.Parent is ConditionalAccessExpressionSyntax access && access.WhenNotNull == whole)
        {
            whole = access;
        }

        if (whole.Parent is ExpressionStatementSyntax or ArrowExpressionClauseSyntax or AnonymousFunctionExpressionSyntax)
        {
            yield return new FixOffer("Write '_ =': nobody waits for it", nameof(DiscardTaskFix), editor => editor.ReplaceNode(whole, static (current, _) => Discarded((ExpressionSyntax)current)));
        }
    }

    private static AssignmentExpressionSyntax Discarded(ExpressionSyntax call)
        => SyntaxFactory.AssignmentExpression(
            SyntaxKind.SimpleAssignmentExpression,
            SyntaxFactory.IdentifierName(SyntaxFactory.Identifier(default, SyntaxKind.UnderscoreToken, "_", "_", SyntaxFactory.TriviaList(SyntaxFactory.Space))),
            SyntaxFactory.Token(SyntaxKind.EqualsToken).WithTrailingTrivia(SyntaxFactory.Space),
            call.WithoutTrivia()).WithTriviaFrom(call);
}
