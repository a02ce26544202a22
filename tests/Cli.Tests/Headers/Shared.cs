using Contracts.Ipc.SharedMemory;

namespace Contracts.Ipc.Cli.Tests.Headers;

#pragma warning disable CA1051 // The layout is the point.

[SharedLayout]
public partial struct Place
{
    public double X;
    public double Y;
}

public static partial class Outer
{
    [SharedLayout]
    public partial struct Inner
    {
        public long Number;
        public Place Place;
    }
}
