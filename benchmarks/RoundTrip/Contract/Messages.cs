namespace Contracts.Ipc.Benchmarks.RoundTrip.Contract;

/// <summary>A value of 64 bytes on the wire: a header and seven numbers of nine bytes. The size that the C floors bounce.</summary>
[IpcMessage]
internal readonly record struct Block(
    [property: IpcKey(0)] long A,
    [property: IpcKey(1)] long B,
    [property: IpcKey(2)] long C,
    [property: IpcKey(3)] long D,
    [property: IpcKey(4)] long E,
    [property: IpcKey(5)] long F,
    [property: IpcKey(6)] long G)
{
    /// <summary>Every number so large that it takes nine bytes.</summary>
    public static Block Full { get; } = new(
        long.MaxValue, long.MaxValue - 1, long.MaxValue - 2, long.MaxValue - 3, long.MaxValue - 4, long.MaxValue - 5, long.MaxValue - 6);
}

/// <summary>The small record of which a thousand travel.</summary>
[IpcMessage]
internal sealed record Item([property: IpcKey(0)] int Id, [property: IpcKey(1)] string Name, [property: IpcKey(2)] double Price)
{
    public static List<Item> Thousand()
        => [.. Enumerable.Range(0, 1000).Select(static i => new Item(i, "item " + i.ToString(System.Globalization.CultureInfo.InvariantCulture), i * 0.5))];
}
