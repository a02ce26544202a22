using Contracts.Ipc.SharedMemory;

namespace Peers;

/// <summary>What .NET and C share: the parts of a value belong together, so that a torn copy shows.</summary>
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

/// <summary>A part of it.</summary>
[SharedLayout]
internal partial struct Point
{
    public double X;
    public double Y;
}

/// <summary>Another struct.</summary>
[SharedLayout]
internal partial struct Other
{
    public long Number;
}
