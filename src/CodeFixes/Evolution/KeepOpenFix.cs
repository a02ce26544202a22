using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Evolution;

/// <summary>Opens again an enum or union that was closed: IPC5030.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(KeepOpenFix)), Shared]
public sealed class KeepOpenFix : RemedyFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [MessageEvolutionRules.Closed.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target, string remedy)
    {
        if (target.Find<BaseTypeDeclarationSyntax>() is { } declaration)
        {
            yield return new FixOffer(
                $"Add [{remedy}]",
                nameof(KeepOpenFix),
                editor => editor.ReplaceNode(declaration, (current, _) => current.WithAttribute(Attribute(remedy))));
        }
    }
}
