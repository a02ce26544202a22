using Contracts.Ipc.Generators.Model;

namespace Contracts.Ipc.Generators.Parsing.Layouts;

/// <summary>Bytes of a struct that belong to no field.</summary>
/// <param name="Offset">Where they begin.</param>
/// <param name="Size">How many they are.</param>
/// <param name="Before">The field behind them; null at the end.</param>
internal sealed record LayoutGap(int Offset, int Size, string? Before)
{
    /// <summary>The gaps between fields, and the one behind them if there is an end that counts.</summary>
    internal static List<LayoutGap> Between(IEnumerable<FieldShape> inOrder, long? end)
    {
        var gaps = new List<LayoutGap>();
        int at = 0;
        foreach (FieldShape field in inOrder)
        {
            if (field.Offset > at)
            {
                gaps.Add(new LayoutGap(at, field.Offset - at, field.Name));
            }

            at = Math.Max(at, field.Offset + field.Shape.Size);
        }

        if (end > at)
        {
            gaps.Add(new LayoutGap(at, (int)end.Value - at, null));
        }

        return gaps;
    }
}
