using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Contracts.Ipc.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Shapes;

/// <summary>
/// The contracts of one compilation, each parsed once for all analyzers that look at it. It decides which of several contracts that reach one bad message type tells about it, so that it is one
/// error, and the same one in every build although contracts are analyzed in parallel.
/// </summary>
internal sealed class ContractSet
{
    // The table does not keep a compilation alive.
    private static readonly ConditionalWeakTable<Compilation, ContractSet> Known = new();

    private readonly KnownSymbols _symbols;
    private readonly ContractAttributes _attributes;
    private readonly ConcurrentDictionary<INamedTypeSymbol, ParseResult> _parsed = new(SymbolEqualityComparer.Default);
    private readonly Lazy<Dictionary<(ProblemKind Kind, Location Where), INamedTypeSymbol>> _tellers;

    private ContractSet(KnownSymbols symbols, ContractAttributes attributes)
    {
        _symbols = symbols;
        _attributes = attributes;
        _tellers = new(FindTellers);
    }

    internal KnownSymbols Symbols => _symbols;

    /// <summary>Null for a compilation that does not reference the runtime.</summary>
    internal static ContractSet? TryCreate(Compilation compilation)
        => KnownSymbols.TryCreate(compilation) is { } symbols && ContractAttributes.TryCreate(compilation) is { } attributes
            ? Known.GetValue(compilation, _ => new ContractSet(symbols, attributes))
            : null;

    internal bool IsContract(INamedTypeSymbol type) => _attributes.IsContract(type);

    /// <summary>What the parser makes of a type; null if it is no contract.</summary>
    internal ParseResult? Parse(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (_attributes.IsContract(type))
        {
            return _parsed.GetOrAdd(type, contract => ContractParser.Parse(contract, _symbols, cancellationToken));
        }

        return _attributes.IsForeignHolder(type) ? _parsed.GetOrAdd(type, holder => ContractParser.ParseForeign(holder, _symbols, cancellationToken)) : null;
    }

    /// <summary>The problems of a type; none if it is no contract.</summary>
    internal ImmutableArray<ContractProblem> Problems(INamedTypeSymbol type, CancellationToken cancellationToken)
        => Parse(type, cancellationToken)?.Problems ?? [];

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
            foreach (ContractProblem problem in Problems(type, CancellationToken.None))
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
