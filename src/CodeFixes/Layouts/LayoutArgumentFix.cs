using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Layouts;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Contracts.Ipc.Generators.Parsing.Layouts;

namespace Contracts.Ipc.CodeFixes.Layouts;

/// <summary>Removes what [StructLayout] says in vain or to harm, or makes it right: IPC3009, IPC3010, IPC3024, IPC3035, IPC3046.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LayoutArgumentFix)), Shared]
public sealed class LayoutArgumentFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        [LayoutRules.SizeNotAligned.Id, LayoutRules.SizeTooSmall.Id, LayoutRules.PackedField.Id, LayoutAdvice.PackWithoutEffect.Id, LayoutAdvice.AtomicNotAligned.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (target.Find<TypeDeclarationSyntax>() is not { } declaration || target.Model.GetDeclaredSymbol(declaration) is not { } symbol)
        {
            yield break;
        }

        string name = target.Diagnostic.Id == LayoutRules.SizeNotAligned.Id || target.Diagnostic.Id == LayoutRules.SizeTooSmall.Id ? "Size" : "Pack";
        if (LayoutArgument.Find(declaration, name) is null)
        {
            yield break;
        }

        if (target.Diagnostic.Id == LayoutRules.SizeNotAligned.Id)
        {
            int size = LayoutAttributes.Of(symbol).Size;
            int alignment = AlignmentOf(target.Diagnostic);
            int rounded = (size + alignment - 1) / alignment * alignment;
            yield return new FixOffer(
                $"Change Size to {LayoutNames.Number(rounded)}",
                nameof(LayoutArgumentFix) + ":Round",
                editor => editor.ReplaceNode(declaration, (current, _) => LayoutArgument.With(current, "Size", rounded)));
        }

        yield return new FixOffer(
            $"Remove {name}",
            nameof(LayoutArgumentFix) + ":" + name,
            editor => editor.ReplaceNode(declaration, (current, _) => LayoutArgument.Without(current, name)));
    }

    private static int AlignmentOf(Diagnostic diagnostic)
        => diagnostic.Properties.TryGetValue(SharedLayoutAnalyzer.LastArgument, out string? text) && int.TryParse(text, out int alignment) ? alignment : 1;
}
