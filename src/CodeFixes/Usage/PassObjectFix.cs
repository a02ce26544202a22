using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Usage;

/// <summary>Passes an object itself instead of a factory that always returns it, so that no client's end disposes it: IPC4025.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PassObjectFix)), Shared]
public sealed class PassObjectFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [LifetimeRules.FactoryHandsOutOneObject.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (target.Find<AnonymousFunctionExpressionSyntax>() is { Parent: ArgumentSyntax } lambda
            && target.Root.FindNode(target.Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is ExpressionSyntax shared)
        {
            yield return new FixOffer($"Pass '{shared}' itself", nameof(PassObjectFix), editor => editor.ReplaceNode(lambda, shared.WithTriviaFrom(lambda)));
        }
    }
}
