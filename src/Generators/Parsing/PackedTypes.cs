using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Parsing;

/// <summary>What [IpcPacked] may stand on: arrays, lists and memories whose elements are plain bytes.</summary>
internal static class PackedTypes
{
    internal static Resolution Resolve(ITypeSymbol type, ISymbol owner, ProblemList problems)
    {
        (string? kind, ITypeSymbol? element) = type switch
        {
            IArrayTypeSymbol { Rank: 1 } array => ("Array", array.ElementType),
            INamedTypeSymbol named when Kind(named) is { } name => (name, named.TypeArguments[0]),
            _ => (null, null),
        };

        if (kind is null || element is not { IsUnmanagedType: true, TypeKind: not (TypeKind.Pointer or TypeKind.FunctionPointer) })
        {
            problems.Add(ProblemKind.PackedTypeUnsupported, owner, owner.Name, TypeNames.Display(type));
            return Resolution.Reported;
        }

        string elementName = TypeNames.Canonical(element);
        return Resolution.Of($"{FormatterCatalogue.Namespace}Packed{kind}Formatter<{elementName}>", $"packed<{TypeNames.Wire(element)}>");
    }

    private static string? Kind(INamedTypeSymbol type) => TypeNames.Metadata(type.OriginalDefinition) switch
    {
        "System.Collections.Generic.List`1" => "List",
        "System.Memory`1" => "Memory",
        "System.ReadOnlyMemory`1" => "ReadOnlyMemory",
        _ => null,
    };
}
