using Contracts.Ipc.Generators.Parsing.Declarations;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Parsing;

/// <summary>Formatters that users plug in with [IpcFormatter] on a member, a type or their assembly.</summary>
internal sealed class CustomFormatters(KnownSymbols symbols, ProblemList problems, ContractDeclaration declaration)
{
    private const string FormatterInterface = "Contracts.Ipc.Serialization.IMessageFormatter`1";

    private Dictionary<string, INamedTypeSymbol>? _ofAssembly;

    /// <summary>The formatter that the type itself or the assembly names.</summary>
    internal Resolution? For(ITypeSymbol type)
    {
        if (type.FindAttribute(AttributeNames.Formatter) is { } attribute)
        {
            return Use(attribute, type, type, everywhere: true);
        }

        _ofAssembly ??= OfAssembly();
        return _ofAssembly.TryGetValue(TypeNames.Canonical(type), out INamedTypeSymbol? formatter) ? Describe(formatter, type, everywhere: true) : null;
    }

    /// <summary>The formatter that an attribute names, if it formats the type.</summary>
    internal Resolution Use(AttributeData attribute, ITypeSymbol type, ISymbol owner, bool everywhere = false)
    {
        if (attribute.Positional<INamedTypeSymbol>(0) is not { } formatter)
        {
            return Resolution.Reported;
        }

        if (Reject(formatter, type) is { } reason)
        {
            problems.Add(ProblemKind.FormatterInvalid, owner, TypeNames.Display(formatter), TypeNames.Display(type), reason);
            return Resolution.Reported;
        }

        return Describe(formatter, type, everywhere);
    }

    /// <summary>What a struct that is named as a formatter formats.</summary>
    internal static IEnumerable<ITypeSymbol> Formatted(INamedTypeSymbol formatter) => Implemented(formatter).Select(implemented => implemented.TypeArguments[0]);

    /// <summary>The interfaces that make a struct a formatter.</summary>
    internal static IEnumerable<INamedTypeSymbol> Implemented(INamedTypeSymbol formatter)
        => formatter.AllInterfaces.Where(implemented => TypeNames.Metadata(implemented.OriginalDefinition) == FormatterInterface);

    private Resolution Describe(INamedTypeSymbol formatter, ITypeSymbol type, bool everywhere)
    {
        declaration.AddFormatter(formatter, everywhere);
        return Resolution.Of(TypeNames.Canonical(formatter), $"custom<{TypeNames.Wire(type)}>");
    }

    private string? Reject(INamedTypeSymbol formatter, ITypeSymbol type)
    {
        if (formatter.TypeKind != TypeKind.Struct || formatter.IsRefLikeType)
        {
            return "it must be a struct";
        }

        if (formatter.IsUnboundGenericType)
        {
            return "it must name its type arguments";
        }

        if (!symbols.IsAccessible(formatter))
        {
            return "it must be accessible in the assembly, that is, internal or public";
        }

        string wanted = TypeNames.Canonical(type);
        return Formatted(formatter).Any(formatted => TypeNames.Canonical(formatted) == wanted)
            ? null
            : $"it must implement IMessageFormatter<{TypeNames.Display(type)}>";
    }

    private Dictionary<string, INamedTypeSymbol> OfAssembly()
    {
        var formatters = new Dictionary<string, INamedTypeSymbol>(StringComparer.Ordinal);
        foreach (AttributeData attribute in symbols.Compilation.Assembly.FindAttributes(AttributeNames.Formatter))
        {
            if (attribute.Positional<INamedTypeSymbol>(0) is not { } formatter)
            {
                continue;
            }

            foreach (ITypeSymbol type in Formatted(formatter))
            {
                if (Reject(formatter, type) is null)
                {
                    formatters[TypeNames.Canonical(type)] = formatter;
                }
            }
        }

        return formatters;
    }
}
