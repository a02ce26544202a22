namespace Contracts.Ipc.Generators.Tests.Harness;

/// <summary>Finds files of this project in the repository, whatever paths the compiler was told to record.</summary>
internal static class Repository
{
    internal static string TestProject { get; } = Path.Combine(Root(), "tests", "Generators.Tests");

    private static string Root()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Contracts.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds Contracts.sln.");
    }
}
