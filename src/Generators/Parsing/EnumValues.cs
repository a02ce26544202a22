using System.Globalization;
using Contracts.Ipc.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Parsing;

/// <summary>What a reader does with a number that an enum does not name.</summary>
internal enum EnumOpenness
{
    /// <summary>It passes.</summary>
    Open,

    /// <summary>It is refused.</summary>
    Closed,

    /// <summary>It becomes the constant that [IpcOpen] names.</summary>
    Replaced,
}

/// <summary>The numbers that an enum names, and what happens to all others.</summary>
/// <remarks>
/// Closed is the default, because code that switches over an enum seldom expects a number without a name. It does not apply where it would be wrong: to
/// combinations of flags, to an enum without constants, which is a number with a type, and to enums of assemblies that do not know this library: nobody could open them.
/// </remarks>
internal sealed class EnumValues
{
    private const string Runtime = "Contracts.Ipc";

    private EnumValues(EnumOpenness openness, IFieldSymbol? replacement, EquatableArray<ValueRange> ranges, string? problem)
    {
        Openness = openness;
        Replacement = replacement;
        Ranges = ranges;
        Problem = problem;
    }

    internal EnumOpenness Openness { get; }

    /// <summary>The constant that stands for all that is not known; null unless <see cref="EnumOpenness.Replaced"/>.</summary>
    internal IFieldSymbol? Replacement { get; }

    /// <summary>The numbers that have a name, in their order, neighbours together.</summary>
    internal EquatableArray<ValueRange> Ranges { get; }

    /// <summary>What is wrong with [IpcOpen]; null if nothing is.</summary>
    internal string? Problem { get; }

    internal static EnumValues Of(INamedTypeSymbol type, KnownSymbols symbols)
    {
        EquatableArray<ValueRange> ranges = RangesOf(type);
        if (type.FindAttribute(AttributeNames.Open) is { } open)
        {
            return Read(open, type, ranges);
        }

        bool isOpen = type.HasAttribute(AttributeNames.Flags) || ranges.Count == 0 || CoversAll(type, ranges) || !KnowsRuntime(type, symbols);
        return new EnumValues(isOpen ? EnumOpenness.Open : EnumOpenness.Closed, null, ranges, null);
    }

    /// <summary>What the description of a contract says of the enum; null if it is open, for then nothing of it is fixed.</summary>
    internal string? Describe() => Openness switch
    {
        EnumOpenness.Closed => string.Join(", ", Ranges),
        EnumOpenness.Replaced => "otherwise " + Convert.ToString(Replacement!.ConstantValue, CultureInfo.InvariantCulture),
        _ => null,
    };

    private static EnumValues Read(AttributeData open, INamedTypeSymbol type, EquatableArray<ValueRange> ranges)
    {
        if (open.ConstructorArguments.Length == 0)
        {
            return new EnumValues(EnumOpenness.Open, null, ranges, null);
        }

        TypedConstant fallback = open.ConstructorArguments[0];
        IFieldSymbol? constant = fallback.Kind == TypedConstantKind.Enum && SymbolEqualityComparer.Default.Equals(fallback.Type, type)
            ? Constants(type).FirstOrDefault(field => Equals(field.ConstantValue, fallback.Value))
            : null;
        string? problem = constant is null
            ? $"what stands for unknown values must be one of its constants, such as [IpcOpen({type.Name}.Unknown)]"
            : type.HasAttribute(AttributeNames.Flags) ? "it is marked [Flags], and to replace unknown bits would lose the known ones; [Flags] enums are open by themselves" : null;
        return new EnumValues(problem is null ? EnumOpenness.Replaced : EnumOpenness.Open, constant, ranges, problem);
    }

    private static IEnumerable<IFieldSymbol> Constants(INamedTypeSymbol type)
        => type.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue);

    private static EquatableArray<ValueRange> RangesOf(INamedTypeSymbol type)
    {
        var ranges = new List<ValueRange>();
        foreach (decimal value in Constants(type).Select(field => Convert.ToDecimal(field.ConstantValue, CultureInfo.InvariantCulture)).Distinct().OrderBy(value => value))
        {
            if (ranges.Count > 0 && ranges[ranges.Count - 1].Last == value - 1)
            {
                ranges[ranges.Count - 1] = ranges[ranges.Count - 1] with { Last = value };
            }
            else
            {
                ranges.Add(new ValueRange(value, value));
            }
        }

        return ranges.ToEquatableArray();
    }

    /// <summary>Whether no number is left that could be unknown.</summary>
    private static bool CoversAll(INamedTypeSymbol type, EquatableArray<ValueRange> ranges)
        => ranges.Count == 1 && ranges[0].Last - ranges[0].First == type.EnumUnderlyingType!.SpecialType switch
        {
            SpecialType.System_Byte or SpecialType.System_SByte => byte.MaxValue,
            SpecialType.System_Int16 or SpecialType.System_UInt16 => ushort.MaxValue,
            _ => decimal.MaxValue,
        };

    private static bool KnowsRuntime(INamedTypeSymbol type, KnownSymbols symbols)
        => SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, symbols.Compilation.Assembly)
            || type.ContainingAssembly.Name == Runtime
            || type.ContainingModule.ReferencedAssemblies.Any(assembly => assembly.Name == Runtime);
}
