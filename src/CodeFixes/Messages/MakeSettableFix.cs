using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Messages;

/// <summary>Adds <c>init</c> to a property that can only be read, so that it can be set when a message arrives: IPC2008.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakeSettableFix)), Shared]
public sealed class MakeSettableFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [MessageRules.MemberNotSettable.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        // Only { get; }: a computed property has nowhere to keep a value.
        if (target.Find<MemberDeclarationSyntax>() is PropertyDeclarationSyntax { AccessorList: { Accessors.Count: 1 } accessors }
            && accessors.Accessors.First() is { Body: null, ExpressionBody: null } getter)
        {
            AccessorDeclarationSyntax init = SyntaxFactory.AccessorDeclaration(SyntaxKind.InitAccessorDeclaration)
                .WithSemicolonToken(SyntaxFactory.Token(SyntaxKind.SemicolonToken))
                .WithTriviaFrom(getter);
            yield return new FixOffer(
                "Add 'init'",
                nameof(MakeSettableFix),
                editor => editor.ReplaceNode(accessors, accessors.AddAccessors(init)));
        }
    }
}
