using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Contracts.Ipc.Generators.Parsing;

/// <summary>Writes declared default values of parameters as expressions.</summary>
internal static class DefaultValues
{
    internal static string? Of(IParameterSymbol parameter)
    {
        if (!parameter.IsOptional)
        {
            return null;
        }

        // [Optional] without a value, default and null all mean the default of the type.
        return parameter.HasExplicitDefaultValue && parameter.ExplicitDefaultValue is { } value
            ? Expression(parameter.Type, value)
            : "default";
    }

    private static string Expression(ITypeSymbol type, object value)
    {
        ITypeSymbol target = type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            ? nullable.TypeArguments[0]
            : type;
        string literal = Literal(value);

        // The constant of an enum is its number; the parentheses keep a negative one from reading as a subtraction.
        return target.TypeKind == TypeKind.Enum ? $"({TypeNames.Canonical(target)})({literal})" : literal;
    }

    /// <summary>A constant; that of an enum is its number.</summary>
    internal static string Literal(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        string text => SymbolDisplay.FormatLiteral(text, quote: true),
        char c => SymbolDisplay.FormatLiteral(c, quote: true),
        float.NaN => "float.NaN",
        float.PositiveInfinity => "float.PositiveInfinity",
        float.NegativeInfinity => "float.NegativeInfinity",
        float f => f.ToString("R", CultureInfo.InvariantCulture) + "F",
        double.NaN => "double.NaN",
        double.PositiveInfinity => "double.PositiveInfinity",
        double.NegativeInfinity => "double.NegativeInfinity",
        double d => d.ToString("R", CultureInfo.InvariantCulture) + "D",
        decimal m => m.ToString(CultureInfo.InvariantCulture) + "M",
        long l => l.ToString(CultureInfo.InvariantCulture) + "L",
        ulong l => l.ToString(CultureInfo.InvariantCulture) + "UL",
        uint u => u.ToString(CultureInfo.InvariantCulture) + "U",
        DateTime time => $"new global::System.DateTime({time.Ticks.ToString(CultureInfo.InvariantCulture)}L)",
        int i => i.ToString(CultureInfo.InvariantCulture),
        byte b => Small("byte", b),
        sbyte b => Small("sbyte", b),
        short s => Small("short", s),
        ushort s => Small("ushort", s),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    // A bare literal would be an int.
    private static string Small(string type, int value) => $"({type})({value.ToString(CultureInfo.InvariantCulture)})";
}
