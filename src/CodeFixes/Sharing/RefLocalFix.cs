using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Sharing;

/// <summary>Makes a local refer to the guarded value instead of copying it, so that changes of it are changes of the segment: IPC4101, IPC4103.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RefLocalFix)), Shared]
public sealed class RefLocalFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [SharedCopyRules.ChangedCopy.Id, SharedCopyRules.AtomicOnCopy.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        SyntaxNode? place = target.Root.FindNode(target.Diagnostic.Location.SourceSpan);
        if (place?.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().FirstOrDefault() is { } name
            && target.Model.GetSymbolInfo(name).Symbol is ILocalSymbol local
            && local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is VariableDeclaratorSyntax { Initializer: { } initializer, Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax statement } }
            && initializer.Value is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Value" })
        {
            yield return new FixOffer(
                $"Make '{local.Name}' a reference to the guarded value",
                nameof(RefLocalFix),
                editor => editor.ReplaceNode(statement, (current, _) => ToReference((LocalDeclarationStatementSyntax)current)));
        }
    }

    private static LocalDeclarationStatementSyntax ToReference(LocalDeclarationStatementSyntax statement)
        => statement.WithDeclaration(ToReference(statement.Declaration));

    private static VariableDeclarationSyntax ToReference(VariableDeclarationSyntax declaration)
    {
        if (declaration.Type is RefTypeSyntax)
        {
            // Two changes of one copy are two diagnostics and one edit.
            return declaration;
        }

        VariableDeclaratorSyntax variable = declaration.Variables[0];
        EqualsValueClauseSyntax initializer = variable.Initializer!;
        return declaration
            .WithType(SyntaxFactory.RefType(
                SyntaxFactory.Token(SyntaxKind.RefKeyword).WithLeadingTrivia(declaration.Type.GetLeadingTrivia()).WithTrailingTrivia(SyntaxFactory.Space),
                declaration.Type.WithoutLeadingTrivia()))
            .WithVariables(SyntaxFactory.SingletonSeparatedList(variable.WithInitializer(initializer.WithValue(
                SyntaxFactory.RefExpression(SyntaxFactory.Token(SyntaxKind.RefKeyword).WithTrailingTrivia(SyntaxFactory.Space), initializer.Value)))));
    }
}
