using Contracts.Ipc.Generators.Parsing;
using Contracts.Ipc.Generators.Parsing.Layouts;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Evolution;

/// <summary>The facts of everything in a compilation that other processes rely on: contracts, what they reach, and structs in shared memory.</summary>
internal sealed class ContractFacts
{
    private readonly Dictionary<string, (ISymbol Symbol, INamedTypeSymbol Root)> _symbols = new(StringComparer.Ordinal);
    private readonly List<ContractFact> _facts = [];

    private ContractFacts()
    {
    }

    internal ContractFactSet Set { get; private set; } = new([]);

    /// <summary>Whether everything could be read. A contract that is refused has no facts, and nothing should be said about what is gone.</summary>
    internal bool IsComplete { get; private set; } = true;

    /// <summary>The contracts and shared structs of the source, in the order of their names.</summary>
    internal List<INamedTypeSymbol> Roots { get; } = [];

    /// <summary>What a fact was read from, and the first contract or struct that led there; null if there is no such fact.</summary>
    internal (ISymbol Symbol, INamedTypeSymbol Root)? SymbolOf(string subject) => _symbols.TryGetValue(subject, out (ISymbol, INamedTypeSymbol) symbol) ? symbol : null;

    /// <summary>The facts of all contracts and shared structs in source.</summary>
    internal static ContractFactSet Of(Compilation compilation, CancellationToken cancellationToken = default) => Read(compilation, cancellationToken).Set;

    internal static ContractFacts Read(Compilation compilation, CancellationToken cancellationToken)
    {
        var facts = new ContractFacts();
        if (KnownSymbols.TryCreate(compilation) is { } symbols)
        {
            foreach (INamedTypeSymbol type in In(compilation.Assembly.GlobalNamespace).OrderBy(type => type.ToDisplayString(), StringComparer.Ordinal))
            {
                facts.Read(type, symbols, cancellationToken);
            }
        }

        facts.Set = new ContractFactSet(facts._facts);
        return facts;
    }

    private static IEnumerable<INamedTypeSymbol> In(INamespaceOrTypeSymbol container)
        => container.GetMembers().OfType<INamespaceOrTypeSymbol>().SelectMany(member => member is INamedTypeSymbol type ? In(type).Prepend(type) : In(member));

    private void Read(INamedTypeSymbol type, KnownSymbols symbols, CancellationToken cancellationToken)
    {
        switch (type.TypeKind)
        {
            case TypeKind.Interface when type.HasAttribute(AttributeNames.Service):
                Add(type, ContractParser.ParseWithFacts(type, symbols, cancellationToken));
                break;
            case TypeKind.Class when type.HasAttribute(AttributeNames.ContractFor):
                Add(type, ContractParser.ParseForeignWithFacts(type, symbols, cancellationToken));
                break;
            case TypeKind.Struct when type.HasAttribute(AttributeNames.SharedLayout):
                Add(type, LayoutParser.Parse(type, symbols, cancellationToken));
                break;
        }
    }

    private void Add(INamedTypeSymbol type, ParseResult result)
    {
        Roots.Add(type);
        if (result.Model is null || result.Facts is null)
        {
            IsComplete = false;
            return;
        }

        foreach (RecordedFact fact in result.Facts)
        {
            Add(fact.Fact, fact.Symbol, type);
        }
    }

    private void Add(INamedTypeSymbol type, LayoutResult result)
    {
        Roots.Add(type);
        if (result.Model is not { } model)
        {
            IsComplete = false;
            return;
        }

        foreach (RecordedFact fact in LayoutFacts.Of(type, model.Shape))
        {
            Add(fact.Fact, fact.Symbol, type);
        }
    }

    // Several contracts reach one type; what is said of it is the same.
    private void Add(ContractFact fact, ISymbol symbol, INamedTypeSymbol root)
    {
        if (!_symbols.ContainsKey(fact.Subject))
        {
            _symbols.Add(fact.Subject, (symbol, root));
            _facts.Add(fact);
        }
    }
}
