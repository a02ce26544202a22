namespace Contracts.Ipc.Runtime.Tests.Transports.Ownership;

/// <summary>A user's directory in which only these tests keep journals, so that they can count. They run alone: the directory is the whole process's.</summary>
[CollectionDefinition(nameof(OwnRuntimeDirectory), DisableParallelization = true)]
public sealed class OwnRuntimeDirectory : ICollectionFixture<OwnRuntimeDirectory>, IDisposable
{
    private const string Variable = "XDG_RUNTIME_DIR";

    private readonly string? _before = Environment.GetEnvironmentVariable(Variable);
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("contracts-test-owners-");

    public OwnRuntimeDirectory() => Environment.SetEnvironmentVariable(Variable, _directory.FullName);

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Variable, _before);
        string[] left = Directory.GetFiles(_directory.FullName, "*", SearchOption.AllDirectories);
        _directory.Delete(recursive: true);
        Assert.Empty(left);
    }
}
