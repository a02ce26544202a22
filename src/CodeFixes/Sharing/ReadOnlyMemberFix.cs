using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;

namespace Contracts.Ipc.CodeFixes.Sharing;

/// <summary>Says of a member of a shared struct that it changes nothing: IPC4130.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReadOnlyMemberFix)), Shared]
public sealed class ReadOnlyMemberFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [SharedDataRules.NotReadOnlyMember.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        switch (target.Find<MemberDeclarationSyntax>())
        {
            case MethodDeclarationSyntax method:
                yield return Readonly(method, method.Identifier.ValueText);
                break;

            // With a setter, only the getter changes nothing.
            case PropertyDeclarationSyntax { AccessorList.Accessors: { Count: 2 } accessors } property when accessors.FirstOrDefault(accessor => accessor.IsKind(SyntaxKind.GetAccessorDeclaration)) is { } getter:
                yield return new FixOffer(
                    $"Make the getter of '{property.Identifier.ValueText}' readonly",
                    nameof(ReadOnlyMemberFix),
                    editor => editor.ReplaceNode(getter, getter.WithModifiers(getter.Modifiers.Add(SyntaxFactory.Token(SyntaxKind.ReadOnlyKeyword))).WithTriviaFrom(getter)));
                break;

            case PropertyDeclarationSyntax property:
                yield return Readonly(property, property.Identifier.ValueText);
                break;
        }
    }

    private static FixOffer Readonly(MemberDeclarationSyntax member, string name) => new(
        $"Make '{name}' readonly",
        nameof(ReadOnlyMemberFix),
        editor => editor.SetModifiers(member, editor.Generator.GetModifiers(member).WithIsReadOnly(true)));
}
