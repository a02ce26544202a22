using Contracts.Ipc.SharedMemory;

namespace PackageConsumer;

/// <summary>A struct for C programs: the build writes include/PackageConsumer.Shelf.h.</summary>
[SharedLayout]
internal partial struct Shelf
{
    public long Articles;
    public int Row;
}
