using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Layouts;

/// <summary>Makes a field of an auto-property that can be read and set: IPC3023.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakeFieldFix)), Shared]
public sealed class MakeFieldFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [LayoutRules.HiddenField.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (target.Find<PropertyDeclarationSyntax>() is { AccessorList: { } accessors, Initializer: null, ExplicitInterfaceSpecifier: null } property
            && accessors.Accessors.Count == 2
            && accessors.Accessors.All(accessor => accessor is { Body: null, ExpressionBody: null, Modifiers.Count: 0 } && !accessor.IsKind(SyntaxKind.InitAccessorDeclaration)))
        {
            yield return new FixOffer(
                $"Make '{property.Identifier.ValueText}' a field",
                nameof(MakeFieldFix),
                editor => editor.ReplaceNode(property, (current, _) => ToField((PropertyDeclarationSyntax)current)));
        }
    }

    private static FieldDeclarationSyntax ToField(PropertyDeclarationSyntax property)
        => SyntaxFactory.FieldDeclaration(
            property.AttributeLists,
            property.Modifiers,
            SyntaxFactory.VariableDeclaration(
                property.Type, SyntaxFactory.SingletonSeparatedList(SyntaxFactory.VariableDeclarator(property.Identifier.WithTrailingTrivia()))),
            SyntaxFactory.Token(SyntaxKind.SemicolonToken).WithTrailingTrivia(property.GetTrailingTrivia()));
}
