using System.Text;
using Contracts.Ipc.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Evolution;

/// <summary>How a baseline spells types: as C# declares them and, where that does not say it, as they travel.</summary>
internal static class FactTypes
{
    private static readonly Dictionary<string, string> Keywords = new(StringComparer.Ordinal)
    {
        ["bool"] = "Boolean",
        ["byte"] = "Byte",
        ["sbyte"] = "SByte",
        ["short"] = "Int16",
        ["ushort"] = "UInt16",
        ["int"] = "Int32",
        ["uint"] = "UInt32",
        ["long"] = "Int64",
        ["ulong"] = "UInt64",
        ["float"] = "Single",
        ["double"] = "Double",
        ["char"] = "Char",
        ["decimal"] = "Decimal",
        ["string"] = "String",
    };

    /// <summary>The values of a fact about something of a type.</summary>
    internal static IEnumerable<(string Name, string? Value)> Describe(string name, ITypeSymbol type, string wire)
    {
        string declared = Of(type);
        string travels = Compact(wire);
        yield return (name, declared);
        if (WireOf(declared) != travels)
        {
            yield return ("wire", travels);
        }
    }

    /// <summary>How the type of a fact travels.</summary>
    internal static string WireOf(ContractFact fact, string name = "type") => fact["wire"] ?? WireOf(fact[name] ?? "");

    /// <summary>Names of types as subjects of facts: without blanks.</summary>
    internal static string Compact(string name) => name.Replace(", ", ",");

    /// <summary>A type as declared, with the annotations of references.</summary>
    internal static string Of(ITypeSymbol type)
    {
        var text = new StringBuilder();
        Append(text, type);
        return text.ToString();
    }

    /// <summary>What a type travels as if nothing else is said.</summary>
    private static string WireOf(string declared)
    {
        string bare = declared.EndsWith("?", StringComparison.Ordinal) ? declared.Substring(0, declared.Length - 1) : declared;
        if (Keywords.TryGetValue(bare, out string? wire))
        {
            return bare.Length == declared.Length || bare == "string" ? wire : wire + "?";
        }

        bool isOfFramework = bare.StartsWith("System.", StringComparison.Ordinal) && bare.IndexOf('<') < 0;
        return isOfFramework ? bare.Substring(bare.LastIndexOf('.') + 1) : bare;
    }

    private static void Append(StringBuilder text, ITypeSymbol type)
    {
        switch (type)
        {
            case IArrayTypeSymbol array:
                AppendArray(text, array);
                break;
            case INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable:
                Append(text, nullable.TypeArguments[0]);
                text.Append('?');
                break;
            case INamedTypeSymbol { IsTupleType: true, TupleElements.Length: > 1 } tuple:
                text.Append('(');
                AppendList(text, tuple.TupleElements.Select(element => element.Type));
                text.Append(')');
                break;
            case INamedTypeSymbol { TypeArguments.Length: > 0 } generic:
                string name = TypeNames.Wire(generic.OriginalDefinition);
                text.Append(generic.ContainingType is { } outer ? $"{Of(outer)}.{generic.Name}" : name.Substring(0, name.IndexOf('<')));
                text.Append('<');
                AppendList(text, generic.TypeArguments);
                text.Append('>');
                break;
            default:
                text.Append(Compact(TypeNames.Wire(type)));
                break;
        }

        if (type is { NullableAnnotation: NullableAnnotation.Annotated, IsValueType: false })
        {
            text.Append('?');
        }
    }

    private static void AppendArray(StringBuilder text, IArrayTypeSymbol array)
    {
        // As C#: int[][,] is an array of int[,], and in int[]?[] it is the inner array that may be null.
        ITypeSymbol element = array.ElementType;
        var ranks = new StringBuilder().Append('[').Append(',', array.Rank - 1).Append(']');
        while (element is IArrayTypeSymbol { NullableAnnotation: not NullableAnnotation.Annotated } inner)
        {
            ranks.Append('[').Append(',', inner.Rank - 1).Append(']');
            element = inner.ElementType;
        }

        Append(text, element);
        text.Append(ranks);
    }

    private static void AppendList(StringBuilder text, IEnumerable<ITypeSymbol> types)
    {
        string separator = "";
        foreach (ITypeSymbol type in types)
        {
            text.Append(separator);
            Append(text, type);
            separator = ",";
        }
    }
}
