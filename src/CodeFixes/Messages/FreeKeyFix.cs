using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Contracts.Ipc.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Messages;

/// <summary>Gives a member whose key belongs to another one, or to the past, the next key that was never used: IPC2004, IPC2017.</summary>
/// <remarks>Members that are fixed together are numbered in the order of the source.</remarks>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FreeKeyFix)), Shared]
public sealed class FreeKeyFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [MessageRules.KeyRepeated.Id, EvolvingRules.ReservedInUse.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        SyntaxNode? member = (SyntaxNode?)target.Find<ParameterSyntax>() ?? target.Find<MemberDeclarationSyntax>();
        if (member is TypeDeclarationSyntax or EnumMemberDeclarationSyntax or null
            || member.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type
            || target.Model.GetDeclaredSymbol(type) is not INamedTypeSymbol symbol
            || member.FindAttribute(target.Model, AttributeNames.Key)?.ArgumentList?.Arguments.FirstOrDefault()?.Expression is not LiteralExpressionSyntax { Token.Value: int } key)
        {
            yield break;
        }

        int reserved = HighestReserved(symbol);
        int free = Math.Max(reserved, HighestKey(type)) + 1;
        yield return new FixOffer(
            $"Use the key {free}",
            nameof(FreeKeyFix),
            editor =>
            {
                // Found again by its annotation, for neighbours may have been fixed just before: count again.
                var mark = new SyntaxAnnotation();
                editor.ReplaceNode(key, (current, _) => current.WithAdditionalAnnotations(mark));
                editor.ReplaceNode(type, (current, _) =>
                {
                    var currentType = (TypeDeclarationSyntax)current;
                    int next = Math.Max(reserved, HighestKey(currentType)) + 1;
                    return currentType.ReplaceNode(currentType.GetAnnotatedNodes(mark).Single(), Literal(next));
                });
            });
    }

    /// <summary>The highest key that is reserved; below 0 if none is.</summary>
    internal static int HighestReserved(INamedTypeSymbol type)
        => (int)Reservations.Of(type).Select(reservation => reservation.Number).OfType<long>().Where(number => number is >= 0 and < int.MaxValue).DefaultIfEmpty(-1).Max();

    private static int HighestKey(TypeDeclarationSyntax type)
        => type.DescendantNodes(node => node == type || node is not TypeDeclarationSyntax)
            .OfType<AttributeSyntax>()
            .Where(attribute => attribute.Name is SimpleNameSyntax { Identifier.ValueText: "IpcKey" or "IpcKeyAttribute" } or QualifiedNameSyntax { Right.Identifier.ValueText: "IpcKey" or "IpcKeyAttribute" })
            .Select(attribute => (attribute.ArgumentList?.Arguments.FirstOrDefault()?.Expression as LiteralExpressionSyntax)?.Token.Value)
            .OfType<int>()
            .DefaultIfEmpty(-1)
            .Max();

    private static LiteralExpressionSyntax Literal(int number) => SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(number));
}
