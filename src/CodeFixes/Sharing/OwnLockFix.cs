using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Sharing;

/// <summary>Takes the lock of all processes in place of one of this process: IPC4109.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(OwnLockFix)), Shared]
public sealed class OwnLockFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [SharedLockRules.LockStatement.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (target.Find<LockStatementSyntax>() is { } statement
            && target.Model.GetTypeInfo(statement.Expression).Type?.Name is { } type
            && Taken(type, statement.Expression.WithoutTrivia().ToString()) is { } taken)
        {
            yield return new FixOffer($"Use '{taken}'", nameof(OwnLockFix), editor => editor.ReplaceNode(statement, (current, _) => ToUsing((LockStatementSyntax)current, taken)));
        }
    }

    private static string? Taken(string type, string expression) => type switch
    {
        "SharedSegment" => $"{expression}.Lock()",
        "SharedMutex" => $"{expression}.Lock(TimeSpan.FromSeconds(10))",
        "SharedReaderWriterLock" => $"{expression}.LockWrite(TimeSpan.FromSeconds(10))",
        _ => null,
    };

    private static UsingStatementSyntax ToUsing(LockStatementSyntax statement, string taken)
        => SyntaxFactory.UsingStatement(
            statement.AttributeLists,
            default,
            SyntaxFactory.Token(SyntaxKind.UsingKeyword).WithTriviaFrom(statement.LockKeyword),
            statement.OpenParenToken,
            null,
            SyntaxFactory.ParseExpression(taken),
            statement.CloseParenToken,
            statement.Statement);
}
