using Contracts.Ipc.Native;

namespace Contracts.Ipc.Transports;

/// <summary>
/// The right to make a socket at a path: a lock on a file beside it, held as long as the server listens. Linux only.
/// </summary>
/// <remarks>
/// <para>Binding needs the path to be free, and a crashed server leaves its path behind. Removing what is there without a lock would let
/// two starting servers remove each other's sockets; so all of it (probing, removing, binding, removing again) happens under the lock,
/// which the kernel drops however its holder ends.</para>
/// <para>The lock file itself is removed with the socket. Whoever locked a file that has lost its name meanwhile starts again.</para>
/// </remarks>
internal sealed class PathClaim : IDisposable
{
    private readonly string _lockPath;
    private readonly SafeDescriptor _lock;
    private FileStatus? _made;

    private PathClaim(string path, string lockPath, SafeDescriptor locked)
    {
        Path = path;
        _lockPath = lockPath;
        _lock = locked;
    }

    /// <summary>The path that was claimed. Nothing is there after the claim.</summary>
    public string Path { get; }

    /// <summary>Takes the lock and removes what a dead server left.</summary>
    /// <exception cref="IpcEndpointException">A server lives there, or something that is not ours to remove.</exception>
    public static PathClaim Take(IpcEndpoint endpoint, string path)
    {
        PathClaim? claim = null;
        try
        {
            string lockPath = path + ".lock";
            claim = new PathClaim(path, lockPath, Lock(endpoint, path, lockPath));
            claim.RemoveStale(endpoint);
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

    /// <summary>Removes the path if it is still the one that was made, and lets go of the lock.</summary>
    public void Dispose()
    {
        if (_lock.IsClosed)
        {
            return;
        }

        try
        {
            if (_made is { } made && Files.Status(Path) is { } now && now.IsSameFileAs(made))
            {
                Files.Remove(Path);
            }

            Files.Remove(_lockPath);
        }
        catch (NativeException)
        {
            // The directory is gone or read-only now. The next server finds a dead socket and removes it.
        }
        finally
        {
            _lock.Dispose();
        }
    }

    private static SafeDescriptor Lock(IpcEndpoint endpoint, string path, string lockPath)
    {
        while (true)
        {
            SafeDescriptor? file = Files.OpenPrivate(lockPath);
            try
            {
                FileStatus opened = Files.Status(file);
                if (opened.Kind != FileKind.Regular || opened.UserId != Files.EffectiveUserId)
                {
                    throw TransportError.CannotListen(endpoint, $"'{lockPath}' is not a lock file of this user. Remove it, or choose another path.");
                }

                if (!Files.TryLock(file))
                {
                    _ = Probe(path, out int? owner);
                    throw TransportError.InUse(endpoint, owner);
                }

                if (Files.Status(lockPath) is { } named && named.IsSameFileAs(opened))
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
        int answer = Probe(Path, out int? owner);
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

    // Connecting is the one test that a dead socket cannot pass.
    private static int Probe(string path, out int? owner)
    {
        using SafeDescriptor socket = Sockets.CreateUnixStream();
        int answer = Sockets.Connect(socket, path);
        owner = answer == 0 ? Sockets.PeerOf(socket).ProcessId : null;
        return answer;
    }
}
