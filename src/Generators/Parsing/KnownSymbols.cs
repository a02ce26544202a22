using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Contracts.Ipc.Generators.Parsing;

/// <summary>What the parser needs to know about a compilation. Make one per compilation; it must not outlive it.</summary>
internal sealed class KnownSymbols
{
    /// <summary>The oldest language version that generated code compiles with (primary constructors).</summary>
    internal const LanguageVersion MinimumLanguageVersion = LanguageVersion.CSharp12;

    private KnownSymbols(CSharpCompilation compilation) => Compilation = compilation;

    internal CSharpCompilation Compilation { get; }

    internal LanguageVersion LanguageVersion => Compilation.LanguageVersion;

    /// <summary>Whether an internal type of this assembly can name the symbol.</summary>
    internal bool IsAccessible(ISymbol symbol)
        => Compilation.IsSymbolAccessibleWithin(symbol, Compilation.Assembly)
            && symbol is not INamedTypeSymbol { IsFileLocal: true };

    /// <summary>Null for a compilation that is not C# or does not reference the runtime.</summary>
    internal static KnownSymbols? TryCreate(Compilation compilation)
        => compilation is CSharpCompilation csharp && csharp.GetTypeByMetadataName(AttributeNames.Service) is not null
            ? new KnownSymbols(csharp)
            : null;
}
