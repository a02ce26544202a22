using Contracts.Ipc.Native;

namespace Contracts.Ipc.SharedMemory.Objects;

/// <summary>An object of a store, mapped.</summary>
/// <param name="Memory">All of it.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="Permissions">Its mode.</param>
/// <param name="Identity">Which one it is, whatever happens to its name.</param>
internal sealed record StoredObject(MappedMemory Memory, uint Owner, int Permissions, (ulong, ulong) Identity) : IDisposable
{
    public void Dispose() => Memory.Dispose();
}

/// <summary>Where named objects are kept.</summary>
/// <remarks>What must never break: an object that can be opened is complete, and a maker that dies leaves nothing that could be taken for one.</remarks>
internal abstract class ObjectStore
{
    public static ObjectStore Of(SharedMemoryBacking backing) => backing switch
    {
        SharedMemoryBacking.Posix => PosixStore.Instance,
        SharedMemoryBacking.SystemV => SystemVStore.Instance,
        _ => throw new ArgumentOutOfRangeException(nameof(backing), backing, "There is no such backing."),
    };

    /// <summary>Makes an object and fills it before anybody can open it.</summary>
    /// <param name="plan">What it is.</param>
    /// <param name="fill">Writes its contents, into memory that is zero.</param>
    /// <returns>Null if the name is taken.</returns>
    public abstract StoredObject? TryCreate(ObjectPlan plan, Action<MappedMemory, ulong> fill);

    /// <summary>Maps an object.</summary>
    /// <returns>Null if there is none.</returns>
    public abstract StoredObject? TryOpen(ObjectPlan plan, bool writable);

    /// <summary>Whether there is one.</summary>
    public abstract bool Exists(ObjectPlan plan);

    /// <summary>Removes the name; who has the object mapped keeps it.</summary>
    /// <param name="plan">Which.</param>
    /// <param name="identity">Only if it is this one; null for any.</param>
    /// <returns>False if there was none.</returns>
    public abstract bool Unlink(ObjectPlan plan, (ulong, ulong)? identity);
}
