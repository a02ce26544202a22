using Contracts.Ipc.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Parsing.Layouts;

/// <summary>The rules about where the fields of a struct lie.</summary>
internal static class PlacementRules
{
    internal static void Check(IFieldSymbol field, int offset, LayoutShape shape, LayoutAttributes attributes, LayoutProblemList problems)
    {
        if (offset % shape.Alignment == 0)
        {
            return;
        }

        problems.Enter(field);
        if (attributes.Kind == LayoutAttributes.Explicit)
        {
            problems.Add(LayoutProblemKind.OffsetNotAligned, LayoutNames.Number(offset), LayoutNames.Number(shape.Alignment));
        }
        else
        {
            problems.Add(LayoutProblemKind.PackedField, LayoutNames.Number(offset), LayoutNames.Number(shape.Alignment));
        }

        problems.Leave();
    }

    internal static void CheckOverlap(FieldShape[] fields, LayoutProblemList problems)
    {
        for (int i = 1; i < fields.Length; i++)
        {
            FieldShape before = fields[i - 1];
            if (before.Offset + before.Shape.Size > fields[i].Offset)
            {
                problems.Add(LayoutProblemKind.Overlap, fields[i].Name, before.Name, LayoutNames.Number(fields[i].Offset));
            }
        }
    }

    internal static void CheckSize(int named, long natural, int alignment, LayoutProblemList problems)
    {
        if (named <= 0)
        {
            return;
        }

        if (named < natural)
        {
            problems.Add(LayoutProblemKind.SizeTooSmall, LayoutNames.Number(named), LayoutNames.Number(natural));
        }
        else if (named % alignment != 0)
        {
            problems.Add(LayoutProblemKind.SizeNotAligned, LayoutNames.Number(named), LayoutNames.Number(alignment));
        }
    }
}
