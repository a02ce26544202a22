using Contracts.Ipc.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Parsing.Layouts;

/// <summary>
/// The types that are leaves, and how many bytes they have. Nothing here is computed: the reference assemblies of the framework say nothing
/// true about the fields of its structs. A test compares every row with the runtime.
/// </summary>
internal static class LeafCatalogue
{
    private static readonly Dictionary<SpecialType, LeafShape> Primitives = new()
    {
        [SpecialType.System_Boolean] = Number("Boolean", 1, "uint8_t"),
        [SpecialType.System_Char] = Number("Char", 2, "uint16_t"),
        [SpecialType.System_SByte] = Number("SByte", 1, "int8_t"),
        [SpecialType.System_Byte] = Number("Byte", 1, "uint8_t"),
        [SpecialType.System_Int16] = Number("Int16", 2, "int16_t"),
        [SpecialType.System_UInt16] = Number("UInt16", 2, "uint16_t"),
        [SpecialType.System_Int32] = Number("Int32", 4, "int32_t"),
        [SpecialType.System_UInt32] = Number("UInt32", 4, "uint32_t"),
        [SpecialType.System_Int64] = Number("Int64", 8, "int64_t"),
        [SpecialType.System_UInt64] = Number("UInt64", 8, "uint64_t"),
        [SpecialType.System_Single] = Number("Single", 4, "float"),
        [SpecialType.System_Double] = Number("Double", 8, "double"),
        [SpecialType.System_Decimal] = new("Decimal", 16, 8, new CType("contracts_decimal", 8)),
    };

    // C has no name that every compiler knows for 16 bytes of integer, half floats or vectors: bits and elements are exact everywhere.
    private static readonly Dictionary<string, LeafShape> Structs = new(StringComparer.Ordinal)
    {
        ["System.Guid"] = new("Guid", 16, 4, new CType("contracts_guid", 4)),
        ["System.Half"] = Number("Half", 2, "uint16_t"),
        ["System.Int128"] = new("Int128", 16, 16, new CType("uint64_t", 8, 2)),
        ["System.UInt128"] = new("UInt128", 16, 16, new CType("uint64_t", 8, 2)),
        ["System.TimeSpan"] = Number("TimeSpan", 8, "int64_t"),
        ["System.DateOnly"] = Number("DateOnly", 4, "int32_t"),
        ["System.TimeOnly"] = Number("TimeOnly", 8, "int64_t"),
        ["System.Index"] = Number("Index", 4, "int32_t"),
        ["System.Range"] = Numbers("Range", 2, 4, "int32_t"),
        ["System.Text.Rune"] = Number("Rune", 4, "uint32_t"),
        ["System.Numerics.Complex"] = Numbers("Complex", 2, 8, "double"),
        ["System.Numerics.Vector2"] = Numbers("Vector2", 2, 4, "float"),
        ["System.Numerics.Vector3"] = Numbers("Vector3", 3, 4, "float"),
        ["System.Numerics.Vector4"] = Numbers("Vector4", 4, 4, "float"),
        ["System.Numerics.Quaternion"] = Numbers("Quaternion", 4, 4, "float"),
        ["System.Numerics.Plane"] = Numbers("Plane", 4, 4, "float"),
        ["System.Numerics.Matrix3x2"] = Numbers("Matrix3x2", 6, 4, "float"),
        ["System.Numerics.Matrix4x4"] = Numbers("Matrix4x4", 16, 4, "float"),
    };

    internal static IEnumerable<KeyValuePair<string, LeafShape>> FrameworkStructs => Structs;

    internal static LeafShape? Find(ITypeSymbol type)
    {
        if (Primitives.TryGetValue(type.SpecialType, out LeafShape? primitive))
        {
            return primitive;
        }

        return type is INamedTypeSymbol { ContainingType: null, Arity: 0 } named
            && named.ContainingNamespace is { IsGlobalNamespace: false }
            && Structs.TryGetValue(TypeNames.Metadata(named), out LeafShape? found)
                ? found
                : null;
    }

    private static LeafShape Number(string type, int size, string c) => new(type, size, size, new CType(c, size));

    private static LeafShape Numbers(string type, int count, int size, string c) => new(type, count * size, size, new CType(c, size, count));
}
