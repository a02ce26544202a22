using Contracts.Ipc.SharedMemory;

namespace Contracts.Ipc.Runtime.Tests.SharedMemory.Segments;

/// <summary>What the tests share: the parts of a value belong together, so that a torn copy shows.</summary>
[SharedLayout]
internal partial struct Sample
{
    public long Number;
    public Point Position;
    public int Level;
    public long Echo;

    public static Sample Of(long number) => new() { Number = number, Position = new Point { X = number, Y = -number }, Level = (int)number, Echo = number };

    public readonly bool IsWhole => Position.X == Number && Position.Y == -Number && Level == (int)Number && Echo == Number;
}

[SharedLayout]
internal partial struct Point
{
    public double X;
    public double Y;
}

/// <summary>A sample as another build had it: narrower numbers in the position.</summary>
[SharedLayout]
internal partial struct OldSample
{
    public long Number;
    public OldPoint Position;
    public int Level;
    public long Echo;
}

[SharedLayout]
internal partial struct OldPoint
{
    public double X;
    public float Y;
}

/// <summary>A sample with a field more at the end.</summary>
[SharedLayout]
internal partial struct LongerSample
{
    public long Number;
    public Point Position;
    public int Level;
    public long Echo;
    public long More;
}

/// <summary>Larger than a page, so that a copy takes a while.</summary>
[SharedLayout]
internal partial struct Large
{
    public long First;
    public Numbers Numbers;
    public long Last;
}

[System.Runtime.CompilerServices.InlineArray(1000)]
internal struct Numbers
{
    public long First;
}
