using Contracts.Ipc.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Parsing.Layouts;

/// <summary>What the generator wrote on a shared struct of another assembly.</summary>
/// <param name="Size">The struct's bytes.</param>
/// <param name="Alignment">Its alignment.</param>
/// <param name="Pack">What caps the alignment of its fields.</param>
/// <param name="Offsets">Where its fields lie, in the order of their declaration.</param>
internal sealed record GeneratedLayout(int Size, int Alignment, int Pack, EquatableArray<int> Offsets)
{
    internal static GeneratedLayout? Of(INamedTypeSymbol type)
        => type.FindAttribute(AttributeNames.GeneratedSharedLayout) is { ConstructorArguments: { Length: 4 } arguments }
            && arguments[0].Value is int size
            && arguments[1].Value is int alignment
            && arguments[2].Value is int pack
            && arguments[3] is { Kind: TypedConstantKind.Array, IsNull: false }
                ? new GeneratedLayout(size, alignment, pack, arguments[3].Values.Select(value => value.Value).OfType<int>().ToEquatableArray())
                : null;
}
