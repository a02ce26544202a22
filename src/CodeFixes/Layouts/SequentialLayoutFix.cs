using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Layouts;

/// <summary>Replaces <c>LayoutKind.Auto</c> by <c>LayoutKind.Sequential</c>: IPC3006.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SequentialLayoutFix)), Shared]
public sealed class SequentialLayoutFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [LayoutRules.AutoLayout.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (target.Find<TypeDeclarationSyntax>()?.FindAttribute(target.Model, "System.Runtime.InteropServices.StructLayoutAttribute") is { } attribute
            && attribute.DescendantNodes().OfType<IdentifierNameSyntax>().FirstOrDefault(name => name.Identifier.ValueText == "Auto") is { } auto)
        {
            yield return new FixOffer(
                "Use LayoutKind.Sequential",
                nameof(SequentialLayoutFix),
                editor => editor.ReplaceNode(auto, (current, _) => SyntaxFactory.IdentifierName("Sequential").WithTriviaFrom(current)));
        }
    }
}
