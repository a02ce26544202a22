namespace Contracts.Ipc.Analyzers.Evolution;

/// <summary>How one kind of number on the wire relates to another.</summary>
internal enum NumberChange
{
    /// <summary>At least one of the two is no number that could be read as the other.</summary>
    None,

    /// <summary>The same numbers under another name.</summary>
    Same,

    /// <summary>All old numbers, and more.</summary>
    Widened,

    /// <summary>Some of the old numbers.</summary>
    Narrowed,

    /// <summary>Some of the old numbers, and others.</summary>
    Shifted,

    /// <summary>All old fractions, and more.</summary>
    MorePrecise,

    /// <summary>Fewer fractions.</summary>
    LessPrecise,
}

/// <summary>Integers are written as short as they are and read by any type that they fit; fractions are read by any type of fractions.</summary>
internal static class WireNumbers
{
    private static readonly Dictionary<string, (decimal Low, decimal High)> Integers = new(StringComparer.Ordinal)
    {
        ["SByte"] = (sbyte.MinValue, sbyte.MaxValue),
        ["Byte"] = (byte.MinValue, byte.MaxValue),
        ["Int16"] = (short.MinValue, short.MaxValue),
        ["UInt16"] = (ushort.MinValue, ushort.MaxValue),
        ["Char"] = (ushort.MinValue, ushort.MaxValue),
        ["Int32"] = (int.MinValue, int.MaxValue),
        ["UInt32"] = (uint.MinValue, uint.MaxValue),
        ["Int64"] = (long.MinValue, long.MaxValue),
        ["TimeSpan"] = (long.MinValue, long.MaxValue),
        ["UInt64"] = (ulong.MinValue, ulong.MaxValue),
    };

    private static readonly string[] Fractions = ["Half", "Single", "Double"];

    internal static NumberChange Compare(string before, string after)
    {
        if (Array.IndexOf(Fractions, before) is >= 0 and int from && Array.IndexOf(Fractions, after) is >= 0 and int to)
        {
            return to > from ? NumberChange.MorePrecise : NumberChange.LessPrecise;
        }

        if (!Integers.TryGetValue(before, out var old) || !Integers.TryGetValue(after, out var now))
        {
            return NumberChange.None;
        }

        return (now.Low <= old.Low && now.High >= old.High, now.Low >= old.Low && now.High <= old.High) switch
        {
            (true, true) => NumberChange.Same,
            (true, false) => NumberChange.Widened,
            (false, true) => NumberChange.Narrowed,
            _ => NumberChange.Shifted,
        };
    }
}
