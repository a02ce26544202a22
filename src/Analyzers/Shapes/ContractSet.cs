using System.Collections.Immutable;
using Contracts.Ipc.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Shapes;

/// <summary>
/// The contracts of one compilation. It decides which of several contracts that reach one bad message type tells about it, so that it is one
/// error, and the same one in every build although contracts are analyzed in parallel.
/// </summary>
internal sealed class ContractSet
{
    private readonly KnownSymbols _symbols;
    private readonly ContractAttributes _attributes;
    private readonly Lazy<Dictionary<(ProblemKind Kind, Location Where), INamedTypeSymbol>> _tellers;

    internal ContractSet(KnownSymbols symbols, ContractAttributes attributes)
    {
        _symbols = symbols;
        _attributes = attributes;
        _tellers = new(FindTellers);
    }

    /// <summary>The problems of a type; none if it is no contract.</summary>
    internal ImmutableArray<ContractProblem> Parse(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (_attributes.IsContract(type))
        {
            return ContractParser.Parse(type, _symbols, cancellationToken).Problems;
        }

        return _attributes.IsForeignHolder(type) ? ContractParser.ParseForeign(type, _symbols, cancellationToken).Problems : [];
    }

    /// <summary>Whether this contract is the one that reports the problem.</summary>
    internal bool IsToldBy(INamedTypeSymbol contract, ContractProblem problem, CancellationToken cancellationToken)
    {
        // What stands in the contract itself is its own affair. Only code with errors comes further.
        bool isOwn = !problem.Location.IsInSource || contract.DeclaringSyntaxReferences.Any(
            part => part.SyntaxTree == problem.Location.SourceTree && part.Span.Contains(problem.Location.SourceSpan));
        cancellationToken.ThrowIfCancellationRequested();
        return isOwn
            || (_tellers.Value.TryGetValue((problem.Kind, problem.Location), out INamedTypeSymbol? teller)
                && SymbolEqualityComparer.Default.Equals(teller, contract));
    }

    /// <summary>The first contract, in the order of names, that has a problem at a place.</summary>
    private Dictionary<(ProblemKind Kind, Location Where), INamedTypeSymbol> FindTellers()
    {
        var tellers = new Dictionary<(ProblemKind Kind, Location Where), INamedTypeSymbol>();
        foreach (INamedTypeSymbol type in SourceTypes.InOrderOfNames(_symbols.Compilation))
        {
            foreach (ContractProblem problem in Parse(type, CancellationToken.None))
            {
                if (!tellers.ContainsKey((problem.Kind, problem.Location)))
                {
                    tellers.Add((problem.Kind, problem.Location), type);
                }
            }
        }

        return tellers;
    }
}
