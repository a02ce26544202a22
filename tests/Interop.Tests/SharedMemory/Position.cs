using Contracts.Ipc.SharedMemory;

namespace Acme;

/// <summary>The struct of docs/shared-memory.md.</summary>
[SharedLayout]
internal partial struct Position
{
    public double X;
    public double Y;
    public long Taken;
}
