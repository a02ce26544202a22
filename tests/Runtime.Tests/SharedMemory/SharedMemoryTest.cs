using Contracts.Ipc.SharedMemory;

namespace Contracts.Ipc.Runtime.Tests.SharedMemory;

/// <summary>Gives a test names of its own, and fails it if one of them is still there or mapped when it is over.</summary>
public abstract class SharedMemoryTest : IDisposable
{
    private readonly string _prefix = $"test-{Guid.NewGuid():N}";
    private int _names;

    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>All backings, for tests that hold for each.</summary>
    public static TheoryData<SharedMemoryBacking> Backings { get; } = [SharedMemoryBacking.Posix, SharedMemoryBacking.SystemV];

    internal string NewName() => $"{_prefix}-{_names++}";

    internal static string FileOf(string name) => "/dev/shm/contracts." + name;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        string[] files = Directory.GetFiles("/dev/shm", $"*{_prefix}*");
        foreach (string file in files)
        {
            File.Delete(file);
        }

        Assert.Empty(files);

        // The thread that waited for a word asynchronously lets go of it behind the end of the wait.
        Assert.True(SpinWait.SpinUntil(() => !File.ReadAllText("/proc/self/maps").Contains(_prefix, StringComparison.Ordinal), Patience), "A mapping is left.");
    }
}
