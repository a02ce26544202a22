using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Usage;

/// <summary>Keeps a Task, which may be awaited as often as one likes, instead of the ValueTask of a call: IPC4007.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(KeepTaskFix)), Shared]
public sealed class KeepTaskFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [CallRules.AwaitedTwice.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (target.Find<IdentifierNameSyntax>() is not { } name
            || target.Model.GetSymbolInfo(name).Symbol is not ILocalSymbol local
            || local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is not VariableDeclaratorSyntax { Initializer.Value: { } value, Parent: VariableDeclarationSyntax { Variables.Count: 1 } declaration } declarator
            || UsesValueTask(declarator, local, target.Model))
        {
            yield break;
        }

        yield return new FixOffer(
            "Keep a Task: AsTask()",
            nameof(KeepTaskFix),
            editor =>
            {
                editor.ReplaceNode(value, static (current, _) => WithAsTask((ExpressionSyntax)current));
                if (NameOf(declaration.Type) is { } type)
                {
                    editor.ReplaceNode(type, static (current, _) => ((SimpleNameSyntax)current).WithIdentifier(SyntaxFactory.Identifier("Task").WithTriviaFrom(((SimpleNameSyntax)current).Identifier)));
                }
            });
    }

    /// <summary>ValueTask in the declaration; null for var.</summary>
    private static SimpleNameSyntax? NameOf(TypeSyntax type) => type switch
    {
        QualifiedNameSyntax qualified => qualified.Right,
        SimpleNameSyntax { Identifier.ValueText: "ValueTask" } simple => simple,
        _ => null,
    };

    /// <summary>Whether the local is used for what only a ValueTask can do.</summary>
    private static bool UsesValueTask(SyntaxNode declarator, ILocalSymbol local, SemanticModel model)
        => declarator.FirstAncestorOrSelf<MemberDeclarationSyntax>()?.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Any(access =>
            access.Name.Identifier.ValueText is "AsTask" or "Preserve"
            && access.Expression is IdentifierNameSyntax receiver
            && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(receiver).Symbol, local)) != false;

    internal static ExpressionSyntax WithAsTask(ExpressionSyntax call)
        => SyntaxFactory.InvocationExpression(
            SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, call.WithoutTrailingTrivia(), SyntaxFactory.IdentifierName("AsTask"))).WithTrailingTrivia(call.GetTrailingTrivia());
}
