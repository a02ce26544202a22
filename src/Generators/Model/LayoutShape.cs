namespace Contracts.Ipc.Generators.Model;

/// <summary>One type as it lies in memory: a leaf, a struct, or an array of one of them.</summary>
/// <param name="Size">Its bytes, padding included.</param>
/// <param name="Alignment">A power of two.</param>
internal abstract record LayoutShape(int Size, int Alignment);

/// <summary>What is not taken apart: a number, an enum, or a struct of the framework whose bytes are known.</summary>
/// <param name="Type">As descriptions name it: <c>Double</c>, <c>Color:Byte</c>.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="Alignment">Its alignment.</param>
/// <param name="C">How C declares it.</param>
/// <param name="Enum">The constants, if it is an enum.</param>
/// <param name="Measured">Who it is, if size and alignment are somebody's word and have to be measured at run time.</param>
internal sealed record LeafShape(string Type, int Size, int Alignment, CType C, EnumShape? Enum = null, LayoutType? Measured = null) : LayoutShape(Size, Alignment);

/// <summary>Equal elements side by side: a fixed buffer or an inline array.</summary>
/// <param name="Element">One of them.</param>
/// <param name="Count">How many there are.</param>
internal sealed record ArrayShape(LayoutShape Element, int Count) : LayoutShape(Element.Size * Count, Element.Alignment);

/// <summary>Fields at their offsets.</summary>
/// <param name="Type">Who it is.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="Alignment">Its alignment.</param>
/// <param name="Pack">What caps the alignment of its fields; 0 if nothing does.</param>
/// <param name="Fields">In the order of their offsets.</param>
internal sealed record StructShape(LayoutType Type, int Size, int Alignment, int Pack, EquatableArray<FieldShape> Fields) : LayoutShape(Size, Alignment);

/// <summary>One field of a struct.</summary>
/// <param name="Name">As people call it; that of the property, if the field stands behind one.</param>
/// <param name="Offset">Bytes from the start of the struct.</param>
/// <param name="Shape">What lies there.</param>
/// <param name="TypeName">Its type, fully qualified; that of an element for a fixed buffer.</param>
/// <param name="Access">How generated code takes its address.</param>
internal sealed record FieldShape(string Name, int Offset, LayoutShape Shape, string TypeName, FieldAccess Access);

/// <summary>How generated code takes the address of a field.</summary>
internal enum FieldAccess
{
    /// <summary>By its name.</summary>
    Name,

    /// <summary>By its name, as something that is only read.</summary>
    ReadOnlyName,

    /// <summary>By its name, which is a pointer already.</summary>
    FixedBuffer,

    /// <summary>It stands behind a property, and only an accessor of the runtime finds it.</summary>
    Hidden,

    /// <summary>Not at all: it belongs to another type and is private there.</summary>
    None,
}

/// <summary>The names of a struct or enum.</summary>
/// <param name="Name">Fully qualified, as C# writes it.</param>
/// <param name="DisplayName">As people write it: <c>Acme.Outer.Sample</c>.</param>
/// <param name="CName">As C writes it: <c>acme_outer_sample</c>.</param>
internal sealed record LayoutType(string Name, string DisplayName, string CName);

/// <summary>How C declares a leaf.</summary>
/// <param name="Name">The type: <c>uint64_t</c>.</param>
/// <param name="Alignment">What C aligns it to.</param>
/// <param name="Count">More than 1 if several of them make the leaf.</param>
internal sealed record CType(string Name, int Alignment, int Count = 1);

/// <summary>An enum, for C.</summary>
/// <param name="Type">Who it is.</param>
/// <param name="Constants">In the order of the source.</param>
/// <param name="Underlying">The C type beneath it.</param>
internal sealed record EnumShape(LayoutType Type, EquatableArray<EnumConstant> Constants, string Underlying);

/// <summary>One constant of an enum.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value as C writes it: <c>INT32_C(-1)</c>.</param>
internal sealed record EnumConstant(string Name, string Value);
