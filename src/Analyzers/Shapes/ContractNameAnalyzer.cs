using System.Collections.Immutable;
using Contracts.Ipc.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Contracts.Ipc.Analyzers.Shapes;

/// <summary>Finds contracts of one compilation that were given one name: IPC1024.</summary>
/// <remarks>The parser sees one contract at a time; this is the one rule about several.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ContractNameAnalyzer : RuleAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [ContractRules.ContractNameRepeated];

    private protected override void Start(CompilationStartAnalysisContext context, RuleFamilies families)
    {
        if (ContractAttributes.TryCreate(context.Compilation) is { } attributes)
        {
            // Full type names never meet, so only a name that somebody wrote makes it worth to look at all the others.
            var first = new Lazy<Dictionary<string, INamedTypeSymbol>>(() => FirstByName(context.Compilation, attributes));
            context.RegisterSymbolAction(symbol => Analyze(symbol, attributes, first), SymbolKind.NamedType);
        }
    }

    private static void Analyze(
        SymbolAnalysisContext context, ContractAttributes attributes, Lazy<Dictionary<string, INamedTypeSymbol>> first)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (attributes.WrittenName(type) is { } name
            && first.Value.TryGetValue(name, out INamedTypeSymbol? other)
            && !SymbolEqualityComparer.Default.Equals(other, type))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                ContractRules.ContractNameRepeated,
                type.Locations[0],
                type.ToDisplayString(),
                other.ToDisplayString(),
                name));
        }
    }

    private static Dictionary<string, INamedTypeSymbol> FirstByName(Compilation compilation, ContractAttributes attributes)
    {
        var first = new Dictionary<string, INamedTypeSymbol>(StringComparer.Ordinal);
        foreach (INamedTypeSymbol type in SourceTypes.InOrderOfNames(compilation))
        {
            string? name = attributes.WrittenName(type) ?? (attributes.IsContract(type) ? type.ToDisplayString() : null);
            if (name is not null && !first.ContainsKey(name))
            {
                first.Add(name, type);
            }
        }

        return first;
    }
}
