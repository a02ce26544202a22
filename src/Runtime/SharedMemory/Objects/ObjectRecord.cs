using Contracts.Ipc.Native;
using Contracts.Ipc.Transports;
using Contracts.Ipc.Transports.Ownership;

namespace Contracts.Ipc.SharedMemory.Objects;

/// <summary>Objects that go with their maker: how his journal names them, and how others remove what he left.</summary>
/// <remarks>The header of an object says who made it. So a name that somebody else has made anew since is never taken for that of the dead.</remarks>
internal static unsafe class ObjectRecord
{
    /// <summary>Records an object that is about to be made.</summary>
    public static OwnedObject Of(ObjectPlan plan)
    {
        try
        {
            return OwnerJournal.Record(OwnedKind.SharedMemory, $"{plan.Backing}:{plan.Name}");
        }
        catch (IpcEndpointException error)
        {
            throw new SharedMemoryException(IpcErrorCode.ResourceExhausted, error.Message, error);
        }
    }

    /// <summary>Looks for an object that a process made, and removes its name if asked to.</summary>
    /// <param name="maker">A process that has ended.</param>
    /// <param name="name">As the process recorded it.</param>
    /// <param name="remove">Whether to remove it.</param>
    /// <returns>Whether it was there.</returns>
    public static bool Visit(ProcessIdentity maker, string name, bool remove)
    {
        int colon = name.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0
            || !Enum.TryParse(name.AsSpan(0, colon), out SharedMemoryBacking backing)
            || !Enum.IsDefined(backing)
            || EndpointName.Objection(name.AsSpan(colon + 1)) is not null)
        {
            return false;
        }

        // The kind does not matter: name and store say which object, the header says whose.
        var plan = new ObjectPlan(ObjectKind.Segment, name[(colon + 1)..]) { Backing = backing };
        ObjectStore store = ObjectStore.Of(backing);
        try
        {
            using StoredObject? stored = store.TryOpen(plan, writable: false);
            return stored is not null && stored.Owner == Files.EffectiveUserId && MakerOf(stored) == maker && (!remove || store.Unlink(plan, stored.Identity));
        }
        catch (SharedMemoryException error) when (error.Code != IpcErrorCode.ResourceExhausted)
        {
            // Something else has the name now.
            return false;
        }
    }

    private static ProcessIdentity? MakerOf(StoredObject stored)
    {
        ObjectHeader header = *(ObjectHeader*)stored.Memory.Start;
        return header.Magic == ObjectHeader.ExpectedMagic ? new ProcessIdentity(header.CreatorId, header.CreatorStartTime) : null;
    }
}
