using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Usage;

/// <summary>Waits on a Task, which blocks until the answer is there, instead of on a ValueTask: IPC4009.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WaitOnTaskFix)), Shared]
public sealed class WaitOnTaskFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [CallRules.ReadBeforeComplete.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (target.Find<SimpleNameSyntax>() is not { Parent: MemberAccessExpressionSyntax access })
        {
            yield break;
        }

        ExpressionSyntax task = access.Expression;
        while (task is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetAwaiter" or "ConfigureAwait" } inner })
        {
            task = inner.Expression;
        }

        ExpressionSyntax whole = access.Parent is InvocationExpressionSyntax call && call.Expression == access ? call : access;
        yield return new FixOffer("Wait on a Task: AsTask()", nameof(WaitOnTaskFix), editor => editor.ReplaceNode(whole, WaitOn(task).WithTriviaFrom(whole)));
    }

    private static ExpressionSyntax WaitOn(ExpressionSyntax task)
    {
        ExpressionSyntax result = KeepTaskFix.WithAsTask(task);
        foreach (string method in (string[])["GetAwaiter", "GetResult"])
        {
            result = SyntaxFactory.InvocationExpression(SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, result, SyntaxFactory.IdentifierName(method)));
        }

        return result;
    }
}
