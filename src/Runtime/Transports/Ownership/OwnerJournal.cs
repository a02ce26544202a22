using Contracts.Ipc.Native;

namespace Contracts.Ipc.Transports.Ownership;

/// <summary>
/// What this process has made and the kernel keeps after its death, so that others can tell what the dead have left from what the living need.
/// </summary>
/// <remarks>
/// <para>One file for each process, <c>owners/pid-starttime</c> in the user's directory, with one line for each object: recorded before the object is made,
/// forgotten after it is removed. The process holds a lock (flock) on it, which the kernel drops however the process ends; so the lock, and no number that could
/// be given to another process, says who lives. See docs/adr/0028-what-is-whose.md.</para>
/// <para>Recording happens under the lock of the directory, as cleaning does: who is about to take a name is seen by whoever is about to remove it.</para>
/// </remarks>
internal static class OwnerJournal
{
    private static readonly Lock Gate = new();
    private static JournalFile? _file;

    /// <summary>Says that an object is about to be made. Dispose the result when it has been removed.</summary>
    /// <returns>Where there can be no journal (other systems, no private directory) an object that is recorded nowhere: nothing depends on it but cleaning.</returns>
    /// <exception cref="IpcEndpointException">Somebody has held the directory's lock for seconds.</exception>
    public static OwnedObject Record(OwnedKind kind, string name)
    {
        if (OwnersDirectory.Find(make: true) is not { } directory)
        {
            return new OwnedObject(null, default, kind);
        }

        lock (Gate)
        {
            try
            {
                using SafeDescriptor locked = OwnersDirectory.Lock(directory);
                _file ??= JournalFile.Create(directory);
                return new OwnedObject(_file, _file.Write(new JournalEntry(kind, name, DateTimeOffset.UtcNow)), kind);
            }
            catch (IOException)
            {
                // No space, no descriptor left: the object itself will tell, if it needs any.
                return new OwnedObject(null, default, kind);
            }
        }
    }

    /// <summary>Writes another line in the place of one.</summary>
    internal static JournalFile.Slot Rename(JournalFile file, JournalFile.Slot old, JournalEntry entry)
    {
        lock (Gate)
        {
            JournalFile.Slot written = file.Write(entry);
            file.Erase(old);
            return written;
        }
    }

    internal static void Forget(JournalFile file, JournalFile.Slot slot)
    {
        lock (Gate)
        {
            file.Erase(slot);
            if (file.IsEmpty)
            {
                _file = null;
                file.Dispose();
            }
        }
    }
}

/// <summary>An object in the journal of this process.</summary>
internal sealed class OwnedObject : IDisposable
{
    private readonly JournalFile? _file;
    private readonly OwnedKind _kind;
    private JournalFile.Slot _slot;
    private bool _isDisposed;

    internal OwnedObject(JournalFile? file, JournalFile.Slot slot, OwnedKind kind)
    {
        _file = file;
        _slot = slot;
        _kind = kind;
    }

    /// <summary>Says by what name the object is known now that it is made: kinds whose identity the kernel chooses.</summary>
    public void Identify(string name)
    {
        if (_file is not null)
        {
            _slot = OwnerJournal.Rename(_file, _slot, new JournalEntry(_kind, name, DateTimeOffset.UtcNow));
        }
    }

    /// <summary>The object has been removed, or was not made.</summary>
    public void Dispose()
    {
        if (!Interlocked.Exchange(ref _isDisposed, true) && _file is not null)
        {
            OwnerJournal.Forget(_file, _slot);
        }
    }
}
