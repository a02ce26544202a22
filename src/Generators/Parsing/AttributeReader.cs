using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Parsing;

/// <summary>Finds attributes by full name, so that attributes of packages that we do not reference are honoured too.</summary>
internal static class AttributeReader
{
    internal static AttributeData? FindAttribute(this ISymbol symbol, string name)
        => Find(symbol.GetAttributes(), name);

    internal static bool HasAttribute(this ISymbol symbol, string name)
        => symbol.FindAttribute(name) is not null;

    internal static IEnumerable<AttributeData> FindAttributes(this ISymbol symbol, string name)
        => symbol.GetAttributes().Where(attribute => Is(attribute, name));

    internal static AttributeData? Find(IEnumerable<AttributeData> attributes, string name)
        => attributes.FirstOrDefault(attribute => Is(attribute, name));

    internal static T? Named<T>(this AttributeData? attribute, string name)
    {
        if (attribute is not null)
        {
            foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
            {
                if (argument.Key == name && argument.Value is { Kind: not TypedConstantKind.Array, Value: T value })
                {
                    return value;
                }
            }
        }

        return default;
    }

    /// <summary>The positional argument at <paramref name="index"/> if there is one of that type.</summary>
    internal static T? Positional<T>(this AttributeData attribute, int index)
        => index < attribute.ConstructorArguments.Length
            && attribute.ConstructorArguments[index] is { Kind: not TypedConstantKind.Array, Value: T value }
            ? value
            : default;

    private static bool Is(AttributeData attribute, string name)
        => attribute.AttributeClass is { } type && TypeNames.Metadata(type) == name;
}
