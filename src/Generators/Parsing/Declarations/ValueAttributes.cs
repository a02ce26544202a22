using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Parsing.Declarations;

/// <summary>The attributes of a parameter, result or member that change how its value travels.</summary>
internal static class ValueAttributes
{
    internal static IEnumerable<string> Of(IEnumerable<AttributeData> attributes, DeclarationNames names, INamespaceSymbol within)
    {
        if (AttributeReader.Find(attributes, AttributeNames.Formatter)?.Positional<INamedTypeSymbol>(0) is { } formatter)
        {
            yield return $"{names.Attribute("IpcFormatter")}(typeof({names.Of(formatter, within)}))";
        }
        else if (AttributeReader.Find(attributes, AttributeNames.Packed) is not null)
        {
            yield return names.Attribute("IpcPacked");
        }
    }
}
