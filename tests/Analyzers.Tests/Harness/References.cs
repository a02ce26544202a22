using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Tests;

/// <summary>What the sources of the tests compile against: .NET as it runs the tests, and the runtime. Made once, because each is costly.</summary>
internal static class References
{
    internal static IReadOnlyList<MetadataReference> Framework { get; } = LoadFramework();

    internal static MetadataReference Runtime { get; } = MetadataReference.CreateFromFile(typeof(IpcServiceAttribute).Assembly.Location);

    internal static IReadOnlyList<MetadataReference> All { get; } = [.. Framework, Runtime];

    private static MetadataReference[] LoadFramework()
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        return
        [
            .. trusted.Split(Path.PathSeparator)
                .Where(path => Path.GetDirectoryName(path) == framework)
                .Select(path => MetadataReference.CreateFromFile(path)),
        ];
    }
}
