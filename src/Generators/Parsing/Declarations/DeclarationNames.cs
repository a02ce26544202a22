using System.Text;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Parsing.Declarations;

/// <summary>
/// Spells types as short as people do, and still so that they mean the same wherever the text is compiled with the usings that
/// <see cref="ImportedNamespaces"/> lists.
/// </summary>
internal sealed class DeclarationNames
{
    /// <summary>What the text takes for granted.</summary>
    internal static readonly string[] ImportedNamespaces =
    [
        "Contracts.Ipc", "Contracts.Ipc.Serialization", "System", "System.Collections.Generic", "System.Threading", "System.Threading.Tasks",
    ];

    // What is written down, containers included, by symbol; and every name in it, with the parts of its namespaces, and how often.
    private readonly HashSet<ISymbol> _written = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);

    internal DeclarationNames(ContractDeclaration declaration)
    {
        foreach (INamedTypeSymbol type in declaration.Types.Select(declared => declared.Symbol).Append(declaration.Contract.OriginalDefinition))
        {
            for (INamedTypeSymbol? written = type; written is not null && _written.Add(written); written = written.ContainingType?.OriginalDefinition)
            {
                Take(written.Name);
                foreach (ITypeParameterSymbol parameter in written.TypeParameters)
                {
                    Take(parameter.Name);
                }

                TakeParts(written.ContainingNamespace);
            }
        }
    }

    /// <summary>An attribute of this library.</summary>
    internal string Attribute(string name)
        => _taken.ContainsKey(name) || _taken.ContainsKey(name + "Attribute") ? "global::Contracts.Ipc." + name : name;

    /// <summary>A type of this library's codec.</summary>
    internal string Codec(string name) => _taken.ContainsKey(name) ? "global::Contracts.Ipc.Serialization." + name : name;

    internal string Of(ITypeSymbol type, INamespaceSymbol within)
    {
        var text = new StringBuilder();
        Append(text, type, within);
        return text.ToString();
    }

    private void Append(StringBuilder text, ITypeSymbol type, INamespaceSymbol within)
    {
        switch (type)
        {
            case IArrayTypeSymbol array:
                AppendArray(text, array, within);
                break;
            case INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable:
                Append(text, nullable.TypeArguments[0], within);
                text.Append('?');
                return;
            case INamedTypeSymbol { IsTupleType: true, TupleElements.Length: > 1 } tuple:
                AppendTuple(text, tuple, within);
                break;
            case INamedTypeSymbol named when Keyword(named.SpecialType) is { } keyword:
                text.Append(keyword);
                break;
            case INamedTypeSymbol named:
                AppendNamed(text, named, within);
                break;
            default:
                text.Append(TypeNames.Identifier(type.Name));
                break;
        }

        if (type is { NullableAnnotation: NullableAnnotation.Annotated, IsValueType: false })
        {
            text.Append('?');
        }
    }

    private void AppendArray(StringBuilder text, IArrayTypeSymbol array, INamespaceSymbol within)
    {
        // int[][,] is an array of int[,]: the element comes first, then the ranks from the outside in. A '?' begins a new element: in
        // int[]?[] it is the inner array that may be null.
        var ranks = new StringBuilder().Append('[').Append(',', array.Rank - 1).Append(']');
        ITypeSymbol element = array.ElementType;
        while (element is IArrayTypeSymbol { NullableAnnotation: not NullableAnnotation.Annotated } inner)
        {
            ranks.Append('[').Append(',', inner.Rank - 1).Append(']');
            element = inner.ElementType;
        }

        Append(text, element, within);
        text.Append(ranks);
    }

    private void AppendTuple(StringBuilder text, INamedTypeSymbol tuple, INamespaceSymbol within)
    {
        string separator = "(";
        foreach (IFieldSymbol element in tuple.TupleElements)
        {
            text.Append(separator);
            Append(text, element.Type, within);
            if (element.IsExplicitlyNamedTupleElement)
            {
                text.Append(' ').Append(TypeNames.Identifier(element.Name));
            }

            separator = ", ";
        }

        text.Append(')');
    }

    private void AppendNamed(StringBuilder text, INamedTypeSymbol type, INamespaceSymbol within)
    {
        if (type.ContainingType is { } outer)
        {
            AppendNamed(text, outer, within);
            text.Append('.');
        }
        else
        {
            text.Append(Qualifier(type, within));
        }

        text.Append(TypeNames.Identifier(type.Name));
        if (type.TypeArguments.Length > 0)
        {
            string separator = "<";
            foreach (ITypeSymbol argument in type.TypeArguments)
            {
                text.Append(separator);
                Append(text, argument, within);
                separator = ", ";
            }

            text.Append('>');
        }
    }

    private string Qualifier(INamedTypeSymbol type, INamespaceSymbol within)
    {
        INamespaceSymbol space = type.ContainingNamespace;
        int taken = _taken.TryGetValue(type.Name, out int count) ? count : 0;
        bool isOwn = _written.Contains(type.OriginalDefinition);
        if (space.IsGlobalNamespace)
        {
            return taken <= (isOwn ? 1 : 0) ? "" : "global::";
        }

        string name = ContractShape.Namespace(type)!;
        if (isOwn ? taken == 1 && SymbolEqualityComparer.Default.Equals(space, within) : taken == 0 && ImportedNamespaces.Contains(name))
        {
            return "";
        }

        // What stands first is looked for in all namespaces around: it must not be found there.
        string first = name.Split('.')[0];
        return _taken.ContainsKey(first) ? $"global::{name}." : name + ".";
    }

    private void Take(string name) => _taken[name] = (_taken.TryGetValue(name, out int count) ? count : 0) + 1;

    private void TakeParts(INamespaceSymbol space)
    {
        // All but the first: that one is found from everywhere.
        for (; space is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false }; space = space.ContainingNamespace)
        {
            _ = _taken.TryGetValue(space.Name, out int count);
            _taken[space.Name] = Math.Max(count, 1);
        }
    }

    private static string? Keyword(SpecialType type) => type switch
    {
        SpecialType.System_Boolean => "bool",
        SpecialType.System_Byte => "byte",
        SpecialType.System_SByte => "sbyte",
        SpecialType.System_Int16 => "short",
        SpecialType.System_UInt16 => "ushort",
        SpecialType.System_Int32 => "int",
        SpecialType.System_UInt32 => "uint",
        SpecialType.System_Int64 => "long",
        SpecialType.System_UInt64 => "ulong",
        SpecialType.System_Single => "float",
        SpecialType.System_Double => "double",
        SpecialType.System_Char => "char",
        SpecialType.System_Decimal => "decimal",
        SpecialType.System_String => "string",
        SpecialType.System_Object => "object",
        SpecialType.System_Void => "void",
        _ => null,
    };
}
