using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Parsing;

/// <summary>
/// Collects what is wrong with one contract. A problem of a symbol in another assembly is reported where the contract reaches it.
/// </summary>
internal sealed class ProblemList
{
    private readonly Compilation _compilation;
    private readonly ISymbol _contract;
    private readonly ImmutableArray<ContractProblem>.Builder _problems = ImmutableArray.CreateBuilder<ContractProblem>();

    internal ProblemList(Compilation compilation, ISymbol contract)
    {
        _compilation = compilation;
        _contract = contract;
        Site = contract;
    }

    /// <summary>The place in the contract that is being parsed: the contract, a method or a parameter.</summary>
    internal ISymbol Site { get; set; }

    /// <summary>The members, and "[]" for elements, that lead from the site to the message that is being parsed.</summary>
    internal Stack<string> Path { get; } = new();

    internal int Count => _problems.Count;

    internal void Add(ProblemKind kind, ISymbol symbol, params string[] arguments)
    {
        // A message may be far away from the contract that reaches it, so its problems say the way as well.
        ImmutableArray<string> all = kind >= ProblemKind.MemberTypeUnsupported ? [.. arguments, DescribePath()] : [.. arguments];
        _problems.Add(new ContractProblem(kind, symbol, Locate(symbol), all));
    }

    internal ImmutableArray<ContractProblem> ToImmutable() => _problems.ToImmutable();

    private string DescribePath()
    {
        string site = Site switch
        {
            IParameterSymbol parameter => $"{_contract.Name}.{parameter.ContainingSymbol.Name}({parameter.Name})",
            IMethodSymbol method => $"{_contract.Name}.{method.Name}()",
            _ => _contract.Name,
        };
        return site + string.Concat(Path.Reverse().Select(step => step == "[]" ? step : "." + step));
    }

    private Location Locate(ISymbol symbol)
        => InSource(symbol) ?? InSource(Site) ?? InSource(_contract) ?? Location.None;

    private Location? InSource(ISymbol symbol)
        => symbol.Locations.FirstOrDefault(location => location.SourceTree is { } tree && _compilation.ContainsSyntaxTree(tree));
}
