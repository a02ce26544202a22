using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Layouts;

/// <summary>
/// Orders the fields of a shared struct from the largest alignment to the smallest, which leaves no gap between them and needs no Pack: IPC3024, IPC3034.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(OrderFieldsFix)), Shared]
public sealed class OrderFieldsFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [LayoutRules.PackedField.Id, LayoutAdvice.Padding.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (SharedStruct.Find(target) is not { HasPlainFields: true } type
            || type.Declaration.FindAttribute(target.Model, LayoutArgument.StructLayout) is { } layout && layout.ArgumentList?.Arguments.FirstOrDefault()?.ToString().Contains("Explicit") == true)
        {
            yield break;
        }

        FieldDeclarationSyntax[] fields = type.Fields;
        FieldDeclarationSyntax[] ordered = [.. fields.OrderByDescending(field => type.ShapeOf(field).Shape.Alignment)];
        if (!fields.SequenceEqual(ordered))
        {
            bool isPacked = target.Diagnostic.Id == LayoutRules.PackedField.Id;
            yield return new FixOffer(
                isPacked ? "Order the fields by alignment and remove Pack" : "Order the fields by alignment",
                nameof(OrderFieldsFix),
                editor => editor.ReplaceNode(type.Declaration, (current, _) => Reorder((TypeDeclarationSyntax)current, fields, ordered, isPacked)));
        }
    }

    private static SyntaxNode Reorder(TypeDeclarationSyntax declaration, FieldDeclarationSyntax[] fields, FieldDeclarationSyntax[] ordered, bool isPacked)
    {
        // Two diagnostics about one struct are one edit, made twice: the second finds other members and leaves them.
        if (!fields.All(field => declaration.Members.Any(member => member.IsEquivalentTo(field))))
        {
            return declaration;
        }

        int next = 0;
        SyntaxList<MemberDeclarationSyntax> members = SyntaxFactory.List(declaration.Members.Select(member =>
            Array.Exists(fields, field => field.IsEquivalentTo(member)) ? InPlaceOf(member, ordered[next++]) : member));
        SyntaxNode moved = declaration.WithMembers(members);
        return isPacked ? LayoutArgument.Without(moved, "Pack") : moved;
    }

    /// <summary>Comments move with their field; the blank lines before a place stay there.</summary>
    private static MemberDeclarationSyntax InPlaceOf(MemberDeclarationSyntax old, MemberDeclarationSyntax field)
        => field.WithLeadingTrivia(old.GetLeadingTrivia().TakeWhile(IsLineBreak).Concat(field.GetLeadingTrivia().SkipWhile(IsLineBreak)));

    private static bool IsLineBreak(SyntaxTrivia trivia) => trivia.IsKind(SyntaxKind.EndOfLineTrivia);
}
