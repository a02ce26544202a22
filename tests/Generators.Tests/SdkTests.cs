using System.Diagnostics;
using Contracts.Ipc.Generators.Tests.Harness;

namespace Contracts.Ipc.Generators.Tests;

/// <summary>Projects built and run by the real SDK: its compiler knows the newest language, the one that other tests reference does not.</summary>
public sealed class SdkTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("contracts-matrix-").FullName;

    [Fact]
    public async Task Contracts_among_the_newest_language_features_build_without_warnings_and_work()
    {
        Copy(Path.Combine(Repository.TestProject, "Matrix"), _folder);
        string dlls = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);

        (int exitCode, string output) = await DotnetAsync(
            "run", "--project", Path.Combine(_folder, "App"), $"-p:ContractsDlls={dlls}", "-nodeReuse:false", "-v:q");

        Assert.True(exitCode == 0 && output.Trim().EndsWith("matrix passed", StringComparison.Ordinal), output);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static async Task<(int ExitCode, string Output)> DotnetAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };

        // What a surrounding build tells its children would mislead this one.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await error + output);
    }
}
