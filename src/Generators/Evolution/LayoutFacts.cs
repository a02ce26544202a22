using System.Globalization;
using Contracts.Ipc.Generators.Model;
using Contracts.Ipc.Generators.Parsing;
using Contracts.Ipc.Generators.Parsing.Layouts;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Evolution;

/// <summary>The lines of a struct whose bytes others look at: in shared memory, or as elements of a packed array.</summary>
internal static class LayoutFacts
{
    internal static IEnumerable<RecordedFact> Of(INamedTypeSymbol type, StructShape shape)
    {
        string owner = FactTypes.Compact(TypeNames.Wire(type));
        List<LeafModel> leaves = LayoutLeaves.Of(shape);
        ulong fingerprint = Fnv1a.Hash(LayoutLeaves.Canonical(shape, leaves));
        yield return new RecordedFact(
            new ContractFact(
                FactKind.Layout,
                owner,
                "",
                ("size", Text(shape.Size)),
                ("alignment", Text(shape.Alignment)),
                ("hash", fingerprint.ToString("x16", CultureInfo.InvariantCulture))),
            type);
        foreach (LeafModel leaf in leaves)
        {
            ISymbol? field = type.GetMembers(leaf.Path.Split('.', '[')[0]).FirstOrDefault();
            yield return new RecordedFact(
                new ContractFact(FactKind.Leaf, owner, FactSyntax.NameKey(leaf.Path), ("type", leaf.Type), ("offset", Text(leaf.Offset)), ("size", Text(leaf.Size))),
                field ?? type);
        }
    }

    /// <summary>What a packed array says of its elements; nothing if they are numbers, or if their layout cannot be known.</summary>
    internal static IEnumerable<RecordedFact> OfPacked(ITypeSymbol type, string wire, KnownSymbols symbols, CancellationToken cancellationToken)
    {
        if (!wire.StartsWith("packed<", StringComparison.Ordinal))
        {
            return [];
        }

        ITypeSymbol? element = type switch
        {
            IArrayTypeSymbol array => array.ElementType,
            INamedTypeSymbol { TypeArguments.Length: 1 } named => named.TypeArguments[0],
            _ => null,
        };
        return element is INamedTypeSymbol { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None } structure
            && !UnsupportedTypes.IsOfFramework(structure)
            && new LayoutCalculator(structure, symbols, new LayoutProblemList(structure), cancellationToken).Compute() is { } shape
                ? Of(structure, shape)
                : [];
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
