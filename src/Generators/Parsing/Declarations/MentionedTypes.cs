using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Parsing.Declarations;

/// <summary>All named types that the text of a declaration mentions.</summary>
internal static class MentionedTypes
{
    private const string RuntimeAssembly = "Contracts.Ipc";

    internal static IReadOnlyList<INamedTypeSymbol> Of(ContractDeclaration declaration)
    {
        var found = new List<INamedTypeSymbol>();
        foreach (ContractMethod method in declaration.Methods)
        {
            Add(method.Symbol.ReturnType, found);
            foreach (IParameterSymbol parameter in method.Symbol.Parameters)
            {
                Add(parameter.Type, found);
            }
        }

        foreach (DeclaredType type in declaration.Types)
        {
            foreach (MessageMember member in type.Members)
            {
                Add(member.Type, found);
            }

            if (type.Fallback is { } fallback)
            {
                Add(fallback, found);
            }

            if (type.Kind == DeclaredKind.Formatter)
            {
                foreach (INamedTypeSymbol implemented in CustomFormatters.Implemented(type.Symbol))
                {
                    Add(implemented, found);
                }
            }
        }

        foreach (INamedTypeSymbol formatter in declaration.Formatters)
        {
            Add(formatter, found);
        }

        return found;
    }

    /// <summary>Whether whoever compiles the text has the type already, under that very name.</summary>
    internal static bool IsElsewhere(INamedTypeSymbol type)
        => type.SpecialType != SpecialType.None
            || (type.ContainingAssembly?.Name == RuntimeAssembly && type.DeclaredAccessibility == Accessibility.Public)
            || UnsupportedTypes.IsOfFramework(type);

    private static void Add(ITypeSymbol type, List<INamedTypeSymbol> found)
    {
        switch (type)
        {
            case IArrayTypeSymbol array:
                Add(array.ElementType, found);
                break;
            case INamedTypeSymbol named:
                if (named.ContainingType is { } outer)
                {
                    foreach (ITypeSymbol argument in outer.TypeArguments)
                    {
                        Add(argument, found);
                    }
                }

                foreach (ITypeSymbol argument in named.TypeArguments)
                {
                    Add(argument, found);
                }

                if (named is { IsTupleType: false, TypeKind: not TypeKind.Error })
                {
                    found.Add(named);
                }

                break;
        }
    }
}
