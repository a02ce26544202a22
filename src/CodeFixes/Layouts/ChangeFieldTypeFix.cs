using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Layouts;

/// <summary>Gives a field the type of the same data that every process reads alike: IPC3014, IPC3016, IPC3026, IPC3027, IPC3028, IPC3049.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ChangeFieldTypeFix)), Shared]
public sealed class ChangeFieldTypeFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        [LayoutRules.Address.Id, LayoutRules.DateAndTime.Id, LayoutRules.Boolean.Id, LayoutRules.Character.Id, LayoutRules.Decimal.Id, LayoutAdvice.UncheckedBits.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        // What lies deeper is the affair of the struct that declares it.
        if (target.Find<VariableDeclarationSyntax>() is not { Parent: FieldDeclarationSyntax } field
            || Better(target.Model.GetTypeInfo(field.Type).Type) is not { } keyword)
        {
            yield break;
        }

        string name = SyntaxFacts.GetText(keyword);
        yield return new FixOffer(
            $"Change the type to '{name}'",
            nameof(ChangeFieldTypeFix) + ":" + name,
            editor => editor.ReplaceNode(field, (current, _) => WithType((VariableDeclarationSyntax)current, keyword)));
    }

    // Two fields of one declaration are two diagnostics and one edit, made twice.
    private static VariableDeclarationSyntax WithType(VariableDeclarationSyntax field, SyntaxKind keyword)
        => field.WithType(SyntaxFactory.PredefinedType(SyntaxFactory.Token(keyword)).WithTriviaFrom(field.Type));

    private static SyntaxKind? Better(ITypeSymbol? type) => type?.SpecialType switch
    {
        SpecialType.System_Boolean => SyntaxKind.ByteKeyword,
        SpecialType.System_Char => SyntaxKind.UShortKeyword,
        SpecialType.System_IntPtr => SyntaxKind.LongKeyword,
        SpecialType.System_UIntPtr => SyntaxKind.ULongKeyword,
        SpecialType.System_DateTime => SyntaxKind.LongKeyword,
        SpecialType.System_Decimal => SyntaxKind.LongKeyword,
        SpecialType.None when type.Name is "DateOnly" or "Rune" => SyntaxKind.IntKeyword,
        SpecialType.None when type.Name == "TimeOnly" => SyntaxKind.LongKeyword,
        _ => null,
    };
}
