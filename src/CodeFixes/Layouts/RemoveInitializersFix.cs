using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Layouts;

/// <summary>Removes the initializers of a shared struct's fields, which nobody runs in shared memory: IPC3032.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveInitializersFix)), Shared]
public sealed class RemoveInitializersFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [LayoutRules.Initializer.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        // A constructor says what the author wants; only the author can move that elsewhere.
        if (target.Find<VariableDeclaratorSyntax>() is null || target.Find<TypeDeclarationSyntax>() is not { } type)
        {
            yield break;
        }

        VariableDeclaratorSyntax[] initialized =
        [
            .. type.Members.OfType<FieldDeclarationSyntax>()
                .Where(field => !field.Modifiers.Any(SyntaxKind.StaticKeyword) && !field.Modifiers.Any(SyntaxKind.ConstKeyword))
                .SelectMany(field => field.Declaration.Variables)
                .Where(variable => variable.Initializer is not null),
        ];
        yield return new FixOffer("Remove the initializers", nameof(RemoveInitializersFix), editor =>
        {
            foreach (VariableDeclaratorSyntax variable in initialized)
            {
                editor.ReplaceNode(variable, (current, _) => Without((VariableDeclaratorSyntax)current));
            }
        });
    }

    private static VariableDeclaratorSyntax Without(VariableDeclaratorSyntax variable)
        => variable.WithInitializer(null).WithIdentifier(variable.Identifier.WithTrailingTrivia());
}
