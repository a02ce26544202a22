using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Sharing;

/// <summary>Has a guard or a shared object disposed where its variable ends: IPC4105, IPC4111.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DeclareUsingFix)), Shared]
public sealed class DeclareUsingFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [SharedLockRules.GuardNotDisposed.Id, SharedLifeRules.NotDisposed.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (target.Find<InvocationExpressionSyntax>() is not { } call)
        {
            yield break;
        }

        switch (call.Parent)
        {
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax declaration } } }:
                yield return new FixOffer(
                    $"Declare '{declaration.Declaration.Variables[0].Identifier.ValueText}' with 'using'",
                    nameof(DeclareUsingFix),
                    editor => editor.ReplaceNode(declaration, (current, _) => WithUsing((LocalDeclarationStatementSyntax)current)));
                break;

            case ExpressionStatementSyntax { Parent: BlockSyntax or GlobalStatementSyntax } statement:
                string name = FreeName(target.Diagnostic.Id == SharedLockRules.GuardNotDisposed.Id ? "guard" : "shared", statement, target.Model);
                yield return new FixOffer(
                    $"Declare '{name}' with 'using'",
                    nameof(DeclareUsingFix) + ":new",
                    editor => editor.ReplaceNode(statement, SyntaxFactory.ParseStatement($"using var {name} = {call.WithoutTrivia()};").WithTriviaFrom(statement)));
                break;

            case IfStatementSyntax { Statement: BlockSyntax block } condition when OutName(call) is { } guard:
                yield return new FixOffer(
                    $"Dispose '{guard}' at the end of the block",
                    nameof(DeclareUsingFix) + ":block",
                    editor => editor.ReplaceNode(block, (current, _) => Wrap((BlockSyntax)current, guard, condition)));
                break;
        }
    }

    private static LocalDeclarationStatementSyntax WithUsing(LocalDeclarationStatementSyntax declaration)
        => declaration
            .WithoutLeadingTrivia()
            .WithUsingKeyword(SyntaxFactory.Token(SyntaxKind.UsingKeyword).WithLeadingTrivia(declaration.GetLeadingTrivia()).WithTrailingTrivia(SyntaxFactory.Space));

    private static string? OutName(InvocationExpressionSyntax call)
        => call.ArgumentList.Arguments.Select(argument => argument.Expression).OfType<DeclarationExpressionSyntax>()
            .Select(declaration => (declaration.Designation as SingleVariableDesignationSyntax)?.Identifier.ValueText)
            .FirstOrDefault();

    private static BlockSyntax Wrap(BlockSyntax block, string guard, IfStatementSyntax condition)
    {
        string indentation = string.Concat(condition.GetLeadingTrivia().Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Select(trivia => trivia.ToString())) + "    ";
        var first = SyntaxFactory.ParseStatement($"{indentation}using ({guard})\n{indentation}{{\n{string.Concat(block.Statements.Select(Deeper))}{indentation}}}\n");
        return block.WithStatements(SyntaxFactory.SingletonList(first));
    }

    private static string Deeper(StatementSyntax statement)
        => string.Concat(statement.ToFullString().Split('\n').Select(line => line.Trim().Length == 0 ? "" : $"    {line}\n"));

    private static string FreeName(string wanted, SyntaxNode place, SemanticModel model)
    {
        string name = wanted;
        for (int i = 2; model.LookupSymbols(place.SpanStart, name: name).Any(); i++)
        {
            name = wanted + i;
        }

        return name;
    }
}
