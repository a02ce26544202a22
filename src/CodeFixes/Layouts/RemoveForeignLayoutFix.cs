using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;

namespace Contracts.Ipc.CodeFixes.Layouts;

/// <summary>Removes an [assembly: ForeignLayout] that nobody uses: IPC3048.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveForeignLayoutFix)), Shared]
public sealed class RemoveForeignLayoutFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [LayoutAdvice.UselessForeignLayout.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (target.Find<AttributeSyntax>() is { Parent: AttributeListSyntax list } attribute)
        {
            yield return new FixOffer(
                "Remove [ForeignLayout]",
                nameof(RemoveForeignLayoutFix),
                editor =>
                {
                    if (list.Attributes.Count == 1)
                    {
                        editor.RemoveNode(list, SyntaxRemoveOptions.KeepLeadingTrivia);
                    }
                    else
                    {
                        editor.ReplaceNode(list, (current, _) => Without((AttributeListSyntax)current, attribute));
                    }
                });
        }
    }

    private static AttributeListSyntax Without(AttributeListSyntax list, AttributeSyntax attribute)
        => list.WithAttributes(list.Attributes.Remove(list.Attributes.First(candidate => candidate.IsEquivalentTo(attribute))));
}
