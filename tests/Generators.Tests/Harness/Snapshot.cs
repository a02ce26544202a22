using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Tests.Harness;

/// <summary>
/// Compares generated files with those under Snapshots/. Set CONTRACTS_UPDATE_SNAPSHOTS=1 to rewrite them, and review the difference.
/// </summary>
internal static partial class Snapshot
{
    internal static void Match(GeneratorRun run, [CallerMemberName] string name = "")
    {
        string directory = Path.Combine(Repository.TestProject, "Snapshots", name);
        Dictionary<string, string> actual = run.Files.ToDictionary(file => file.HintName + ".txt", Scrub);
        if (Environment.GetEnvironmentVariable("CONTRACTS_UPDATE_SNAPSHOTS") == "1")
        {
            Update(directory, actual);
            return;
        }

        string[] expected = Directory.Exists(directory) ? [.. Directory.GetFiles(directory).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)] : [];
        Assert.Equal(expected, actual.Keys.Order(StringComparer.Ordinal));
        foreach (string file in expected)
        {
            Assert.Equal(File.ReadAllText(Path.Combine(directory, file)), actual[file]);
        }
    }

    private static void Update(string directory, Dictionary<string, string> files)
    {
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }

        Directory.CreateDirectory(directory);
        foreach ((string file, string text) in files)
        {
            File.WriteAllText(Path.Combine(directory, file), text);
        }
    }

    // A new version of the generator is no difference.
    private static string Scrub(GeneratedSourceResult file) => Version().Replace(file.SourceText.ToString(), "$1\"x.y.z\"");

    [GeneratedRegex("(GeneratedCode\\(\"Contracts\\.Ipc\\.Generators\", )\"[^\"]*\"")]
    private static partial Regex Version();
}
