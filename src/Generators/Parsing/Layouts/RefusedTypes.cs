using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Parsing.Layouts;

/// <summary>Types that look like data and are none, or whose bytes are arranged anew by every runtime.</summary>
internal static class RefusedTypes
{
    private static readonly Dictionary<string, LayoutProblemKind> Names = new(StringComparer.Ordinal)
    {
        ["System.DateTime"] = LayoutProblemKind.DateAndTime,
        ["System.DateTimeOffset"] = LayoutProblemKind.DateAndTime,
        ["System.Numerics.Vector`1"] = LayoutProblemKind.Vector,
        ["System.Runtime.Intrinsics.Vector64`1"] = LayoutProblemKind.Vector,
        ["System.Runtime.Intrinsics.Vector128`1"] = LayoutProblemKind.Vector,
        ["System.Runtime.Intrinsics.Vector256`1"] = LayoutProblemKind.Vector,
        ["System.Runtime.Intrinsics.Vector512`1"] = LayoutProblemKind.Vector,
        ["System.Runtime.InteropServices.CLong"] = LayoutProblemKind.Address,
        ["System.Runtime.InteropServices.CULong"] = LayoutProblemKind.Address,
        ["System.Runtime.InteropServices.NFloat"] = LayoutProblemKind.Address,
        ["System.Runtime.InteropServices.GCHandle"] = LayoutProblemKind.ProcessLocal,
        ["System.Runtime.InteropServices.GCHandle`1"] = LayoutProblemKind.ProcessLocal,
        ["System.Runtime.InteropServices.PinnedGCHandle`1"] = LayoutProblemKind.ProcessLocal,
        ["System.Runtime.InteropServices.WeakGCHandle`1"] = LayoutProblemKind.ProcessLocal,
        ["System.RuntimeFieldHandle"] = LayoutProblemKind.ProcessLocal,
        ["System.RuntimeMethodHandle"] = LayoutProblemKind.ProcessLocal,
        ["System.RuntimeTypeHandle"] = LayoutProblemKind.ProcessLocal,
        ["System.ModuleHandle"] = LayoutProblemKind.ProcessLocal,
        ["System.Threading.SpinLock"] = LayoutProblemKind.ProcessLocal,
        ["System.Threading.SpinWait"] = LayoutProblemKind.ProcessLocal,
        ["System.HashCode"] = LayoutProblemKind.ProcessLocal,
    };

    /// <summary>Why a type is refused by name; null if it is not.</summary>
    internal static LayoutProblemKind? Find(ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Pointer or TypeKind.FunctionPointer } => LayoutProblemKind.Address,
        { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr } => LayoutProblemKind.Address,
        { IsReferenceType: true } or { IsRefLikeType: true } or { TypeKind: TypeKind.Dynamic } => LayoutProblemKind.Reference,
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } => LayoutProblemKind.NullableValue,
        INamedTypeSymbol { IsTupleType: true } => LayoutProblemKind.Tuple,
        INamedTypeSymbol { ContainingType: null, ContainingNamespace.IsGlobalNamespace: false } named
            when Names.TryGetValue(TypeNames.Metadata(named), out LayoutProblemKind kind) => kind,
        _ => null,
    };
}
