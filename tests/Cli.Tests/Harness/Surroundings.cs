using System.Reflection;
using System.Runtime.CompilerServices;

namespace Contracts.Ipc.Cli.Tests.Harness;

/// <summary>Where things are, and a runtime directory of these tests alone, which the processes that they start inherit.</summary>
internal static class Surroundings
{
    public static string RuntimeDirectory { get; } = Path.Combine(Path.GetTempPath(), $"contracts-cli-tests-{Environment.ProcessId}");

    private static string BinDirectory { get; } = Path.Combine(Metadata("RepositoryRoot"), "artifacts", "bin");

    private static string Configuration { get; } = Metadata("Configuration").ToLowerInvariant();

    public static string Tool => Path.Combine(BinDirectory, "Contracts.Ipc.Cli", Configuration, "ipc.dll");

    public static string Peer => Path.Combine(BinDirectory, "TestPeer", Configuration, "Contracts.Ipc.TestPeer");

    [ModuleInitializer]
    internal static void UseOwnRuntimeDirectory()
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("These tests look into /proc and use signals.");
        }

        _ = Directory.CreateDirectory(RuntimeDirectory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Environment.SetEnvironmentVariable("XDG_RUNTIME_DIR", RuntimeDirectory);
        AppDomain.CurrentDomain.ProcessExit += static (_, _) => Directory.Delete(RuntimeDirectory, recursive: true);
    }

    private static string Metadata(string key) =>
        typeof(Surroundings).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
