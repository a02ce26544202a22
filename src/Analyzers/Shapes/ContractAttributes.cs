using System.Collections.Immutable;
using Contracts.Ipc.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Shapes;

/// <summary>Recognises contracts in one compilation by their attributes.</summary>
internal sealed class ContractAttributes
{
    private readonly INamedTypeSymbol _service;
    private readonly INamedTypeSymbol _contractFor;

    private ContractAttributes(INamedTypeSymbol service, INamedTypeSymbol contractFor)
    {
        _service = service;
        _contractFor = contractFor;
    }

    /// <summary>Null for a compilation that does not reference the runtime: there is nothing to analyze.</summary>
    internal static ContractAttributes? TryCreate(Compilation compilation)
        => compilation.GetTypeByMetadataName(AttributeNames.Service) is { } service
            && compilation.GetTypeByMetadataName(AttributeNames.ContractFor) is { } contractFor
                ? new ContractAttributes(service, contractFor)
                : null;

    internal bool IsContract(ITypeSymbol type) => type.TypeKind == TypeKind.Interface && Find(type, _service) is not null;

    internal bool IsForeignHolder(ITypeSymbol type) => type.TypeKind == TypeKind.Class && Find(type, _contractFor) is not null;

    /// <summary>The name that the attribute of a contract or holder sets; null if it sets none, or if the type is neither.</summary>
    internal string? WrittenName(ITypeSymbol type)
    {
        AttributeData? attribute = Find(type, type.TypeKind == TypeKind.Interface ? _service : _contractFor);
        return attribute?.NamedArguments.FirstOrDefault(argument => argument.Key == "Name").Value.Value as string;
    }

    /// <summary>The contracts that a class implements, without those that another of them inherits.</summary>
    internal ImmutableArray<INamedTypeSymbol> ContractsOf(ITypeSymbol implementation)
    {
        ImmutableArray<INamedTypeSymbol> all = [.. implementation.AllInterfaces.Where(IsContract)];

        // Offering a derived contract offers its bases too; naming a base is only meant where nothing derives from it.
        return [.. all.Where(contract => !all.Any(other => other.AllInterfaces.Contains(contract, SymbolEqualityComparer.Default)))];
    }

    private static AttributeData? Find(ISymbol symbol, INamedTypeSymbol attribute)
    {
        foreach (AttributeData data in symbol.GetAttributes())
        {
            if (SymbolEqualityComparer.Default.Equals(data.AttributeClass, attribute))
            {
                return data;
            }
        }

        return null;
    }
}
