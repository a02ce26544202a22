using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Messages;

/// <summary>Elements of packed arrays whose memory is nobody's promise: IPC2029.</summary>
internal static class PackedAdvice
{
    internal static void Check(ISymbol owner, ITypeSymbol type, Advice advice)
    {
        ITypeSymbol? element = type switch
        {
            IArrayTypeSymbol array => array.ElementType,
            INamedTypeSymbol { TypeArguments.Length: 1 } named => named.TypeArguments[0],
            _ => null,
        };
        if (element is INamedTypeSymbol { TypeKind: TypeKind.Struct } value && WhyUnknown(value) is { } reason)
        {
            advice.Report(MessageAdviceRules.PackedLayoutUnchecked, owner, owner.Name, value.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat), reason);
        }
    }

    private static string? WhyUnknown(INamedTypeSymbol type)
    {
        if (type.IsTupleType || TypeNames.Metadata(type) == "System.DateTimeOffset")
        {
            return "the runtime is free to arrange its fields";
        }

        return type.SpecialType != SpecialType.None
            || UnsupportedTypes.IsOfFramework(type)
            || type.HasAttribute(AttributeNames.SharedLayout)
            || type.HasAttribute(AttributeNames.GeneratedSharedLayout)
                ? null
                : "nothing fixes where its fields lie";
    }
}
