namespace Contracts.Ipc.Cli.Doctor;

/// <summary>What checks can see of the system. Checks only judge; whatever asks the kernel is here or in its one descendant.</summary>
internal abstract class Machine
{
    /// <summary>The text of a file of /proc, /sys or /etc without the blanks around it; null if it cannot be read.</summary>
    public abstract string? Read(string path);

    /// <summary>The limit of a resource for this process, or null if the system does not know it.</summary>
    public abstract ResourceLimit? LimitOf(Resource resource);

    /// <summary>Whether the kernel does something, by trying it.</summary>
    public abstract bool Offers(KernelFeature feature);

    /// <summary>The size of a file system and what is free of it, in bytes; null if it is not there.</summary>
    public abstract (long Size, long Free)? RoomOf(string path);

    /// <summary>The value of an environment variable.</summary>
    public abstract string? Variable(string name);

    /// <summary>The directory of endpoints with plain names, or why it cannot be used.</summary>
    public abstract (string? Path, string? Objection) UserDirectory();

    /// <summary>The release of the kernel, as <c>uname -r</c> tells it.</summary>
    public abstract string KernelRelease { get; }

    /// <summary>The whole number in a file, or null.</summary>
    public long? ReadNumber(string path) =>
        long.TryParse(Read(path), System.Globalization.CultureInfo.InvariantCulture, out long number) ? number : null;
}

/// <summary>A resource as getrlimit(2) numbers it on Linux.</summary>
internal enum Resource
{
    OpenFiles = 7,
    LockedMemory = 8,
    PendingSignals = 11,
    QueueBytes = 12,
}

/// <summary>A limit. <see cref="Unlimited"/> stands for none.</summary>
/// <param name="Soft">What counts now.</param>
/// <param name="Hard">How far the process may raise it itself.</param>
internal readonly record struct ResourceLimit(ulong Soft, ulong Hard)
{
    public const ulong Unlimited = ulong.MaxValue;

    public override string ToString() => Soft == Hard ? Text(Soft) : $"{Text(Soft)} (may be raised to {Text(Hard)})";

    private static string Text(ulong value) => value == Unlimited ? "unlimited" : value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>What the kernel may or may not do.</summary>
internal enum KernelFeature
{
    SealedMemory,
    ProcessDescriptors,
    PeerProcessDescriptors,
    RobustMutexes,
    FutexVectors,
    PosixSetUpLibrary,
}
