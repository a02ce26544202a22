using System.Text;
using Contracts.Ipc.Native;
using Contracts.Ipc.SharedMemory.Objects;
using Contracts.Ipc.Transports.Signals;

namespace Contracts.Ipc.Transports.Ownership;

/// <summary>What a look at an object of a dead process has shown.</summary>
internal enum Remains
{
    /// <summary>Nothing is there, or something that the dead one did not make: nothing is left to do.</summary>
    None,

    /// <summary>It was there; if asked for, it has been removed.</summary>
    Left,

    /// <summary>It could not be looked at now. The journal stays, for the next one who cleans.</summary>
    Unknown,
}

/// <summary>
/// Looks at one object of a dead process, and removes it. The name alone is not believed: kind and owner are those of the object that is there now.
/// </summary>
internal static class Remainder
{
    private const int LongestLock = 64;

    public static Remains Visit(JournalEntry entry, ProcessIdentity owner, bool remove)
    {
        try
        {
            return entry.Kind switch
            {
                OwnedKind.File => VisitFile(entry.Name, owner, remove),
                OwnedKind.PosixQueue => VisitPosixQueue(entry.Name, remove),
                OwnedKind.SystemVQueue => VisitSystemVQueue(entry, remove),
                OwnedKind.SharedMemory => ObjectRecord.Visit(owner, entry.Name, remove) ? Remains.Left : Remains.None,
                _ => Remains.None,
            };
        }
        catch (NativeException error) when (error.Errno is Errno.EACCES or Errno.EPERM)
        {
            // Not ours.
            return Remains.None;
        }
        catch (Exception error) when (error is IpcException or IOException)
        {
            return Remains.Unknown;
        }
    }

    private static Remains VisitFile(string path, ProcessIdentity owner, bool remove)
    {
        if (!Path.IsPathRooted(path) || Files.Status(path) is not { } found || found.UserId != Files.EffectiveUserId)
        {
            return Remains.None;
        }

        return found.Kind switch
        {
            FileKind.Socket => VisitSocket(path, owner, found, remove),
            FileKind.Fifo => Removed(path, found, remove),
            FileKind.Regular when SignalRecordFile.IsPath(path) => VisitRecord(path, owner, found, remove),
            FileKind.Regular => VisitLock(path, owner, found, remove),
            _ => Remains.None,
        };
    }

    // A server that keeps no journal may have taken the path over; then it answers, or refuses this kind of socket (EPROTOTYPE).
    private static Remains VisitSocket(string path, ProcessIdentity owner, FileStatus found, bool remove)
    {
        if (Encoding.UTF8.GetByteCount(path) > Sockets.MaximumPathLength)
        {
            return Remains.None;
        }

        return Sockets.Probe(path, out _) switch
        {
            Errno.ECONNREFUSED => Removed(path, found, remove),
            Errno.EMFILE or Errno.ENFILE or Errno.ENOMEM => Remains.Unknown,
            _ => InUse(owner),
        };
    }

    // A lock file is removed under its lock, as NameClaim does. It must look like one: a garbled line must not cost anybody a file.
    private static Remains VisitLock(string path, ProcessIdentity owner, FileStatus found, bool remove)
    {
        if (found.Length > LongestLock || Files.TryOpen(path) is not { } opened)
        {
            return Remains.None;
        }

        using (opened)
        {
            return Files.TryLock(opened) ? Removed(path, Files.Status(opened), remove) : InUse(owner);
        }
    }

    // The kernel closes a dying process's files one after the other: what is beside its journal may be in use a moment longer, and is for the next one who cleans.
    private static Remains InUse(ProcessIdentity owner) => owner.IsAlive() ? Remains.Unknown : Remains.None;

    // A record of signals says itself whose it is.
    private static Remains VisitRecord(string path, ProcessIdentity owner, FileStatus found, bool remove)
    {
        try
        {
            using SignalRecordFile? file = SignalRecordFile.TryOpen(path, out SignalRecord? record);
            return record?.Process == owner ? Removed(path, found, remove) : Remains.None;
        }
        catch (FormatException)
        {
            return Remains.None;
        }
    }

    private static bool IsQueueName(string name) => name.StartsWith("/contracts.", StringComparison.Ordinal) && name.LastIndexOf('/') == 0;

    private static Remains VisitPosixQueue(string name, bool remove)
    {
        using SafeDescriptor? queue = IsQueueName(name) ? PosixMessageQueue.TryOpen(name) : null;
        if (queue is null || Files.Status(queue).UserId != Files.EffectiveUserId)
        {
            return Remains.None;
        }

        if (remove)
        {
            PosixMessageQueue.Remove(name);
        }

        return Remains.Left;
    }

    private static Remains VisitSystemVQueue(JournalEntry entry, bool remove)
    {
        if (SystemVQueueName.Parse(entry.Name) is not { } name
            || (name.IsMade ? new SystemVMessageQueue(name.Id) : SystemVMessageQueue.TryFind(name.Key)) is not { } queue
            || queue.Status() is not { } status)
        {
            return Remains.None;
        }

        // The kernel uses an identifier again one day, and a key at once. Times are in seconds, and setting attributes moves them forward.
        long made = name.IsMade ? name.ChangedAt : entry.Since.ToUnixTimeSeconds();
        if (status.Key != name.Key || status.Owner != Files.EffectiveUserId || status.Creator != Files.EffectiveUserId || status.ChangedAt < made)
        {
            return Remains.None;
        }

        return !remove || queue.Remove() ? Remains.Left : Remains.None;
    }

    private static Remains Removed(string path, FileStatus expected, bool remove)
    {
        if (Files.Status(path) is not { } now || !now.IsSameFileAs(expected))
        {
            return Remains.None;
        }

        if (remove)
        {
            Files.Remove(path);
        }

        return Remains.Left;
    }
}
