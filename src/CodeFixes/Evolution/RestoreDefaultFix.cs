using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Evolution;

/// <summary>Gives a parameter or member its default value back: IPC5024.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RestoreDefaultFix)), Shared]
public sealed class RestoreDefaultFix : RemedyFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [MessageEvolutionRules.DefaultChanged.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target, string remedy)
    {
        SyntaxToken token = target.Root.FindToken(target.Diagnostic.Location.SourceSpan.Start);
        EqualsValueClauseSyntax? value = token.Parent?.FirstAncestorOrSelf<SyntaxNode>(node => node is ParameterSyntax or PropertyDeclarationSyntax or VariableDeclaratorSyntax) switch
        {
            ParameterSyntax parameter => parameter.Default,
            PropertyDeclarationSyntax property => property.Initializer,
            VariableDeclaratorSyntax field => field.Initializer,
            _ => null,
        };
        if (value is not null)
        {
            yield return new FixOffer(
                $"Give it the default value {remedy} back",
                nameof(RestoreDefaultFix),
                editor => editor.ReplaceNode(value.Value, SyntaxFactory.ParseExpression(remedy).WithTriviaFrom(value.Value)));
        }
    }
}
