using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Contracts.Ipc.Generators.Parsing.Layouts;

/// <summary>The rule about the lengths of arrays: a constant of another assembly is copied when this one is compiled, and part of the layout from then on.</summary>
internal static class LengthRules
{
    internal static void CheckBuffer(IFieldSymbol field, KnownSymbols symbols, LayoutProblemList problems)
    {
        if (field.IsFixedSizeBuffer
            && field.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is VariableDeclaratorSyntax { ArgumentList.Arguments: { Count: 1 } lengths })
        {
            Check(lengths[0].Expression, field.FixedSize, symbols, problems);
        }
    }

    internal static void CheckInlineArray(INamedTypeSymbol type, KnownSymbols symbols, LayoutProblemList problems)
    {
        if (type.FindAttribute(LayoutAttributes.InlineArray)?.ApplicationSyntaxReference?.GetSyntax() is AttributeSyntax { ArgumentList.Arguments: { Count: 1 } lengths })
        {
            Check(lengths[0].Expression, LayoutAttributes.InlineArrayLength(type) ?? 0, symbols, problems);
        }
    }

    private static void Check(ExpressionSyntax length, int value, KnownSymbols symbols, LayoutProblemList problems)
    {
        if (length is LiteralExpressionSyntax || !symbols.Compilation.ContainsSyntaxTree(length.SyntaxTree))
        {
            return;
        }

        // The model does not bind what stands in the brackets of a fixed buffer, but it tells what it would mean among the members.
        SemanticModel model = symbols.Compilation.GetSemanticModel(length.SyntaxTree);
        int position = length.FirstAncestorOrSelf<TypeDeclarationSyntax>()?.OpenBraceToken.Span.End ?? length.SpanStart;
        IFieldSymbol? foreign = length.DescendantNodesAndSelf(node => node is not MemberAccessExpressionSyntax).OfType<ExpressionSyntax>()
            .Where(name => name is MemberAccessExpressionSyntax or SimpleNameSyntax)
            .Select(name => model.GetSpeculativeSymbolInfo(position, name, SpeculativeBindingOption.BindAsExpression).Symbol)
            .OfType<IFieldSymbol>()
            .FirstOrDefault(constant => constant is { IsConst: true, ContainingType.SpecialType: SpecialType.None }
                && !SymbolEqualityComparer.Default.Equals(constant.ContainingAssembly, symbols.Compilation.Assembly));
        if (foreign is not null)
        {
            problems.Add(LayoutProblemKind.ForeignLength, $"{foreign.ContainingType.Name}.{foreign.Name}", foreign.ContainingAssembly.Name, LayoutNames.Number(value));
        }
    }
}
