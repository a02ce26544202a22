using System.Globalization;

namespace Contracts.Ipc.Generators.Model;

/// <summary>Takes a struct apart into its leaves.</summary>
/// <remarks>
/// The elements of an array of structs are not told one by one: <c>Points[].X</c> of type <c>Single[100:12]</c> stands for 100 of them, 12 bytes
/// apart. Elements without anything between them need no distance: <c>Byte[16]</c>.
/// </remarks>
internal static class LayoutLeaves
{
    internal static List<LeafModel> Of(StructShape shape)
    {
        var leaves = new List<LeafModel>();
        AddFields(shape, "", 0, [], leaves);
        return leaves;
    }

    /// <summary>What two processes must agree on, one fact a line: size and alignment, then the leaves.</summary>
    internal static string Canonical(StructShape shape, IEnumerable<LeafModel> leaves)
        => string.Concat(leaves.Select(Line).Prepend(Invariant($"{shape.Size} {shape.Alignment}\n")));

    private static string Line(LeafModel leaf) => Invariant($"{leaf.Offset} {leaf.Size} {leaf.Type} {leaf.Path}\n");

    private static void AddFields(StructShape shape, string prefix, int start, List<(int Count, int Stride)> dimensions, List<LeafModel> leaves)
    {
        foreach (FieldShape field in shape.Fields)
        {
            Add(field.Shape, prefix + field.Name, start + field.Offset, dimensions, leaves);
        }
    }

    private static void Add(LayoutShape shape, string path, int offset, List<(int Count, int Stride)> dimensions, List<LeafModel> leaves)
    {
        switch (shape)
        {
            case ArrayShape array:
                dimensions.Add((array.Count, array.Element.Size));
                Add(array.Element, path, offset, dimensions, leaves);
                dimensions.RemoveAt(dimensions.Count - 1);
                break;
            case StructShape nested:
                AddFields(nested, path + string.Concat(dimensions.Skip(path.Count(letter => letter == '[')).Select(_ => "[]")) + ".", offset, dimensions, leaves);
                break;
            case LeafShape leaf:
                leaves.Add(new LeafModel(path, leaf.Type + Dimensions(leaf.Size, dimensions), offset, leaf.Size * dimensions.Aggregate(1, (all, next) => all * next.Count)));
                break;
        }
    }

    private static string Dimensions(int size, List<(int Count, int Stride)> dimensions)
    {
        // From the inside out: a dimension is dense if its elements are as far apart as what lies in them is long.
        string text = "";
        for (int i = dimensions.Count - 1; i >= 0; i--)
        {
            (int count, int stride) = dimensions[i];
            text = (stride == size ? Invariant($"[{count}]") : Invariant($"[{count}:{stride}]")) + text;
            size = stride * count;
        }

        return text;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
