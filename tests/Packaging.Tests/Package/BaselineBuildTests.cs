using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Contracts.Ipc.Packaging.Tests.Package;

/// <summary>A project of a user that has the package and keeps a contract baseline, from the first version to the second release.</summary>
public sealed class BaselineBuildTests(PackedPackage package) : IClassFixture<PackedPackage>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("contracts-baseline-").FullName;

    [Fact]
    public async Task A_baseline_is_created_shipped_held_and_frozen_by_the_build()
    {
        await package.WriteUserAsync(_folder, "<Nullable>enable</Nullable><ImplicitUsings>enable</ImplicitUsings>");
        await WriteSourceAsync("Task<int> CountAsync(string filter = \"a;b %20 */\\\\\");");
        Assert.Empty(await BuildAsync());

        // All is there and nothing is shipped; a second baseline is refused.
        Assert.Empty(await BuildAsync("-t:IpcCreateBaseline"));
        Assert.Equal(["#contracts 1", "#shipped *"], Lines("Shipped"));
        Assert.Equal(
            [
                "#contracts 1",
                "contract Acme.IShop",
                "fingerprint Acme.IShop hash=*",
                "method Acme.IShop CountAsync id=* via=Task returns=int",
                "parameter Acme.IShop/CountAsync 0 name=filter type=string default='\"a;b %2520 */%5c%5c\"'",
            ],
            Lines("Unshipped"));
        Assert.Contains("has a contract baseline already", Assert.Single(await BuildAsync("-t:IpcCreateBaseline", fails: true)), StringComparison.Ordinal);
        Assert.Empty(await BuildAsync());

        // A release wants everything shipped.
        Assert.Contains("IPC5007", Assert.Single(await BuildAsync("-p:IpcContractsFrozen=true", fails: true)), StringComparison.Ordinal);
        string[] unshipped = Lines("Unshipped");
        Assert.Empty(await BuildAsync("-t:IpcShipBaseline -p:IpcContractsFrozen=true"));
        Assert.Equal(["#contracts 1", "#shipped *", .. unshipped.Skip(1)], Lines("Shipped"));
        Assert.Equal(["#contracts 1"], Lines("Unshipped"));
        Assert.Empty(await BuildAsync("-p:IpcContractsFrozen=true"));

        // From now on a change is told.
        await WriteSourceAsync("Task<string> CountAsync(string filter = \"a;b %20 */\\\\\"); void Clear();");
        Assert.Equal(["IPC5001", "IPC5027"], (await BuildAsync(fails: true)).Select(line => line[(line.IndexOf("IPC", StringComparison.Ordinal))..][..7]).Order(StringComparer.Ordinal));

        // A break that is accepted is shipped like everything else.
        string shipped = File.ReadAllText(PathOf("Shipped")).Split('\n').Single(line => line.StartsWith("method", StringComparison.Ordinal));
        await File.AppendAllTextAsync(
            PathOf("Unshipped"),
            $"*REMOVED* {shipped}\n{shipped.Replace("returns=int", "returns=string", StringComparison.Ordinal)}\nmethod Acme.IShop Clear id={Hash("Acme.IShop/Clear")}\n");

        // The fingerprint is one that only the compiler knows.
        string told = Assert.Single(await BuildAsync());
        string fingerprint = Regex.Match(told, "fingerprint Acme.IShop hash=[0-9a-f]{16}").Value;
        Assert.Contains("IPC5002", told, StringComparison.Ordinal);
        string old = File.ReadAllText(PathOf("Shipped")).Split('\n').Single(line => line.StartsWith("fingerprint", StringComparison.Ordinal));
        await File.AppendAllTextAsync(PathOf("Unshipped"), $"*REMOVED* {old}\n{fingerprint}\n");
        Assert.Empty(await BuildAsync());
        Assert.Empty(await BuildAsync("-t:IpcShipBaseline"));
        Assert.Contains("method Acme.IShop CountAsync id=* via=Task returns=string", Lines("Shipped"));
        Assert.DoesNotContain("method Acme.IShop CountAsync id=* via=Task returns=int", Lines("Shipped"));
        Assert.Equal(["#contracts 1"], Lines("Unshipped"));
        Assert.False(Directory.EnumerateFiles(_folder, "IpcContracts*.g.cs", SearchOption.AllDirectories).Any());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string PathOf(string name) => Path.Combine(_folder, $"IpcContracts.{name}.txt");

    /// <summary>The lines of a file; hashes depend on the version.</summary>
    private string[] Lines(string name)
    {
        string text = File.ReadAllText(PathOf(name));
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        return [.. text.TrimEnd('\n').Split('\n').Select(line => Regex.Replace(line, "[0-9a-f]{16}", "*"))];
    }

    private static string Hash(string text)
        => text.Aggregate(14695981039346656037UL, (hash, letter) => unchecked((hash ^ letter) * 1099511628211UL)).ToString("x16", null);

    private Task WriteSourceAsync(string methods) => File.WriteAllTextAsync(Path.Combine(_folder, "Source.cs"), $$"""
        namespace Acme;

        [Contracts.Ipc.IpcService]
        public partial interface IShop
        {
            {{methods}}
        }
        """);

    /// <summary>The errors and warnings of a build, each once.</summary>
    private async Task<string[]> BuildAsync(string arguments = "", bool fails = false)
    {
        var start = new ProcessStartInfo("dotnet", $"build -nologo -nodeReuse:false -clp:NoSummary {arguments}") { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };

        // What a surrounding build tells its children would mislead this one.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True((process.ExitCode != 0) == fails, $"dotnet build {arguments}\n{output}\n{await error}");
        return [.. output.Split('\n').Where(line => line.Contains(": error ", StringComparison.Ordinal) || line.Contains(": warning ", StringComparison.Ordinal)).Select(line => line.Trim()).Distinct()];
    }
}
