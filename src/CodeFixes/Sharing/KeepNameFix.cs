using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Sharing;

/// <summary>Leaves the name of a segment to the process that made it: IPC4116.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(KeepNameFix)), Shared]
public sealed class KeepNameFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [SharedLifeRules.ReaderUnlinks.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (target.Find<AssignmentExpressionSyntax>() is not { Parent: InitializerExpressionSyntax { Parent: BaseObjectCreationExpressionSyntax { Parent: ArgumentSyntax { Parent: ArgumentListSyntax list } argument } creation } initializer } unlink)
        {
            yield break;
        }

        // Options that say nothing else need not be there.
        bool isAlone = initializer.Expressions.Count == 1 && creation.ArgumentList is not { Arguments.Count: > 0 };
        yield return new FixOffer(
            "Do not remove the name",
            nameof(KeepNameFix),
            editor =>
            {
                if (isAlone)
                {
                    editor.ReplaceNode(list, list.WithArguments(list.Arguments.Remove(argument)));
                }
                else
                {
                    editor.ReplaceNode(initializer, initializer.WithExpressions(initializer.Expressions.Remove(unlink)));
                }
            });
    }
}
