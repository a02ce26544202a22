using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers;

/// <summary>The types that a compilation declares, nested ones included.</summary>
internal static class SourceTypes
{
    /// <summary>In an order that does not depend on how analysis happens to run.</summary>
    internal static IEnumerable<INamedTypeSymbol> InOrderOfNames(Compilation compilation)
        => In(compilation.Assembly.GlobalNamespace).OrderBy(type => type.ToDisplayString(), StringComparer.Ordinal);

    private static IEnumerable<INamedTypeSymbol> In(INamespaceOrTypeSymbol container)
        => container.GetMembers().OfType<INamespaceOrTypeSymbol>().SelectMany(
            member => member is INamedTypeSymbol type ? In(type).Prepend(type) : In(member));
}
