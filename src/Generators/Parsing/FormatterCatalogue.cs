using Contracts.Ipc.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Parsing;

/// <summary>The types that the runtime formats itself, by metadata name, and how a contract's description spells them.</summary>
internal static class FormatterCatalogue
{
    internal const string Namespace = "global::Contracts.Ipc.Serialization.Formatters.";

    private static readonly Dictionary<SpecialType, string> SpecialTypes = new()
    {
        [SpecialType.System_Boolean] = "Boolean",
        [SpecialType.System_Byte] = "Byte",
        [SpecialType.System_SByte] = "SByte",
        [SpecialType.System_Int16] = "Int16",
        [SpecialType.System_UInt16] = "UInt16",
        [SpecialType.System_Int32] = "Int32",
        [SpecialType.System_UInt32] = "UInt32",
        [SpecialType.System_Int64] = "Int64",
        [SpecialType.System_UInt64] = "UInt64",
        [SpecialType.System_Single] = "Single",
        [SpecialType.System_Double] = "Double",
        [SpecialType.System_Char] = "Char",
        [SpecialType.System_Decimal] = "Decimal",
        [SpecialType.System_String] = "String",
        [SpecialType.System_DateTime] = "DateTime",
    };

    private static readonly HashSet<string> Scalars =
    [
        "System.Half",
        "System.Int128",
        "System.UInt128",
        "System.DateTimeOffset",
        "System.TimeSpan",
        "System.DateOnly",
        "System.TimeOnly",
        "System.Guid",
        "System.Uri",
        "System.Version",
        "System.Numerics.BigInteger",
        "System.Numerics.Complex",
        "System.Text.Rune",
        "System.Text.StringBuilder",
        "System.Collections.BitArray",
    ];

    private static readonly HashSet<string> Sequences =
    [
        "System.Collections.Generic.List`1",
        "System.Collections.Generic.IList`1",
        "System.Collections.Generic.IReadOnlyList`1",
        "System.Collections.Generic.ICollection`1",
        "System.Collections.Generic.IReadOnlyCollection`1",
        "System.Collections.Generic.IEnumerable`1",
        "System.Collections.Generic.HashSet`1",
        "System.Collections.Generic.ISet`1",
        "System.Collections.Generic.IReadOnlySet`1",
        "System.Collections.Generic.SortedSet`1",
        "System.Collections.Frozen.FrozenSet`1",
        "System.Collections.Generic.Queue`1",
        "System.Collections.Generic.Stack`1",
        "System.Collections.Generic.LinkedList`1",
        "System.Collections.Concurrent.ConcurrentQueue`1",
        "System.Collections.Concurrent.ConcurrentStack`1",
        "System.Collections.Concurrent.ConcurrentBag`1",
        "System.Collections.ObjectModel.Collection`1",
        "System.Collections.ObjectModel.ObservableCollection`1",
        "System.Collections.ObjectModel.ReadOnlyCollection`1",
        "System.Memory`1",
        "System.ReadOnlyMemory`1",
        "System.ArraySegment`1",
        "System.Collections.Immutable.ImmutableArray`1",
        "System.Collections.Immutable.ImmutableList`1",
        "System.Collections.Immutable.ImmutableHashSet`1",
        "System.Collections.Immutable.ImmutableSortedSet`1",
        "System.Collections.Immutable.ImmutableQueue`1",
        "System.Collections.Immutable.ImmutableStack`1",
        "System.Collections.Immutable.IImmutableList`1",
        "System.Collections.Immutable.IImmutableSet`1",
        "System.Collections.Immutable.IImmutableQueue`1",
        "System.Collections.Immutable.IImmutableStack`1",
    ];

    private static readonly HashSet<string> Maps =
    [
        "System.Collections.Generic.Dictionary`2",
        "System.Collections.Generic.IDictionary`2",
        "System.Collections.Generic.IReadOnlyDictionary`2",
        "System.Collections.Generic.SortedDictionary`2",
        "System.Collections.Generic.SortedList`2",
        "System.Collections.Concurrent.ConcurrentDictionary`2",
        "System.Collections.ObjectModel.ReadOnlyDictionary`2",
        "System.Collections.Frozen.FrozenDictionary`2",
        "System.Collections.Immutable.ImmutableDictionary`2",
        "System.Collections.Immutable.ImmutableSortedDictionary`2",
        "System.Collections.Immutable.IImmutableDictionary`2",
    ];

    // Collections of references that get a formatter of their own. The rarer ones do not: code shared by all references is good
    // enough for them.
    private static readonly Dictionary<string, CollectionShape> Closable = new(StringComparer.Ordinal)
    {
        ["Array"] = CollectionShape.Array,
        ["List"] = CollectionShape.List,
        ["IList"] = CollectionShape.ListInterface,
        ["ICollection"] = CollectionShape.ListInterface,
        ["IReadOnlyList"] = CollectionShape.ArrayInterface,
        ["IReadOnlyCollection"] = CollectionShape.ArrayInterface,
        ["Dictionary"] = CollectionShape.Dictionary,
        ["IDictionary"] = CollectionShape.DictionaryInterface,
        ["IReadOnlyDictionary"] = CollectionShape.DictionaryInterface,
    };

    /// <summary>The formatter of a type that is no composition.</summary>
    internal static string? Scalar(INamedTypeSymbol type)
    {
        if (SpecialTypes.TryGetValue(type.SpecialType, out string? name))
        {
            return name;
        }

        return Scalars.Contains(TypeNames.Metadata(type)) ? type.Name : null;
    }

    /// <summary>How generated code writes a scalar itself.</summary>
    internal static InlineKind Inline(INamedTypeSymbol type)
        => SpecialTypes.TryGetValue(type.SpecialType, out string? name) && Enum.TryParse(name, out InlineKind kind) ? kind : InlineKind.None;

    /// <summary>The shape of the formatter that a collection of references gets for itself, if it gets one.</summary>
    internal static CollectionShape? ClosedShape(string collection)
        => Closable.TryGetValue(collection, out CollectionShape shape) ? shape : null;

    /// <summary>Whether the type is a sequence or a map that the runtime formats for any element.</summary>
    internal static CollectionKind Collection(INamedTypeSymbol type)
    {
        if (type.TypeArguments.Length is not (1 or 2))
        {
            return CollectionKind.None;
        }

        string name = TypeNames.Metadata(type.OriginalDefinition);
        return Sequences.Contains(name) ? CollectionKind.Sequence : Maps.Contains(name) ? CollectionKind.Map : CollectionKind.None;
    }
}

internal enum CollectionKind
{
    None,
    Sequence,
    Map,
}
