using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Usage;

/// <summary>Declares a connection, server or process <c>await using</c>: IPC4004.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AwaitUsingFix)), Shared]
public sealed class AwaitUsingFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [LifetimeRules.NeverDisposed.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (target.Find<VariableDeclaratorSyntax>() is { Parent.Parent: LocalDeclarationStatementSyntax { Declaration.Variables.Count: 1, Parent: BlockSyntax or GlobalStatementSyntax } statement }
            && AsyncCode.Contains(statement, target.Model))
        {
            yield return new FixOffer("Declare it 'await using'", nameof(AwaitUsingFix), editor => editor.ReplaceNode(statement, static (current, _) => WithAwaitUsing((LocalDeclarationStatementSyntax)current)));
        }
    }

    private static LocalDeclarationStatementSyntax WithAwaitUsing(LocalDeclarationStatementSyntax statement)
        => statement.WithoutLeadingTrivia()
            .WithAwaitKeyword(SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(SyntaxFactory.Space))
            .WithUsingKeyword(SyntaxFactory.Token(SyntaxKind.UsingKeyword).WithTrailingTrivia(SyntaxFactory.Space))
            .WithLeadingTrivia(statement.GetLeadingTrivia());
}
