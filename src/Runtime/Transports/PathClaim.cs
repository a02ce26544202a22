using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.Ownership;

namespace Contracts.Ipc.Transports;

/// <summary>
/// The right to make a socket at a path: a <see cref="NameClaim"/> on a file beside it, held as long as the server listens. Linux only.
/// </summary>
/// <remarks>
/// Binding needs the path to be free, and a crashed server leaves its path behind. Removing what is there without a lock would let
/// two starting servers remove each other's sockets; so all of it (probing, removing, binding, removing again) happens under the claim.
/// </remarks>
internal sealed class PathClaim : IDisposable
{
    private readonly NameClaim _name;
    private OwnedObject? _record;
    private FileStatus? _made;

    private PathClaim(string path, NameClaim name)
    {
        Path = path;
        _name = name;
    }

    /// <summary>The path that was claimed. Nothing is there after the claim.</summary>
    public string Path { get; }

    /// <summary>Takes the claim, removes what a dead server left, and records what the caller is about to make.</summary>
    /// <exception cref="IpcEndpointException">A server lives there, or something that is not ours to remove.</exception>
    public static PathClaim Take(IpcEndpoint endpoint, string path)
    {
        PathClaim? claim = new(path, NameClaim.Take(endpoint, path + ".lock", () => ListenerAt(path)));
        try
        {
            claim.RemoveStale(endpoint);
            claim._record = OwnerJournal.Record(OwnedKind.File, path);
            PathClaim taken = claim;
            claim = null;
            return taken;
        }
        catch (NativeException error)
        {
            throw TransportError.CannotListen(endpoint, error.Message + ".", error);
        }
        finally
        {
            claim?.Dispose();
        }
    }

    /// <summary>Says that the path has been made, so that disposal removes it.</summary>
    public void Made() => _made = Files.Status(Path);

    /// <summary>Removes the path if it is still the one that was made, and lets go of the claim.</summary>
    public void Dispose()
    {
        try
        {
            if (_made is { } made && Files.Status(Path) is { } now && now.IsSameFileAs(made))
            {
                Files.Remove(Path);
            }
        }
        catch (NativeException)
        {
            // The directory is gone or read-only now. The next server finds a dead socket and removes it.
        }
        finally
        {
            _made = null;
            _record?.Dispose();
            _name.Dispose();
        }
    }

    private void RemoveStale(IpcEndpoint endpoint)
    {
        if (Files.Status(Path) is not { } found)
        {
            return;
        }

        if (found.Kind != FileKind.Socket)
        {
            throw TransportError.CannotListen(endpoint, $"'{Path}' exists and is not a socket. Remove it, or choose another path.");
        }

        if (found.UserId != Files.EffectiveUserId)
        {
            throw TransportError.CannotListen(endpoint, $"the socket '{Path}' belongs to user {found.UserId}. Choose another path.");
        }

        // A live server that does not use our lock still answers.
        int answer = Sockets.Probe(Path, out int? owner);
        if (answer is 0 or Errno.EAGAIN)
        {
            throw TransportError.InUse(endpoint, owner);
        }

        if (answer is not (Errno.ECONNREFUSED or Errno.ENOENT))
        {
            throw new NativeException($"connect('{Path}')", answer);
        }

        if (Files.Status(Path) is { } now && now.IsSameFileAs(found))
        {
            Files.Remove(Path);
        }
    }

    private static int? ListenerAt(string path)
    {
        _ = Sockets.Probe(path, out int? listener);
        return listener;
    }
}
