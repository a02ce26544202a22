using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Shapes;

/// <summary>Makes a contract, a message type or a keyed member or a shared struct internal, and the types around it: IPC1003, IPC2002, IPC2009, IPC3003.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakeInternalFix)), Shared]
public sealed class MakeInternalFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        [ContractRules.ContractInaccessible.Id, MessageRules.MessageInaccessible.Id, MessageRules.MemberInaccessible.Id, LayoutRules.Inaccessible.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        MemberDeclarationSyntax[] hidden =
        [
            .. (target.Find<MemberDeclarationSyntax>()?.AncestorsAndSelf() ?? [])
                .OfType<MemberDeclarationSyntax>()
                .Where(declaration => declaration is not BaseNamespaceDeclarationSyntax && declaration.IsHidden()),
        ];
        if (hidden.Length == 0)
        {
            yield break;
        }

        yield return new FixOffer(
            "Make internal",
            nameof(MakeInternalFix),
            editor =>
            {
                foreach (MemberDeclarationSyntax declaration in hidden)
                {
                    editor.ReplaceNode(declaration, (current, _) => ((MemberDeclarationSyntax)current).WithInternal());
                }
            });
    }
}
