using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Contracts.Ipc.Generators.Parsing;

/// <summary>The ways in which generated code, the wire and people spell a type.</summary>
internal static class TypeNames
{
    private static readonly SymbolDisplayFormat SignatureFormat = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat DisplayFormat = SymbolDisplayFormat.FullyQualifiedFormat
        .WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted)
        .RemoveMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    /// <summary>As declared, for signatures: annotations and names of tuple elements included.</summary>
    internal static string Signature(ITypeSymbol type) => type.ToDisplayString(SignatureFormat);

    /// <summary>As people write it, for comments and messages.</summary>
    internal static string Display(ITypeSymbol type) => type.ToDisplayString(DisplayFormat);

    /// <summary>
    /// One spelling for one runtime type, for generic arguments and as a key: fully qualified, without annotations of reference
    /// types and names of tuple elements.
    /// </summary>
    internal static string Canonical(ITypeSymbol type)
    {
        var text = new StringBuilder();
        AppendCanonical(text, type);
        return text.ToString();
    }

    /// <summary><c>Namespace.Outer+Inner`1</c>, without type arguments.</summary>
    internal static string Metadata(INamedTypeSymbol type)
    {
        if (type.ContainingType is { } outer)
        {
            return Metadata(outer) + "+" + type.MetadataName;
        }

        return type.ContainingNamespace is { IsGlobalNamespace: false } space ? space.ToDisplayString(DisplayFormat) + "." + type.MetadataName : type.MetadataName;
    }

    /// <summary>The name of a contract or fault on the wire: the full name with '.' for nesting.</summary>
    internal static string Wire(ITypeSymbol type) => Canonical(type).Replace("global::", "").Replace("@", "");

    /// <summary>An identifier as code writes it: escaped where it is a keyword.</summary>
    internal static string Identifier(string name)
        => SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    /// <summary>The name of a type where it is declared: <c>record</c> and its kind are keywords there.</summary>
    internal static string DeclaredIdentifier(string name)
        => SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : Identifier(name);

    private static void AppendCanonical(StringBuilder text, ITypeSymbol type)
    {
        switch (type)
        {
            case IArrayTypeSymbol array:
                AppendArray(text, array);
                break;
            case INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable:
                AppendCanonical(text, nullable.TypeArguments[0]);
                text.Append('?');
                break;
            case INamedTypeSymbol { IsTupleType: true, TupleElements.Length: > 1 } tuple:
                text.Append('(');
                AppendList(text, tuple.TupleElements.Select(element => element.Type));
                text.Append(')');
                break;
            case INamedTypeSymbol { SpecialType: SpecialType.None } named:
                AppendNamed(text, named);
                break;
            default:
                // Keywords such as int and string; type parameters and pointers only ever reach a message to the user.
                text.Append(type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat));
                break;
        }
    }

    private static void AppendArray(StringBuilder text, IArrayTypeSymbol array)
    {
        // int[][,] is an array of int[,]: the element comes first, then the ranks from the outside in.
        ITypeSymbol element = array;
        var ranks = new StringBuilder();
        while (element is IArrayTypeSymbol inner)
        {
            ranks.Append('[').Append(',', inner.Rank - 1).Append(']');
            element = inner.ElementType;
        }

        AppendCanonical(text, element);
        text.Append(ranks);
    }

    private static void AppendNamed(StringBuilder text, INamedTypeSymbol type)
    {
        if (type.ContainingType is { } outer)
        {
            AppendNamed(text, outer);
            text.Append('.');
        }
        else
        {
            text.Append("global::");
            if (type.ContainingNamespace is { IsGlobalNamespace: false } space)
            {
                text.Append(space.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted)));
                text.Append('.');
            }
        }

        text.Append(Identifier(type.Name));
        if (type.TypeArguments.Length > 0)
        {
            text.Append('<');
            AppendList(text, type.TypeArguments);
            text.Append('>');
        }
    }

    private static void AppendList(StringBuilder text, IEnumerable<ITypeSymbol> types)
    {
        string separator = "";
        foreach (ITypeSymbol type in types)
        {
            text.Append(separator);
            AppendCanonical(text, type);
            separator = ", ";
        }
    }
}
