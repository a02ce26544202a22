namespace Contracts.Ipc.SharedMemory;

/// <summary>How a named shared-memory object is made and opened.</summary>
public sealed class SharedMemoryOptions
{
    internal static readonly SharedMemoryOptions Default = new();

    /// <summary>
    /// The permissions of an object that is made; the umask is not applied. Default 0600. At most 0644: the owner's processes read and write, others may read
    /// (<c>OpenReadOnly</c>), nobody else may write.
    /// </summary>
    public UnixFileMode Permissions { get; set; } = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>What of the kernel keeps the object. Both sides must name the same. Default <see cref="SharedMemoryBacking.Posix"/>.</summary>
    public SharedMemoryBacking Backing { get; set; }

    /// <summary>Whether disposing also removes the name, if it still means this object. Processes that have it open keep it. Default no: named objects outlive their makers. If the maker of a
    /// segment is killed before it disposes, others remove the name for it.</summary>
    public bool UnlinkOnDispose { get; set; }

    /// <summary>The user id whose object it must be. Default: the user of this process. Another one is for reading what that user publishes.</summary>
    public uint? Owner { get; set; }

    /// <summary>How long operations wait that name no time of their own. Default 10 s. <see cref="System.Threading.Timeout.InfiniteTimeSpan"/>: for ever.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);
}
