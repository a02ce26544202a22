using System.Globalization;

namespace Contracts.Ipc.Generators.Model;

/// <summary>One formatter to emit into <c>AssemblyName.IpcGenerated</c>.</summary>
internal abstract record FormatterModel
{
    /// <summary>The namespace of the formatter.</summary>
    public required string Namespace { get; init; }

    /// <summary>The formatter's own name, unique in the namespace.</summary>
    public required string Name { get; init; }

    /// <summary>The type that is formatted, fully qualified, without nullable annotation.</summary>
    public required string TypeName { get; init; }

    /// <summary>The type as people call it, for comments.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Whether a value may contain itself, so that writing must count its depth.</summary>
    public bool IsRecursive { get; init; }
}

/// <summary>A collection whose elements are references: closed, so that the element's formatter is called directly.</summary>
internal sealed record CollectionFormatterModel : FormatterModel
{
    public required CollectionShape Shape { get; init; }

    /// <summary>The formatter of the runtime, for implementations of an interface that need not be fast.</summary>
    public required string SharedFormatter { get; init; }

    /// <summary>One element, or key and value.</summary>
    public required EquatableArray<ItemModel> Items { get; init; }
}

/// <summary>What a collection is written from and read as.</summary>
internal enum CollectionShape
{
    Array,

    List,

    /// <summary>An interface that can be changed: read as a list.</summary>
    ListInterface,

    /// <summary>An interface that can only be read: read as an array.</summary>
    ArrayInterface,

    Dictionary,

    /// <summary>Read as a dictionary.</summary>
    DictionaryInterface,
}

/// <summary>An element, key or value of a collection.</summary>
/// <param name="TypeName">The type, fully qualified.</param>
/// <param name="Formatter">Its formatter, fully qualified.</param>
internal sealed record ItemModel(string TypeName, string Formatter);

/// <summary>An enum whose numbers are looked at when they are read.</summary>
internal sealed record EnumFormatterModel : FormatterModel
{
    /// <summary>The integer under it.</summary>
    public required InlineKind Number { get; init; }

    /// <summary>The integer as C# calls it.</summary>
    public required string NumberName { get; init; }

    /// <summary>The numbers that have a name.</summary>
    public required EquatableArray<ValueRange> Known { get; init; }

    /// <summary>The constant that stands for all others, fully qualified; null if they are refused.</summary>
    public required string? Replacement { get; init; }
}

/// <summary>Neighbouring numbers.</summary>
/// <param name="First">The lowest; decimal holds every integer that an enum may have.</param>
/// <param name="Last">The highest.</param>
internal readonly record struct ValueRange(decimal First, decimal Last)
{
    /// <summary>As a description says it.</summary>
    public override string ToString() => First == Last ? Text(First) : $"{Text(First)}..{Text(Last)}";

    internal static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A closed hierarchy: a value travels as <c>[tag, value]</c>.</summary>
internal sealed record UnionFormatterModel : FormatterModel
{
    /// <summary>The cases in the order in which a value is tested: derived types before their bases, then by tag.</summary>
    public required EquatableArray<UnionCaseModel> Cases { get; init; }

    /// <summary>Makes what stands for a case that is not known, from the local <c>tag</c>; null if such a case is refused.</summary>
    public required string? Fallback { get; init; }
}

/// <summary>One concrete type of a union.</summary>
/// <param name="Tag">The number on the wire.</param>
/// <param name="TypeName">The type, fully qualified.</param>
/// <param name="Formatter">Its formatter, fully qualified.</param>
/// <param name="Depth">How many types it derives from.</param>
internal sealed record UnionCaseModel(int Tag, string TypeName, string Formatter, int Depth);

/// <summary>A class, record or struct with members.</summary>
internal sealed record MessageFormatterModel : FormatterModel
{
    public required bool IsValueType { get; init; }

    /// <summary>Whether members travel by index as an array; otherwise by name as a map.</summary>
    public required bool IsArray { get; init; }

    /// <summary>The members in the order in which they are written.</summary>
    public required EquatableArray<MemberModel> Members { get; init; }

    /// <summary>The expression that makes the message, with the locals of members that the constructor takes.</summary>
    public required string Construction { get; init; }

    /// <summary>Whether the constructor takes members, so that they must be read first.</summary>
    public required bool IsConstructedLast { get; init; }

    /// <summary>Doors to constructors and members that C# would not let generated code use.</summary>
    public required EquatableArray<AccessorsModel> Accessors { get; init; }
}

/// <summary>One member of a message.</summary>
internal sealed record MemberModel
{
    /// <summary>The member's name in C#, for comments.</summary>
    public required string Name { get; init; }

    /// <summary>The position in the array; meaningless in a map.</summary>
    public required int Index { get; init; }

    /// <summary>The key in the map; meaningless in an array.</summary>
    public required string Key { get; init; }

    public required ValueModel Value { get; init; }

    /// <summary>Reads the member from <c>value</c>.</summary>
    public required string Getter { get; init; }

    /// <summary>A local that no other member and no generated name has.</summary>
    public required string Local { get; init; }

    public required MemberBinding Binding { get; init; }

    /// <summary>What is assigned, such as <c>value.Name</c>, or the accessor that assigns.</summary>
    public required string? Setter { get; init; }

    /// <summary>Whether a nil in the member's slot means that it did not come.</summary>
    public required bool CanBeGap { get; init; }

    /// <summary>The value of a member that the constructor takes and that did not come.</summary>
    public required string Default { get; init; }
}

/// <summary>How a member that was read reaches the message.</summary>
internal enum MemberBinding
{
    /// <summary>It does not: it can only be read, and travels for others.</summary>
    None,

    /// <summary>The constructor takes it.</summary>
    Constructor,

    /// <summary>It is assigned.</summary>
    Assignment,

    /// <summary>An accessor assigns it.</summary>
    Accessor,
}

/// <summary>The accessors to one type. They stand in a class of their own because those of a generic type must be generic themselves.</summary>
/// <param name="ClassName">The name of the class.</param>
/// <param name="TypeParameters">Empty, or <c>&lt;T&gt;</c>.</param>
/// <param name="Constraints">The constraints of the type parameters, one clause each: the runtime insists that they match.</param>
/// <param name="Methods">The accessors.</param>
internal sealed record AccessorsModel(
    string ClassName, string TypeParameters, EquatableArray<string> Constraints, EquatableArray<AccessorModel> Methods);

/// <summary>One accessor.</summary>
/// <param name="Kind">A member of <c>UnsafeAccessorKind</c>.</param>
/// <param name="Target">The name of the member that is accessed; null for a constructor.</param>
/// <param name="Signature">The declaration behind <c>extern static</c>.</param>
internal sealed record AccessorModel(string Kind, string? Target, string Signature);
