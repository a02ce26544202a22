using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Parsing.Layouts;

/// <summary>What the source says about the layout of a struct. Only source says it: in metadata these attributes are flags that symbols do not show.</summary>
/// <param name="Kind">0 sequential, 2 explicit, 3 auto, as <c>LayoutKind</c> counts.</param>
/// <param name="Pack">0 if not named.</param>
/// <param name="Size">0 if not named.</param>
/// <param name="NamesCharSet">Whether a character set is named.</param>
internal readonly record struct LayoutAttributes(int Kind, int Pack, int Size, bool NamesCharSet)
{
    internal const string StructLayout = "System.Runtime.InteropServices.StructLayoutAttribute";
    internal const string InlineArray = "System.Runtime.CompilerServices.InlineArrayAttribute";
    internal const int Explicit = 2;
    internal const int Auto = 3;

    internal static LayoutAttributes Of(INamedTypeSymbol type)
    {
        if (type.FindAttribute(StructLayout) is not { ConstructorArguments.Length: 1 } attribute)
        {
            return default;
        }

        // The constructor has an overload that takes a short.
        int kind = attribute.ConstructorArguments[0].Value switch { int value => value, short value => value, _ => 0 };
        return new LayoutAttributes(
            kind, attribute.Named<int>("Pack"), attribute.Named<int>("Size"), attribute.NamedArguments.Any(argument => argument.Key == "CharSet"));
    }

    /// <summary>The number of elements of an inline array; null for any other struct.</summary>
    internal static int? InlineArrayLength(INamedTypeSymbol type)
        => type.FindAttribute(InlineArray)?.Positional<int>(0);

    internal static int? FieldOffset(IFieldSymbol field)
        => field.FindAttribute("System.Runtime.InteropServices.FieldOffsetAttribute") is { ConstructorArguments.Length: 1 } attribute
            ? attribute.Positional<int>(0)
            : null;
}
