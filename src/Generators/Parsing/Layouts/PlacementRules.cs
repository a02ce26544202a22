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
            problems.Add(
                field.IsVolatile ? LayoutProblemKind.AtomicNotAligned : LayoutProblemKind.PackedField,
                LayoutNames.Number(offset),
                LayoutNames.Number(shape.Alignment));
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

    internal static void CheckPack(int pack, int largest, LayoutProblemList problems)
    {
        if (pack > largest)
        {
            problems.Add(LayoutProblemKind.PackWithoutEffect, LayoutNames.Number(pack), LayoutNames.Number(largest));
        }
    }

    /// <summary>
    /// Only what happened without anybody's word: who writes offsets or a size has asked for the gaps. In a generic struct they follow the arguments, and
    /// the fields of a record are its parameters, which have an order of their own.
    /// </summary>
    internal static void CheckPadding(INamedTypeSymbol type, LayoutAttributes attributes, FieldShape[] fields, long end, LayoutProblemList problems)
    {
        if (attributes.Kind == LayoutAttributes.Explicit || type.IsGenericType || type.IsRecord)
        {
            return;
        }

        List<LayoutGap> gaps = LayoutGap.Between(fields, attributes.Size > end ? null : end);
        if (gaps.Count > 0)
        {
            string place = gaps[0].Before is { } next ? $"before '{next}'" : "at the end";
            problems.Add(LayoutProblemKind.Padding, LayoutNames.Number(gaps.Sum(gap => gap.Size)), $"{place}, at offset {LayoutNames.Number(gaps[0].Offset)}");
        }
    }
}
