using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Messages;

/// <summary>Keys of dictionaries and elements of sets that are not found again after the journey: IPC2022 to IPC2024.</summary>
internal static class TableAdvice
{
    internal static void Check(ISymbol owner, ITypeSymbol type, Advice advice)
    {
        switch (type)
        {
            case IArrayTypeSymbol array:
                Check(owner, array.ElementType, advice);
                break;
            case INamedTypeSymbol named:
                if (KeyOf(named) is { } key)
                {
                    CheckKey(owner, key, advice);
                }

                foreach (ITypeSymbol argument in named.TypeArguments)
                {
                    Check(owner, argument, advice);
                }

                break;
        }
    }

    /// <summary>What a table is hashed by. Sorted ones compare, and have their own troubles.</summary>
    private static ITypeSymbol? KeyOf(INamedTypeSymbol type)
    {
        bool isTable = FormatterCatalogue.Collection(type) switch
        {
            CollectionKind.Map => true,
            CollectionKind.Sequence => type.Name.EndsWith("Set", StringComparison.Ordinal),
            _ => false,
        };
        return isTable && !type.Name.Contains("Sorted") ? type.TypeArguments[0] : null;
    }

    private static void CheckKey(ISymbol owner, ITypeSymbol key, Advice advice)
    {
        if (key is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            key = nullable.TypeArguments[0];
        }

        string display = key.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
        if (key.SpecialType is SpecialType.System_Single or SpecialType.System_Double || key is { Name: "Half", ContainingNamespace.Name: "System" })
        {
            advice.Report(MessageAdviceRules.KeyIsFloat, owner, owner.Name, display);
        }
        else if (key is IArrayTypeSymbol || (key is { IsReferenceType: true } && IsOfUser(key) && !HasEquality(key)))
        {
            advice.Report(MessageAdviceRules.KeyComparesReferences, owner, owner.Name, display);
        }
        else if (key is { TypeKind: TypeKind.Struct } && IsOfUser(key) && !HasEquality(key))
        {
            advice.Report(MessageAdviceRules.KeyWithoutHash, owner, owner.Name, display);
        }
    }

    // A union has the equality of its cases, which differs; type parameters are not known here.
    private static bool IsOfUser(ITypeSymbol type)
        => type is INamedTypeSymbol { IsTupleType: false, TypeKind: TypeKind.Class or TypeKind.Struct } named && !UnsupportedTypes.IsOfFramework(named) && !UnionParser.IsUnion(named);

    private static bool HasEquality(ITypeSymbol type)
    {
        if (type.IsRecord)
        {
            return true;
        }

        for (ITypeSymbol? ancestor = type; ancestor is { SpecialType: not (SpecialType.System_Object or SpecialType.System_ValueType) }; ancestor = ancestor.BaseType)
        {
            if (ancestor.IsRecord || ancestor.GetMembers(nameof(GetHashCode)).OfType<IMethodSymbol>().Any(method => method is { IsOverride: true, Parameters.Length: 0 }))
            {
                return true;
            }
        }

        return false;
    }
}
