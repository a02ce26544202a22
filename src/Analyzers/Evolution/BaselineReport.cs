using System.Collections.Immutable;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.Generators.Evolution;
using Contracts.Ipc.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Evolution;

/// <summary>
/// What there is to say about one compilation and its baseline. Each difference is told once: a change that breaks somebody by its rule, everything else as
/// something to be recorded.
/// </summary>
/// <remarks>
/// Rules judge against what was shipped; nobody relies on the rest. A change is accepted by a person who marks the old line *REMOVED* and declares the new
/// one: from then on nothing is said of it.
/// </remarks>
internal sealed class BaselineReport
{
    private readonly Dictionary<string, List<Diagnostic>> _byType = new(StringComparer.Ordinal);
    private readonly Baseline _baseline;
    private readonly Compilation _compilation;
    private readonly ContractFacts _current;
    private readonly BaselineDifference _difference;

    private BaselineReport(Baseline baseline, Compilation compilation, ContractFacts current)
    {
        _baseline = baseline;
        _compilation = compilation;
        _current = current;
        _difference = new BaselineDifference(baseline, current.Set);
    }

    internal static BaselineReport Create(Baseline baseline, Compilation compilation)
    {
        var report = new BaselineReport(baseline, compilation, ContractFacts.Read(compilation, CancellationToken.None));
        report.Fill();
        return report;
    }

    /// <summary>What a type has to tell.</summary>
    internal IEnumerable<Diagnostic> Of(string metadataName) => _byType.TryGetValue(metadataName, out List<Diagnostic>? diagnostics) ? diagnostics : [];

    private void Fill()
    {
        if (_current.Roots.Count == 0)
        {
            return;
        }

        if (_baseline.ShippedText is null)
        {
            Add(_current.Roots[0], _current.Roots[0], Diagnostic.Create(BaselineRules.NoBaseline, LocationOf(_current.Roots[0]), _current.Roots[0].Name));
            return;
        }

        // A contract that is refused has no facts: it is not gone, and what it reaches is not either. The files speak for themselves if they cannot be read.
        bool canBeRead = _baseline.Shipped.Lines.Concat(_baseline.Unshipped.Lines).All(line => line.Kind != BaselineLineKind.Invalid);
        if (_current.IsComplete && canBeRead)
        {
            AddChanges();
            AddRecords();
            AddFingerprints();
        }
    }

    private void AddChanges()
    {
        foreach (ContractChange change in _difference.Changes)
        {
            DiagnosticDescriptor rule = EvolutionRules.For(change);
            ContractFact about = (change.After ?? change.Before)!;
            (ImmutableArray<ContractFact> added, ImmutableArray<ContractFact> gone) = _difference.LinesOf(change);
            Report(rule, about, added, gone, change.Remedy, change.Path, change.Sentence);
        }
    }

    private void AddRecords()
    {
        foreach (FactGroup group in _difference.Records)
        {
            switch (group)
            {
                case { Added.IsEmpty: true }:
                    Report(BaselineRules.FactGone, group.Gone[0], [], group.Gone, null, NameOf(group.Gone[0]), Quote(group.Gone));
                    break;
                case { Gone.IsEmpty: true }:
                    Report(BaselineRules.FactNotDeclared, group.Added[0], group.Added, [], null, NameOf(group.Added[0]), Quote(group.Added));
                    break;
                default:
                    Report(BaselineRules.FactChanged, group.Added[0], group.Added, group.Gone, null, NameOf(group.Added[0]), Quote(group.Added));
                    break;
            }
        }
    }

    private void AddFingerprints()
    {
        foreach ((ContractFact before, ContractFact after) in _difference.LoneFingerprints)
        {
            if (_difference.HasUnshipped)
            {
                // Somebody wrote the other lines by hand.
                Report(BaselineRules.FactChanged, after, [after], [before], null, after.Owner, Quote([after]));
                continue;
            }

            Report(BaselineRules.FingerprintDiffers, after, [after], [before], null, after.Owner, before["hash"]!, after["hash"]!);
        }
    }

    private static string Quote(ImmutableArray<ContractFact> facts)
        => facts.Length == 1 ? $"'{facts[0].Line}'" : $"'{facts[0].Line}' and {facts.Length - 1} more {(facts.Length == 2 ? "line" : "lines")}";

    private static string NameOf(ContractFact fact) => fact.Kind switch
    {
        FactKind.Member or FactKind.Constant or FactKind.Leaf => $"{fact.Owner}.{fact["name"] ?? FactSyntax.Unquote(fact.Key)}",
        FactKind.Method => MethodComparison.PathOf(fact),
        FactKind.Parameter => $"{fact.Owner.Replace('/', '.')}({fact["name"]})",
        _ => fact.Owner.Replace('/', '.'),
    };

    private void Report(
        DiagnosticDescriptor rule, ContractFact about, IEnumerable<ContractFact> added, IEnumerable<ContractFact> gone, string? remedy, params object[] arguments)
    {
        (ISymbol symbol, INamedTypeSymbol root) = Place(about);
        ImmutableDictionary<string, string?> properties = BaselineProperties.Create(added.Concat(_difference.NewFingerprints), gone.Concat(_difference.OldFingerprints), remedy);
        ISymbol shown = InSource(symbol) ? symbol : root;
        Add(shown, root, Diagnostic.Create(rule, LocationOf(shown), properties, arguments));
    }

    /// <summary>The declaration that a fact is about; for what is gone that of its owner, and for what has no owner any more the first contract.</summary>
    private (ISymbol Symbol, INamedTypeSymbol Root) Place(ContractFact about)
    {
        string method = BaselineDifference.MethodOf(about) ?? "";
        string owner = about.Owner.Split('/')[0];
        return _current.SymbolOf(about.Subject)
            ?? _current.SymbolOf(method)
            ?? new[] { FactKind.Message, FactKind.Union, FactKind.Enum, FactKind.Layout, FactKind.Contract }
                .Select(kind => _current.SymbolOf($"{ContractFact.Keyword(kind)} {owner}"))
                .FirstOrDefault(found => found is not null)
            ?? (_current.Roots[0], _current.Roots[0]);
    }

    private bool InSource(ISymbol symbol) => symbol.Locations.Any(location => location.SourceTree is { } tree && _compilation.ContainsSyntaxTree(tree));

    private Location LocationOf(ISymbol symbol) => symbol.Locations.First(location => location.SourceTree is { } tree && _compilation.ContainsSyntaxTree(tree));

    private void Add(ISymbol shown, INamedTypeSymbol root, Diagnostic diagnostic)
    {
        INamedTypeSymbol teller = shown as INamedTypeSymbol ?? shown.ContainingType ?? root;
        string name = TypeNames.Metadata(teller.OriginalDefinition);
        if (!_byType.TryGetValue(name, out List<Diagnostic>? diagnostics))
        {
            diagnostics = [];
            _byType.Add(name, diagnostics);
        }

        diagnostics.Add(diagnostic);
    }
}
