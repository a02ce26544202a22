using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Sharing;

/// <summary>Writes an atomic operation on a value that only the holder of the lock sees as a plain one: IPC4104.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PlainOperationFix)), Shared]
public sealed class PlainOperationFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [SharedCopyRules.AtomicUnderLock.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (target.Root.FindNode(target.Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call
            && Plain(access.Name.Identifier.ValueText, call) is { } plain)
        {
            yield return new FixOffer(
                $"Write '{plain}'",
                nameof(PlainOperationFix),
                editor => editor.ReplaceNode(call, plain.WithTriviaFrom(call)));
        }
    }

    private static ExpressionSyntax? Plain(string method, InvocationExpressionSyntax call)
    {
        ExpressionSyntax[] arguments = [.. call.ArgumentList.Arguments.Select(argument => argument.Expression)];
        bool isStatement = call.Parent is ExpressionStatementSyntax || call.Parent is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" } };
        return (method, arguments.Length) switch
        {
            ("Read", 1) => arguments[0],
            ("Increment", 1) when call.Parent is ExpressionStatementSyntax => SyntaxFactory.PostfixUnaryExpression(SyntaxKind.PostIncrementExpression, arguments[0]),
            ("Decrement", 1) when call.Parent is ExpressionStatementSyntax => SyntaxFactory.PostfixUnaryExpression(SyntaxKind.PostDecrementExpression, arguments[0]),
            ("Add", 2) when isStatement => SyntaxFactory.ParseExpression($"{arguments[0]} += {arguments[1]}"),
            ("Write" or "Exchange", 2) when isStatement => SyntaxFactory.ParseExpression($"{arguments[0]} = {arguments[1]}"),
            _ => null,
        };
    }
}
