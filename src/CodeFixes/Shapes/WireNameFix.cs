using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Contracts.Ipc.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Shapes;

/// <summary>Replaces '/' by '.' in the name of a contract or method: IPC1006, IPC1020.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WireNameFix)), Shared]
public sealed class WireNameFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        [ContractRules.ContractNameInvalid.Id, ContractRules.MethodNameInvalid.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (target.Find<MemberDeclarationSyntax>() is not { } declaration
            || (declaration.FindAttribute(target.Model, AttributeNames.Service)
                ?? declaration.FindAttribute(target.Model, AttributeNames.ContractFor)
                ?? declaration.FindAttribute(target.Model, AttributeNames.Method)) is not { } attribute
            || attribute.FindText("Name") is not { } name
            || name.Text.Trim('/') is not { Length: > 0 } trimmed)
        {
            yield break;
        }

        string valid = trimmed.Replace('/', '.');
        ExpressionSyntax literal = SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(valid))
            .WithTriviaFrom(name.Argument.Expression);
        yield return new FixOffer(
            $"Rename to '{valid}'",
            nameof(WireNameFix),
            editor => editor.ReplaceNode(name.Argument.Expression, literal));
    }
}
