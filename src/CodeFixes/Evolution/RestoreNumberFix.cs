using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Contracts.Ipc.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Evolution;

/// <summary>Gives a member its key or a constant its value back: IPC5017.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RestoreNumberFix)), Shared]
public sealed class RestoreNumberFix : RemedyFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [ServiceEvolutionRules.NumberChanged.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target, string remedy)
    {
        ExpressionSyntax number = SyntaxFactory.ParseExpression(remedy);
        switch (target.Find<MemberDeclarationSyntax>())
        {
            case EnumMemberDeclarationSyntax constant:
                yield return new FixOffer(
                    $"Give it the value {remedy} back",
                    nameof(RestoreNumberFix),
                    editor => editor.ReplaceNode(constant, (current, _) => WithValue((EnumMemberDeclarationSyntax)current, number)));
                break;
            case { } member when (member.FindAttribute(target.Model, AttributeNames.Key) ?? member.FindAttribute(target.Model, AttributeNames.MessagePackKey)) is { ArgumentList.Arguments: { Count: 1 } arguments }:
                yield return new FixOffer(
                    $"Give it the key {remedy} back",
                    nameof(RestoreNumberFix),
                    editor => editor.ReplaceNode(arguments[0].Expression, number.WithTriviaFrom(arguments[0].Expression)));
                break;
        }
    }

    private static EnumMemberDeclarationSyntax WithValue(EnumMemberDeclarationSyntax constant, ExpressionSyntax value)
    {
        if (constant.EqualsValue is { } old)
        {
            return constant.WithEqualsValue(old.WithValue(value.WithTriviaFrom(old.Value)));
        }

        SyntaxTriviaList after = constant.Identifier.TrailingTrivia;
        return constant
            .WithIdentifier(constant.Identifier.WithTrailingTrivia(SyntaxFactory.Space))
            .WithEqualsValue(SyntaxFactory.EqualsValueClause(SyntaxFactory.Token(SyntaxKind.EqualsToken).WithTrailingTrivia(SyntaxFactory.Space), value.WithTrailingTrivia(after)));
    }
}
