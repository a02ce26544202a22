using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Messages;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Contracts.Ipc.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Messages;

/// <summary>Lists a type in the union that it derives from, with the next tag that was never used: IPC2028.</summary>
/// <remarks>It is offered where both stand in one file, as the cases of a union mostly do.</remarks>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ListCaseFix)), Shared]
public sealed class ListCaseFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [MessageAdviceRules.CaseNotListed.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (target.Find<TypeDeclarationSyntax>() is not { } declaration || target.Model.GetDeclaredSymbol(declaration) is not INamedTypeSymbol type)
        {
            yield break;
        }

        foreach (INamedTypeSymbol union in UnionsOf(type))
        {
            if (union.FindAttribute(AttributeNames.Union)?.ApplicationSyntaxReference is not { } first
                || first.SyntaxTree != declaration.SyntaxTree
                || target.Root.FindNode(first.Span).FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } place)
            {
                continue;
            }

            string name = type.ToMinimalDisplayString(target.Model, place.SpanStart);
            int free = UnionCaseAnalyzer.FreeTag(union);
            yield return new FixOffer(
                $"List it in '{union.Name}' with the tag {free}",
                nameof(ListCaseFix),
                editor => editor.ReplaceNode(place, (current, _) => WithCase((TypeDeclarationSyntax)current, free, name)));
        }
    }

    private static IEnumerable<INamedTypeSymbol> UnionsOf(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (ancestor.HasAttribute(AttributeNames.Union) && !Lists(ancestor, type))
            {
                yield return ancestor;
            }
        }

        foreach (INamedTypeSymbol implemented in type.AllInterfaces.Where(item => item.HasAttribute(AttributeNames.Union) && !Lists(item, type)))
        {
            yield return implemented;
        }
    }

    private static bool Lists(INamedTypeSymbol union, INamedTypeSymbol type)
        => UnionParser.Cases(union).Any(item => SymbolEqualityComparer.Default.Equals(item.Positional<INamedTypeSymbol>(1), type));

    private static TypeDeclarationSyntax WithCase(TypeDeclarationSyntax union, int free, string type)
    {
        // Others may have been listed just before: count those that this fix wrote.
        AttributeSyntax[] cases = [.. union.AttributeLists.SelectMany(list => list.Attributes).Where(attribute => attribute.Name.ToString().EndsWith("Union", StringComparison.Ordinal))];
        int[] tags = [.. cases.Select(item => item.ArgumentList?.Arguments.FirstOrDefault()?.Expression).OfType<LiteralExpressionSyntax>().Select(literal => literal.Token.Value).OfType<int>()];
        int tag = Math.Max(free, tags.DefaultIfEmpty(-1).Max() + 1);
        AttributeSyntax added = AttributeArgumentEdit.Attribute("Union", AttributeArgumentEdit.Number(tag), AttributeArgumentEdit.TypeOf(type));
        AttributeSyntax last = cases[cases.Length - 1];
        return union.ReplaceNode(last.Parent!, ((AttributeListSyntax)last.Parent!).AddAttributes(added.WithLeadingTrivia(Microsoft.CodeAnalysis.CSharp.SyntaxFactory.Space)));
    }
}
