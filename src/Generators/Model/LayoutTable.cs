using System.Globalization;

namespace Contracts.Ipc.Generators.Model;

/// <summary>A layout as people read it: one leaf or gap a line, and where cache lines begin.</summary>
internal static class LayoutTable
{
    private const int CacheLine = 64;

    internal static List<string> Of(StructShape shape)
    {
        List<Row> rows = [];
        AddRows(shape, "", 0, rows);
        int widest = rows.Max(row => row.Type.Length);
        var lines = new List<string>
        {
            Invariant($"{shape.Type.DisplayName}: {shape.Size} bytes, aligned to {shape.Alignment}"),
            "",
            Invariant($"offset   size  {"type".PadRight(widest)}  field"),
        };
        int line = 0;
        foreach (Row row in rows)
        {
            if (row.Offset / CacheLine > line)
            {
                line = row.Offset / CacheLine;
                lines.Add(Invariant($"{"-- cache line",14} {line}"));
            }

            lines.Add(Invariant($"{row.Offset,6} {row.Size,6}  {row.Type.PadRight(widest)}  {row.Path}").TrimEnd());
        }

        return lines;
    }

    private static void AddRows(StructShape shape, string prefix, int start, List<Row> rows)
    {
        int end = 0;
        foreach (FieldShape field in shape.Fields)
        {
            AddGap(end, field.Offset, start, rows);
            end = field.Offset + field.Shape.Size;
            if (field.Shape is StructShape nested)
            {
                AddRows(nested, $"{prefix}{field.Name}.", start + field.Offset, rows);
            }
            else
            {
                rows.Add(new Row(start + field.Offset, field.Shape.Size, Describe(field.Shape), prefix + field.Name));
            }
        }

        AddGap(end, shape.Size, start, rows);
    }

    private static void AddGap(int from, int to, int start, List<Row> rows)
    {
        if (to > from)
        {
            rows.Add(new Row(start + from, to - from, "", "(padding)"));
        }
    }

    private static string Describe(LayoutShape shape) => shape switch
    {
        LeafShape leaf => leaf.Type,
        StructShape nested => nested.Type.DisplayName,
        ArrayShape array => Describe(Innermost(array)) + Dimensions(array),
        _ => "",
    };

    private static LayoutShape Innermost(ArrayShape array) => array.Element is ArrayShape inner ? Innermost(inner) : array.Element;

    private static string Dimensions(ArrayShape array)
        => Invariant($"[{array.Count}]") + (array.Element is ArrayShape inner ? Dimensions(inner) : "");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private readonly record struct Row(int Offset, int Size, string Type, string Path);
}
