using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Layouts;

/// <summary>Removes <c>readonly</c> from a field that other processes write: IPC3038.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveReadOnlyFix)), Shared]
public sealed class RemoveReadOnlyFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [LayoutAdvice.ReadOnlyField.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (target.Find<FieldDeclarationSyntax>() is { } field && field.Modifiers.Any(SyntaxKind.ReadOnlyKeyword))
        {
            yield return new FixOffer("Remove 'readonly'", nameof(RemoveReadOnlyFix), editor => editor.ReplaceNode(field, (current, _) => Without((FieldDeclarationSyntax)current)));
        }
    }

    // Two fields of one declaration are two diagnostics and one edit, made twice.
    private static FieldDeclarationSyntax Without(FieldDeclarationSyntax field)
    {
        int at = field.Modifiers.IndexOf(SyntaxKind.ReadOnlyKeyword);
        return at < 0 ? field : field.WithModifiers(field.Modifiers.RemoveAt(at)).WithLeadingTrivia(field.GetLeadingTrivia());
    }
}
