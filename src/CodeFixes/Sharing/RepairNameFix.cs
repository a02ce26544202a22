using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.Analyzers.Sharing;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Sharing;

/// <summary>Writes the nearest name that a shared object can have: IPC4114.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RepairNameFix)), Shared]
public sealed class RepairNameFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [SharedLifeRules.InvalidName.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (target.Find<LiteralExpressionSyntax>() is { RawKind: (int)SyntaxKind.StringLiteralExpression } literal
            && SharedName.Nearest(literal.Token.ValueText) is { } name)
        {
            yield return new FixOffer(
                $"Call it \"{name}\"",
                nameof(RepairNameFix),
                editor => editor.ReplaceNode(literal, SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(name)).WithTriviaFrom(literal)));
        }
    }
}
