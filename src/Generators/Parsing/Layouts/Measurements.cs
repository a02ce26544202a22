using Contracts.Ipc.Generators.Model;

namespace Contracts.Ipc.Generators.Parsing.Layouts;

/// <summary>What generated code measures at run time, so that a layout that was computed wrongly is refused instead of believed.</summary>
/// <remarks>
/// Every field that the struct itself declares, and of nested structs what it may touch; what is private there is bounded by the measured size of
/// that struct, and a nested shared struct measures itself in its own <c>Layout</c>.
/// </remarks>
internal sealed class Measurements
{
    private readonly HashSet<string> _types = new(StringComparer.Ordinal);

    internal List<MeasuredField> Fields { get; } = [];

    internal List<MeasuredType> Types { get; } = [];

    internal void Add(StructShape shape) => Add(shape, "", "value", 0, isReadOnly: false);

    private void Add(StructShape shape, string path, string expression, int start, bool isReadOnly)
    {
        foreach (FieldShape field in shape.Fields)
        {
            string target = field.Access == FieldAccess.Hidden ? expression : $"{expression}.{TypeNames.Identifier(field.Name)}";
            bool isReadOnlyHere = isReadOnly || field.Access == FieldAccess.ReadOnlyName;
            if (field.Access != FieldAccess.None)
            {
                Fields.Add(new MeasuredField(path + field.Name, target, start + field.Offset, field.TypeName, field.Access, isReadOnlyHere));
            }

            LayoutShape inner = field.Shape;
            while (inner is ArrayShape array)
            {
                inner = array.Element;
            }

            if (inner is LeafShape { Measured: { } foreign } && _types.Add(foreign.Name))
            {
                Types.Add(new MeasuredType(foreign.Name, foreign.DisplayName, inner.Size, inner.Alignment));
            }

            if (inner is not StructShape nested)
            {
                continue;
            }

            if (field.Access != FieldAccess.None && _types.Add(nested.Type.Name))
            {
                Types.Add(new MeasuredType(nested.Type.Name, nested.Type.DisplayName, nested.Size));
            }

            if (field.Access is FieldAccess.Name or FieldAccess.ReadOnlyName && ReferenceEquals(inner, field.Shape))
            {
                Add(nested, $"{path}{field.Name}.", target, start + field.Offset, isReadOnlyHere);
            }
        }
    }
}
