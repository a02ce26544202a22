using System.Globalization;
using System.Text;
using Contracts.Ipc.Native;
using Microsoft.Win32.SafeHandles;

namespace Contracts.Ipc.Transports.Ownership;

/// <summary>
/// The right to a name: a lock on a file beside what bears the name, held as long as the server listens. Linux only.
/// </summary>
/// <remarks>
/// <para>The kernel drops the lock however its holder ends. Whatever is found under the name by the holder of the lock was left by the dead, or made by somebody
/// who does not know the lock.</para>
/// <para>The file is removed at the end, under the lock. Whoever locked a file that has lost its name meanwhile starts again: it is no lock.</para>
/// </remarks>
internal sealed class NameClaim : IDisposable
{
    private readonly string _path;
    private readonly SafeDescriptor _lock;
    private readonly OwnedObject _record;

    private NameClaim(string path, SafeDescriptor locked, OwnedObject record)
    {
        _path = path;
        _lock = locked;
        _record = record;
    }

    /// <summary>Takes the lock, without waiting.</summary>
    /// <param name="endpoint">For errors.</param>
    /// <param name="lockPath">The file to lock; its directory exists.</param>
    /// <param name="otherHolder">Tells who has the name, where there is another way to know than his signature in the file.</param>
    /// <exception cref="IpcEndpointException">Somebody has it, or something that is no lock of this user is in its place.</exception>
    public static NameClaim Take(IpcEndpoint endpoint, string lockPath, Func<int?>? otherHolder = null)
    {
        OwnedObject? record = OwnerJournal.Record(OwnedKind.File, lockPath);
        SafeDescriptor? locked = null;
        try
        {
            locked = Lock(endpoint, lockPath, otherHolder);
            Sign(locked);
            NameClaim taken = new(lockPath, locked, record);
            record = null;
            locked = null;
            return taken;
        }
        catch (Exception error) when (error is NativeException or IOException)
        {
            throw TransportError.CannotListen(endpoint, error.Message.TrimEnd('.') + ".", error);
        }
        finally
        {
            locked?.Dispose();
            record?.Dispose();
        }
    }

    /// <summary>Who has signed the file: for clients, where a name that a dead server has left refuses nobody.</summary>
    /// <remarks>Looks without touching the lock, which a server might just be taking; so a number that belongs to a later process counts as the server's.</remarks>
    /// <param name="lockPath">As for <see cref="Take"/>.</param>
    /// <param name="holder">The process, if it lives.</param>
    /// <returns>False if it has died. True also if there is no such file, or if it does not tell.</returns>
    public static bool MayBeHeld(string lockPath, out ProcessIdentity? holder)
    {
        holder = null;
        using SafeDescriptor? file = Files.TryOpen(lockPath);
        if (file is null || HolderOf(file) is not { } id)
        {
            return true;
        }

        holder = ProcessIdentity.Of(id);
        if (holder is { } found && !found.IsAlive())
        {
            holder = null;
        }

        return holder is not null;
    }

    /// <summary>Lets go of the name.</summary>
    public void Dispose()
    {
        if (_lock.IsClosed)
        {
            return;
        }

        try
        {
            Files.Remove(_path);
        }
        catch (NativeException)
        {
            // The directory is gone or read-only now. The file is unlocked, which is what counts.
        }
        finally
        {
            _lock.Dispose();
            _record.Dispose();
        }
    }

    private static SafeDescriptor Lock(IpcEndpoint endpoint, string path, Func<int?>? otherHolder)
    {
        while (true)
        {
            SafeDescriptor? file = Files.OpenPrivate(path);
            try
            {
                FileStatus opened = Files.Status(file);
                if (opened.Kind != FileKind.Regular || opened.UserId != Files.EffectiveUserId)
                {
                    throw TransportError.CannotListen(endpoint, $"'{path}' is not a lock file of this user. Remove it, or choose another path.");
                }

                if (!Files.TryLock(file))
                {
                    throw TransportError.InUse(endpoint, HolderOf(file) ?? otherHolder?.Invoke());
                }

                if (Files.Status(path) is { } named && named.IsSameFileAs(opened))
                {
                    SafeDescriptor locked = file;
                    file = null;
                    return locked;
                }
            }
            finally
            {
                file?.Dispose();
            }
        }
    }

    // For the error that the next one gets. Sixteen places, so that a shorter number leaves nothing of a longer one.
    private static void Sign(SafeDescriptor locked)
    {
        using var file = new SafeFileHandle(locked.Number, ownsHandle: false);
        RandomAccess.Write(file, Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture).PadRight(15) + '\n'), 0);
    }

    private static int? HolderOf(SafeDescriptor locked)
    {
        using var file = new SafeFileHandle(locked.Number, ownsHandle: false);
        Span<byte> bytes = stackalloc byte[16];
        int length = RandomAccess.Read(file, bytes, 0);
        return int.TryParse(bytes[..length], NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int id) ? id : null;
    }
}
