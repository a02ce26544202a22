using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Sharing;

/// <summary>Waits for what a loop asks again and again, or for what an attempt may not get: IPC4117, IPC4121.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WaitInsteadFix)), Shared]
public sealed class WaitInsteadFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [SharedWaitRules.PolledObject.Id, SharedWaitRules.IgnoredAttempt.Id];

    private const string Forever = "Timeout.InfiniteTimeSpan";

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        StatementSyntax? statement = target.Diagnostic.Id == SharedWaitRules.PolledObject.Id
            ? target.Find<WhileStatementSyntax>()
            : target.Find<ExpressionStatementSyntax>();
        ExpressionSyntax? attempt = statement switch
        {
            WhileStatementSyntax { Condition: PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression, Operand: { } operand } } => operand,
            WhileStatementSyntax loop => loop.Condition,
            ExpressionStatementSyntax call => call.Expression,
            _ => null,
        };
        if (attempt is not null && Waiting(attempt) is { } waiting)
        {
            yield return new FixOffer(
                $"Use '{waiting.Method}', which waits",
                nameof(WaitInsteadFix),
                editor => editor.ReplaceNode(statement!, SyntaxFactory.ParseStatement(waiting.Text).WithTriviaFrom(statement!)));
        }
    }

    private static (string Method, string Text)? Waiting(ExpressionSyntax attempt) => attempt switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "IsSet" } access => ("Wait", $"{access.Expression}.Wait({Forever});"),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression, Left: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Version" } access } equals
            => ("WaitForChange", $"{access.Expression}.WaitForChange({equals.Right.WithoutTrivia()}, {Forever});"),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access, ArgumentList.Arguments: { Count: 0 or 1 } arguments } => Call(access, arguments.FirstOrDefault()),
        _ => null,
    };

    private static (string Method, string Text)? Call(MemberAccessExpressionSyntax access, ArgumentSyntax? argument)
    {
        string owner = access.Expression.WithoutTrivia().ToString();
        return (access.Name.Identifier.ValueText, argument) switch
        {
            ("TryWait", null) => ("Wait", $"{owner}.Wait({Forever});"),
            ("TryEnqueue", { } item) => ("Enqueue", $"{owner}.Enqueue({item.WithoutTrivia()}, {Forever});"),
            ("TryDequeue", { } item) => ("Dequeue", $"{Target(item)} = {owner}.Dequeue({Forever});"),
            ("TryRead", { } value) => ("Read", $"{Target(value)} = {owner}.Read();"),
            ("TryLock", { Expression: DeclarationExpressionSyntax } guard) => ("Lock", $"using {Target(guard)} = {owner}.Lock({Forever});"),
            _ => null,
        };
    }

    /// <summary>What was the out argument, as the left side of an assignment.</summary>
    private static string Target(ArgumentSyntax argument) => argument.Expression.WithoutTrivia().ToString();
}
