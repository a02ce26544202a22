namespace Contracts.Ipc.Generators.Model;

/// <summary>Where generated code extends a shared struct.</summary>
internal sealed record LayoutDeclaration
{
    /// <summary>The name of the generated file without extension.</summary>
    public required string FileName { get; init; }

    /// <summary>The namespace, or null for the global one.</summary>
    public required string? Namespace { get; init; }

    /// <summary>Headers of the types around the struct, outermost first.</summary>
    public required EquatableArray<string> Containers { get; init; }

    /// <summary>The header of the struct: <c>partial struct Sample</c>.</summary>
    public required string Header { get; init; }

    /// <summary>The struct, fully qualified.</summary>
    public required string TypeName { get; init; }

    /// <summary>The struct as people call it, for messages.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The name of the nested class that holds what is generated.</summary>
    public required string Holder { get; init; }
}

/// <summary>One shared struct, ready to print.</summary>
internal sealed record LayoutModel
{
    public required LayoutDeclaration Declaration { get; init; }

    public required StructShape Shape { get; init; }

    /// <summary>The offsets of the struct's own fields in the order of the source: what other assemblies go by.</summary>
    public required EquatableArray<int> DeclaredOffsets { get; init; }

    /// <summary>All leaves in the order of their offsets.</summary>
    public required EquatableArray<LeafModel> Leaves { get; init; }

    /// <summary>FNV-1a of size, alignment and leaves.</summary>
    public required ulong Fingerprint { get; init; }

    /// <summary>The fields, also of nested structs, whose offsets are measured at run time.</summary>
    public required EquatableArray<MeasuredField> Measured { get; init; }

    /// <summary>The nested structs whose size is measured at run time.</summary>
    public required EquatableArray<MeasuredType> MeasuredTypes { get; init; }
}

/// <summary>One leaf of a shared struct.</summary>
/// <param name="Path">How C# reaches it: <c>Position.Y</c>, <c>Points[].X</c>.</param>
/// <param name="Type">What it is: <c>Double</c>, <c>Byte[16]</c>.</param>
/// <param name="Offset">Bytes from the start of the struct; of the first one, if it repeats.</param>
/// <param name="Size">Its bytes; of all of them, if it repeats.</param>
internal sealed record LeafModel(string Path, string Type, int Offset, int Size);

/// <summary>A field whose offset is measured at run time.</summary>
/// <param name="Path">For messages.</param>
/// <param name="Expression">How generated code reaches it: <c>value.Position.Y</c>.</param>
/// <param name="Offset">As computed.</param>
/// <param name="TypeName">Its type, fully qualified.</param>
/// <param name="Access">How its address is taken.</param>
/// <param name="IsReadOnly">Whether it, or a field on the way to it, is read-only.</param>
internal sealed record MeasuredField(string Path, string Expression, int Offset, string TypeName, FieldAccess Access, bool IsReadOnly);

/// <summary>A nested struct whose size is measured at run time.</summary>
/// <param name="TypeName">The struct, fully qualified.</param>
/// <param name="DisplayName">The struct as people call it.</param>
/// <param name="Size">As computed.</param>
/// <param name="Alignment">As somebody said; null if it follows from what is measured.</param>
internal sealed record MeasuredType(string TypeName, string DisplayName, int Size, int? Alignment = null);

/// <summary>A shared struct that was refused.</summary>
internal sealed record LayoutPlaceholder(LayoutDeclaration Declaration);
