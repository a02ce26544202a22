using System.Reflection;

namespace Contracts.Ipc.Analyzers.Tests;

/// <summary>Where the sources are that tests compare with.</summary>
internal static class Repository
{
    internal static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "RepositoryRoot").Value!;

    /// <summary>The generator as the compiler loads it.</summary>
    internal static string GeneratorPath { get; } = Path.Combine(AppContext.BaseDirectory, "Contracts.Ipc.Generators.dll");

    internal static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);
}
