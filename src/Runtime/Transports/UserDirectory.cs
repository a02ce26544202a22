using Contracts.Ipc.Native;

namespace Contracts.Ipc.Transports;

/// <summary>
/// The directory of this user in which endpoints with plain names live. Nobody else can look into it, so nobody else can take a name.
/// </summary>
/// <remarks>Server and client both check it each time: a directory that somebody else prepared is an error, never used and never mended.</remarks>
internal static class UserDirectory
{
    private const string Name = "contracts";
    private const int OwnerOnly = 0x1C0; // 0700
    private const int GroupAndOthers = 0x3F; // 0077

    /// <summary>The path, of a directory that exists and is private.</summary>
    /// <exception cref="IpcEndpointException">It is a symbolic link, belongs to somebody else, or others may use it.</exception>
    public static string Get() => OperatingSystem.IsLinux() ? Private(LinuxPath()) : PortablePath();

    /// <summary>Makes a directory if nothing is there, and returns it if nobody but this user may use it.</summary>
    public static string Private(string directory)
    {
        try
        {
            _ = Files.TryMakeDirectory(directory, OwnerOnly);

            // Checked whether or not it was there before: between mkdir and here the name could only be replaced by somebody who may
            // write to the parent, and in /tmp the sticky bit forbids that.
            FileStatus status = Files.Status(directory) ?? throw new NativeException($"statx('{directory}')", Errno.ENOENT);
            return Objection(status) is { } objection ? throw TransportError.DirectoryNotPrivate(directory, objection) : directory;
        }
        catch (NativeException error)
        {
            throw TransportError.DirectoryNotPrivate(directory, error.Message);
        }
    }

    private static string? Objection(FileStatus status)
    {
        if (status.Kind != FileKind.Directory)
        {
            return status.Kind == FileKind.SymbolicLink ? "it is a symbolic link" : "it is not a directory";
        }

        if (status.UserId != Files.EffectiveUserId)
        {
            return $"it belongs to user {status.UserId}, not to user {Files.EffectiveUserId}";
        }

        return (status.Permissions & GroupAndOthers) != 0
            ? $"its mode is 0{Convert.ToString(status.Permissions, 8)}, so that other users may use it"
            : null;
    }

    private static string LinuxPath()
    {
        uint user = Files.EffectiveUserId;
        foreach (string? parent in (ReadOnlySpan<string?>)[Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR"), $"/run/user/{user}"])
        {
            // A parent of somebody else's (as after sudo) is passed over: its owner could exchange our directory at any time.
            if (parent is not null && Path.IsPathRooted(parent) && IsDirectoryOf(user, parent))
            {
                return Path.Combine(parent, Name);
            }
        }

        return $"/tmp/{Name}-{user}";
    }

    private static bool IsDirectoryOf(uint user, string path)
    {
        try
        {
            return Files.Status(path) is { Kind: FileKind.Directory } status && status.UserId == user;
        }
        catch (NativeException)
        {
            return false;
        }
    }

    private static string PortablePath()
    {
        // macOS gives every user a private TMPDIR; on Windows the local application data lie in the user's profile.
        string parent = OperatingSystem.IsWindows()
            ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Path.GetTempPath();
        string directory = Path.Combine(parent, Name);
        if (OperatingSystem.IsWindows())
        {
            return Directory.CreateDirectory(directory).FullName;
        }

        DirectoryInfo made = Directory.CreateDirectory(directory, (UnixFileMode)OwnerOnly);
        if (made.LinkTarget is not null)
        {
            throw TransportError.DirectoryNotPrivate(directory, "it is a symbolic link");
        }

        return ((int)made.UnixFileMode & GroupAndOthers) != 0
            ? throw TransportError.DirectoryNotPrivate(directory, "other users may use it")
            : made.FullName;
    }
}
