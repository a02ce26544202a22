using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Contracts.Ipc.Analyzers.Tests.Package;

/// <summary>A project of a user, outside of the repository, with our DLLs. The real SDK builds it.</summary>
public sealed partial class TemporaryProject : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("contracts-").FullName;

    public TemporaryProject()
    {
        File.WriteAllText(Path.Combine(_folder, "User.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <UseSharedCompilation>false</UseSharedCompilation>
              </PropertyGroup>
              <ItemGroup>
                <Using Include="Contracts.Ipc" />
                <Reference Include="{PathOf("Contracts.Ipc")}" />
                <Reference Include="{PathOf("Microsoft.Extensions.Logging.Abstractions")}" />
                <Analyzer Include="{PathOf("Contracts.Ipc.Generators")}" />
                <Analyzer Include="{PathOf("Contracts.Ipc.Analyzers")}" />
                <Analyzer Include="{PathOf("Contracts.Ipc.CodeFixes")}" />
              </ItemGroup>
            </Project>
            """);

        // Whatever stands in the folders above is not part of the user's project.
        File.WriteAllText(Path.Combine(_folder, "Directory.Build.props"), "<Project />");
        File.WriteAllText(Path.Combine(_folder, "Directory.Build.targets"), "<Project />");
        File.WriteAllText(Path.Combine(_folder, "Directory.Packages.props"), "<Project />");
    }

    /// <summary>Builds these files alone and returns what the build printed: file, line, id and message of every error and warning.</summary>
    internal async Task<Printed[]> BuildAsync(IReadOnlyDictionary<string, string> files, string arguments = "")
    {
        foreach (string old in Directory.GetFiles(_folder, "*.cs"))
        {
            File.Delete(old);
        }

        foreach ((string name, string text) in files)
        {
            await File.WriteAllTextAsync(Path.Combine(_folder, name), text);
        }

        (int exitCode, string output) = await DotnetAsync($"build -nologo -nodeReuse:false -clp:NoSummary -t:Rebuild {arguments}");
        Printed[] printed =
        [
            .. Line().Matches(output)
                .Select(line => new Printed(line.Groups["file"].Value, int.Parse(line.Groups["line"].ValueSpan, provider: null), line.Groups["id"].Value, line.Groups["text"].Value))
                .Distinct()
                .OrderBy(line => line.File, StringComparer.Ordinal).ThenBy(line => line.Line).ThenBy(line => line.Id, StringComparer.Ordinal),
        ];
        Assert.True(
            printed.Any(line => line.IsError) == (exitCode != 0),
            $"The build ended with {exitCode}:\n{output}");
        return printed;
    }

    /// <summary>Sets properties of the project for all that comes.</summary>
    internal void SetProperties(string properties)
        => File.WriteAllText(Path.Combine(_folder, "Directory.Build.props"), $"<Project><PropertyGroup>{properties}</PropertyGroup></Project>");

    /// <summary>Applies all fixes, as an editor's "fix all" does for each rule.</summary>
    internal async Task<string> FixAsync()
    {
        (int exitCode, string output) = await DotnetAsync("format analyzers --severity info --no-restore");
        Assert.True(exitCode == 0, output);
        return output;
    }

    /// <summary>What its files are by now.</summary>
    internal IReadOnlyDictionary<string, string> Files()
        => Directory.GetFiles(_folder, "*.cs").ToDictionary(path => Path.GetFileName(path), File.ReadAllText);

    /// <summary>Runs what was built and returns what it printed.</summary>
    internal async Task<string> RunAsync()
    {
        (int exitCode, string output) = await DotnetAsync($"exec \"{Path.Combine(_folder, "bin", "Debug", "net10.0", "User.dll")}\"");
        Assert.True(exitCode == 0, output);
        return output;
    }

    private async Task<(int ExitCode, string Output)> DotnetAsync(string arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // What a surrounding build tells its children would mislead this one.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await error);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string PathOf(string assembly) => Path.Combine(AppContext.BaseDirectory, assembly + ".dll");

    // /tmp/contracts-x/Shop.cs(3,5): error IPC1001: 'IShop' is … [/tmp/contracts-x/User.csproj]
    [GeneratedRegex(@"(?<file>\w+\.cs)\((?<line>\d+),\d+\): (?<id>(?:error|warning) \w+): (?<text>[^\n]*?) \[")]
    private static partial Regex Line();
}

/// <summary>One line of the output of a build.</summary>
internal sealed record Printed(string File, int Line, string Id, string Text)
{
    internal bool IsError => Id.StartsWith("error ", StringComparison.Ordinal);

    public override string ToString() => FormattableString.Invariant($"{File}({Line}): {Id}");
}
