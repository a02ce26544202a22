using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Contracts.Ipc.Generators.Parsing;

/// <summary>What the parser needs to know about a compilation.</summary>
internal sealed class KnownSymbols
{
    /// <summary>The oldest language version that generated code compiles with: it enumerates spans, which are ref structs with interfaces.</summary>
    internal const LanguageVersion MinimumLanguageVersion = LanguageVersion.CSharp13;

    // One per compilation, shared by its contracts. The table does not keep a compilation alive.
    private static readonly ConditionalWeakTable<Compilation, KnownSymbols> Known = new();

    private readonly Lazy<KnownSymbols> _withAllMembers;

    private KnownSymbols(CSharpCompilation compilation)
    {
        Compilation = compilation;
        SeesAllMembers = compilation.Options.MetadataImportOptions == MetadataImportOptions.All;
        _withAllMembers = new Lazy<KnownSymbols>(
            () => new KnownSymbols(compilation.WithOptions(compilation.Options.WithMetadataImportOptions(MetadataImportOptions.All))));
    }

    internal CSharpCompilation Compilation { get; }

    internal LanguageVersion LanguageVersion => Compilation.LanguageVersion;

    /// <summary>Whether types of referenced assemblies show their private and internal members.</summary>
    internal bool SeesAllMembers { get; }

    /// <summary>
    /// The same compilation with private and internal members of referenced assemblies, which the compiler leaves out. Without them a
    /// property with a private setter looks as if it could not be set.
    /// </summary>
    internal KnownSymbols WithAllMembers => _withAllMembers.Value;

    /// <summary>Null for a compilation that is not C# or does not reference the runtime.</summary>
    internal static KnownSymbols? TryCreate(Compilation compilation)
        => compilation is CSharpCompilation csharp && csharp.GetTypeByMetadataName(AttributeNames.Service) is not null
            ? Known.GetValue(compilation, static key => new KnownSymbols((CSharpCompilation)key))
            : null;

    /// <summary>A type of this assembly's source, as this compilation sees it.</summary>
    internal INamedTypeSymbol Again(INamedTypeSymbol type) => Compilation.Assembly.GetTypeByMetadataName(TypeNames.Metadata(type)) ?? type;

    /// <summary>Whether an internal type of this assembly can name the symbol.</summary>
    internal bool IsAccessible(ISymbol symbol)
        => Compilation.IsSymbolAccessibleWithin(symbol, Compilation.Assembly)
            && symbol is not INamedTypeSymbol { IsFileLocal: true };

    /// <summary>Whether members of the type, or of a type that it derives from, may be hidden from this compilation.</summary>
    internal bool HidesMembers(INamedTypeSymbol type)
    {
        if (SeesAllMembers)
        {
            return false;
        }

        for (INamedTypeSymbol? ancestor = type; ancestor is { SpecialType: SpecialType.None }; ancestor = ancestor.BaseType)
        {
            if (ancestor.Locations.Any(location => location.IsInMetadata))
            {
                return true;
            }
        }

        return false;
    }
}
