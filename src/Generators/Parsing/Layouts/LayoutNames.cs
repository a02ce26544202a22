using System.Globalization;
using System.Text;
using Contracts.Ipc.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Parsing.Layouts;

/// <summary>Names of structs and enums in C#, in descriptions and in C.</summary>
internal static class LayoutNames
{
    internal static LayoutType Of(INamedTypeSymbol type) => new(TypeNames.Canonical(type), TypeNames.Display(type), CName(type));

    /// <summary>A struct that is one leaf, as descriptions name it: <c>Point</c>, <c>KeyValuePair&lt;Int32,Int64&gt;</c>. No space, which ends a word there.</summary>
    internal static string Leaf(ITypeSymbol type) => type is INamedTypeSymbol { TypeArguments.Length: > 0 } generic
        ? $"{type.Name}<{string.Join(",", generic.TypeArguments.Select(Leaf))}>"
        : type.Name;

    internal static LeafShape EnumOf(INamedTypeSymbol type, LeafShape underlying)
    {
        LayoutType name = Of(type);
        IEnumerable<EnumConstant> constants = type.GetMembers().OfType<IFieldSymbol>()
            .Where(field => field is { IsConst: true, ConstantValue: not null })
            .Select(field => new EnumConstant(field.Name, Constant(field.ConstantValue!)));
        return new LeafShape(
            $"{type.Name}:{underlying.Type}",
            underlying.Size,
            underlying.Alignment,
            underlying.C with { Name = name.CName },
            new EnumShape(name, constants.ToEquatableArray(), underlying.C.Name));
    }

    internal static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Namespace, types around it and name in snake case: <c>acme_outer_sample</c>.</summary>
    private static string CName(ITypeSymbol type)
    {
        var parts = new Stack<string>();
        if (type is INamedTypeSymbol { TypeArguments.Length: > 0 } generic)
        {
            foreach (ITypeSymbol argument in generic.TypeArguments.Reverse())
            {
                parts.Push(argument is INamedTypeSymbol { SpecialType: SpecialType.None } ? CName(argument) : SnakeCase(argument.Name));
            }
        }

        for (ISymbol? part = type; part is INamedTypeSymbol or INamespaceSymbol { IsGlobalNamespace: false }; part = part.ContainingSymbol)
        {
            parts.Push(SnakeCase(part.Name));
        }

        // C reserves names that begin with an underscore. Unfinished code has types without a name.
        string name = string.Join("_", parts);
        return name.StartsWith("_", StringComparison.Ordinal) || name.Length == 0 ? "ipc" + name : name;
    }

    private static string SnakeCase(string name)
    {
        var text = new StringBuilder();
        for (int i = 0; i < name.Length; i++)
        {
            char letter = name[i];
            bool startsWord = char.IsUpper(letter) && i > 0 && name[i - 1] != '_'
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (startsWord)
            {
                text.Append('_');
            }

            text.Append(letter < 128 ? char.ToLowerInvariant(letter).ToString() : $"u{(int)letter:x4}");
        }

        return text.ToString();
    }

    private static string Constant(object value)
    {
        // The lowest numbers have no literal: C reads a minus before a number that is too large.
        string text = Convert.ToString(value, CultureInfo.InvariantCulture);
        return value switch
        {
            sbyte or short or byte or ushort => text,
            int.MinValue => "(-2147483647 - 1)",
            int => text,
            uint => text + "U",
            long.MinValue => "(-9223372036854775807LL - 1)",
            long => text + "LL",
            _ => text + "ULL",
        };
    }
}
