using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Contracts.Ipc.Packaging.Tests.Package;

/// <summary>A project of a user that has the package and switches families of rules off.</summary>
public sealed partial class FamilyBuildTests(PackedPackage package) : IClassFixture<PackedPackage>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("contracts-families-").FullName;

    [Fact]
    public async Task Families_are_switched_off_by_a_property_of_the_project()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "Source.cs"), """
            namespace Acme;

            [Contracts.Ipc.SharedMemory.SharedLayout]
            [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Sequential)]
            public partial struct Sample
            {
                public bool Flag;
            }

            public class Log
            {
                [Contracts.Ipc.OneWay]
                public void Write(string line) => System.Console.WriteLine(line);
            }
            """);

        Assert.Equal(["IPC3026", "IPC4003"], await BuildAsync(""));
        Assert.Equal(["IPC4003"], await BuildAsync("Layout"));
        Assert.Empty(await BuildAsync("Usage;Layout"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<string[]> BuildAsync(string disabled)
    {
        await package.WriteUserAsync(_folder, $"<ContractsDisabledRules>{disabled}</ContractsDisabledRules>");
        var start = new ProcessStartInfo("dotnet", ["build", "-nologo", "-nodeReuse:false", "-t:Rebuild"]) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };

        // What a surrounding build tells its children would mislead this one.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{output}\n{await error}");
        return [.. Warning().Matches(output).Select(match => match.Groups["id"].Value).Distinct().Order(StringComparer.Ordinal)];
    }

    [GeneratedRegex(@"warning (?<id>IPC\d{4}):")]
    private static partial Regex Warning();
}
