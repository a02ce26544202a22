using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Parsing;

/// <summary>
/// Decides what a valid contract is. Generator and analyzers compile this same source, so that what the one refuses the other
/// explains.
/// </summary>
internal static class ContractParser
{
    /// <summary>Parses an interface that carries [IpcService].</summary>
    internal static ParseResult Parse(INamedTypeSymbol contract, KnownSymbols symbols, CancellationToken cancellationToken)
    {
        _ = contract;
        _ = symbols;
        cancellationToken.ThrowIfCancellationRequested();
        return new ParseResult(null, ImmutableArray<ContractProblem>.Empty);
    }

    /// <summary>Parses a static class that carries [IpcContractFor].</summary>
    internal static ParseResult ParseForeign(INamedTypeSymbol holder, KnownSymbols symbols, CancellationToken cancellationToken)
    {
        _ = holder;
        _ = symbols;
        cancellationToken.ThrowIfCancellationRequested();
        return new ParseResult(null, ImmutableArray<ContractProblem>.Empty);
    }
}
