using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Contracts.Ipc.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Layouts;

/// <summary>Adds a member with the value 0 to an enum, the first in its list: IPC3042.</summary>
/// <remarks>There is no "fix all": several fields may have one enum.</remarks>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NameZeroFix)), Shared]
public sealed class NameZeroFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [LayoutAdvice.EnumWithoutZero.Id];

    public override FixAllProvider? GetFixAllProvider() => null;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (await FixTarget.CreateAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false) is { } target
                && target.Find<VariableDeclarationSyntax>() is { } field
                && target.Model.GetTypeInfo(field.Type, context.CancellationToken).Type is INamedTypeSymbol { TypeKind: TypeKind.Enum } type
                && type.DeclaringSyntaxReferences.FirstOrDefault() is { } declaration
                && type.GetMembers().OfType<IFieldSymbol>().Any())
            {
                string name = new UniqueNames(type.MemberNames).Take("None");
                context.RegisterCodeFix(
                    CodeAction.Create(
                        $"Add '{name} = 0' to '{type.Name}'",
                        cancellationToken => context.Document.Project.Solution.ReplaceAsync(declaration, node => AddZero((EnumDeclarationSyntax)node, name), cancellationToken),
                        nameof(NameZeroFix)),
                    diagnostic);
            }
        }
    }

    /// <summary>Moves no other member: the first has a number of its own, else it were 0.</summary>
    private static EnumDeclarationSyntax AddZero(EnumDeclarationSyntax declaration, string name)
    {
        EnumMemberDeclarationSyntax first = declaration.Members[0];
        EnumMemberDeclarationSyntax zero = SyntaxFactory.EnumMemberDeclaration(name)
            .WithEqualsValue(SyntaxFactory.EqualsValueClause(
                SyntaxFactory.Token(SyntaxKind.EqualsToken).WithLeadingTrivia(SyntaxFactory.Space).WithTrailingTrivia(SyntaxFactory.Space),
                SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(0))))
            .WithLeadingTrivia(first.IndentationOf());
        bool isOnOneLine = !first.GetLeadingTrivia().Any() || !declaration.OpenBraceToken.TrailingTrivia.Any(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        SyntaxToken comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(isOnOneLine ? SyntaxFactory.Space : declaration.LineBreakOf());
        return declaration.WithMembers(SyntaxFactory.SeparatedList<EnumMemberDeclarationSyntax>(
            new SyntaxNodeOrToken[] { zero, comma }.Concat(declaration.Members.GetWithSeparators())));
    }
}
