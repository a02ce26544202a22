using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Layouts;

/// <summary>Writes down what an enum without a base has: adds <c>: int</c> to its declaration: IPC3025.</summary>
/// <remarks>There is no "fix all": several fields may have one enum.</remarks>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NameEnumBaseFix)), Shared]
public sealed class NameEnumBaseFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [LayoutRules.EnumWithoutBase.Id];

    public override FixAllProvider? GetFixAllProvider() => null;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (await FixTarget.CreateAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false) is { } target
                && target.Find<VariableDeclarationSyntax>() is { } field
                && target.Model.GetTypeInfo(field.Type, context.CancellationToken).Type is INamedTypeSymbol { TypeKind: TypeKind.Enum } type
                && type.DeclaringSyntaxReferences.FirstOrDefault() is { } declaration)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        $"Write the base of '{type.Name}': int",
                        cancellationToken => context.Document.Project.Solution.ReplaceAsync(declaration, NameBase, cancellationToken),
                        nameof(NameEnumBaseFix)),
                    diagnostic);
            }
        }
    }

    private static SyntaxNode NameBase(SyntaxNode node)
    {
        var declaration = (EnumDeclarationSyntax)node;
        SyntaxToken identifier = declaration.Identifier;
        BaseListSyntax bases = SyntaxFactory.BaseList(
            SyntaxFactory.Token(SyntaxKind.ColonToken).WithTrailingTrivia(SyntaxFactory.Space),
            SyntaxFactory.SingletonSeparatedList<BaseTypeSyntax>(
                SyntaxFactory.SimpleBaseType(SyntaxFactory.PredefinedType(SyntaxFactory.Token(SyntaxKind.IntKeyword))))).WithTrailingTrivia(identifier.TrailingTrivia);
        return declaration.WithIdentifier(identifier.WithTrailingTrivia(SyntaxFactory.Space)).WithBaseList(bases);
    }
}
