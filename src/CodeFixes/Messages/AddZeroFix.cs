using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Messages;

/// <summary>Adds a member for 0 as the first one of an enum: IPC2020.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddZeroFix)), Shared]
public sealed class AddZeroFix : SyntaxFix
{
    private static readonly string[] Names = ["None", "Unknown", "Unspecified"];

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [MessageAdviceRules.EnumWithoutZero.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (target.Find<EnumDeclarationSyntax>() is not { Members.Count: > 0 } declaration
            || Names.FirstOrDefault(name => declaration.Members.All(member => member.Identifier.ValueText != name)) is not { } free)
        {
            yield break;
        }

        yield return new FixOffer(
            $"Add '{free} = 0'",
            nameof(AddZeroFix),
            editor => editor.ReplaceNode(declaration, (current, _) => WithZero((EnumDeclarationSyntax)current, free)));
    }

    // It stands as its neighbour does: in the line, or in a line of its own.
    private static EnumDeclarationSyntax WithZero(EnumDeclarationSyntax declaration, string name)
    {
        EnumMemberDeclarationSyntax first = declaration.Members[0];
        SyntaxTriviaList indentation = SyntaxFactory.TriviaList(first.GetLeadingTrivia().Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse());
        SyntaxToken brace = declaration.OpenBraceToken;
        bool breaksLines = brace.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);
        EnumMemberDeclarationSyntax zero = SyntaxFactory.EnumMemberDeclaration(name)
            .WithEqualsValue(SyntaxFactory.EqualsValueClause(
                SyntaxFactory.Token(SyntaxKind.EqualsToken).WithLeadingTrivia(SyntaxFactory.Space).WithTrailingTrivia(SyntaxFactory.Space),
                SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(0))))
            .WithLeadingTrivia(indentation);
        SyntaxToken comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(
            breaksLines ? SyntaxFactory.TriviaList(brace.TrailingTrivia.Where(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia))) : SyntaxFactory.TriviaList(SyntaxFactory.Space));
        return declaration.WithMembers(SyntaxFactory.SeparatedList<EnumMemberDeclarationSyntax>(
            declaration.Members.GetWithSeparators().InsertRange(0, [zero, comma])));
    }
}
