using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Contracts.Ipc.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Messages;

/// <summary>Lets an open enum keep the numbers that it does not know, instead of replacing them by something impossible: IPC2016.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(KeepUnknownFix)), Shared]
public sealed class KeepUnknownFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [EvolvingRules.OpenInvalid.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (target.Find<EnumDeclarationSyntax>() is not { } declaration
            || declaration.FindAttribute(target.Model, AttributeNames.Open) is not { ArgumentList: { } arguments } attribute)
        {
            yield break;
        }

        if (declaration.FindAttribute(target.Model, AttributeNames.Flags) is not null)
        {
            yield return new FixOffer(
                "Remove [IpcOpen]: [Flags] keeps unknown bits",
                nameof(KeepUnknownFix) + ":Flags",
                editor => editor.ReplaceNode(declaration, (current, _) => current.WithoutAttribute(attribute)));
        }
        else
        {
            yield return new FixOffer(
                "Keep unknown numbers as they are",
                nameof(KeepUnknownFix),
                editor => editor.RemoveNode(arguments, SyntaxRemoveOptions.KeepNoTrivia));
        }
    }
}
