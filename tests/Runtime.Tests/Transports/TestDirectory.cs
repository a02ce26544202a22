using Contracts.Ipc.Runtime.Tests.Transports;

[assembly: AssemblyFixture(typeof(TestDirectory))]

namespace Contracts.Ipc.Runtime.Tests.Transports;

/// <summary>A private directory for the sockets of this run; gone afterwards. Sockets that are still in it then are a failure.</summary>
public sealed class TestDirectory : IDisposable
{
    private static readonly string Directory = System.IO.Directory.CreateTempSubdirectory("contracts-test-").FullName;

    /// <summary>A path in the directory that nobody else uses.</summary>
    public static string NewPath(string suffix = ".sock") => Path.Combine(Directory, Guid.NewGuid().ToString("N")[..12] + suffix);

    public void Dispose()
    {
        string[] left = [.. System.IO.Directory.EnumerateFileSystemEntries(Directory).Where(path => !path.EndsWith(".lock", StringComparison.Ordinal))];
        System.IO.Directory.Delete(Directory, recursive: true);
        Assert.Empty(left);
    }
}
