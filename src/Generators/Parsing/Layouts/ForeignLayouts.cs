using Contracts.Ipc.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Parsing.Layouts;

/// <summary>What an assembly says about a struct that is not its own: <c>[assembly: ForeignLayout(typeof(Point), 8, 4)]</c>.</summary>
/// <param name="Type">The struct.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="Alignment">Its alignment.</param>
/// <param name="Assembly">Who says so, and measures it at run time.</param>
internal sealed record ForeignLayout(INamedTypeSymbol Type, int Size, int Alignment, IAssemblySymbol Assembly)
{
    /// <summary>Whether any struct could be like that.</summary>
    internal bool IsPossible => Size > 0 && Alignment is 1 or 2 or 4 or 8 or 16 && Size % Alignment == 0 && Size <= LayoutCalculator.LargestSize;

    /// <summary>The struct as one leaf: what is in it is its author's affair. To C it is bytes.</summary>
    internal LeafShape ToLeaf(bool isMeasured)
        => new(LayoutNames.Leaf(Type), Size, Alignment, new CType("uint8_t", 1, Size), Measured: isMeasured ? LayoutNames.Of(Type) : null);

    internal static ForeignLayout? Of(AttributeData attribute, IAssemblySymbol assembly)
        => attribute.ConstructorArguments is { Length: 3 } arguments
            && arguments[0].Value is INamedTypeSymbol type
            && arguments[1].Value is int size
            && arguments[2].Value is int alignment
                ? new ForeignLayout(type, size, alignment, assembly)
                : null;
}

/// <summary>Finds who vouches for a struct.</summary>
internal static class ForeignLayouts
{
    /// <summary>The first of the assemblies that vouches for the type; null if none does, or if what it says cannot be.</summary>
    internal static ForeignLayout? Find(INamedTypeSymbol type, IEnumerable<IAssemblySymbol> assemblies)
        => assemblies
            .SelectMany(assembly => assembly.FindAttributes(AttributeNames.ForeignLayout).Select(attribute => ForeignLayout.Of(attribute, assembly)))
            .FirstOrDefault(layout => layout is { IsPossible: true } && SymbolEqualityComparer.Default.Equals(layout.Type, type));
}
