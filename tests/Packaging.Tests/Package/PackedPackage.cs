using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;

namespace Contracts.Ipc.Packaging.Tests.Package;

/// <summary>Packs what was built, once for all tests of a class, and opens the result.</summary>
public sealed class PackedPackage : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("contracts-package-").FullName;

    /// <summary>The files of the package, without those that every package has for its own sake.</summary>
    public IReadOnlyList<string> Files { get; private set; } = [];

    public IReadOnlyList<string> SymbolFiles { get; private set; } = [];

    /// <summary>What NuGet makes of the package on the disk of a user.</summary>
    public string Folder => Path.Combine(_directory, "extracted");

    public XElement Metadata { get; private set; } = new("none");

    public async ValueTask InitializeAsync()
    {
        await PackAsync();
        using ZipArchive package = await OpenAsync("*.nupkg");
        using ZipArchive symbols = await OpenAsync("*.snupkg");
        await package.ExtractToDirectoryAsync(Folder);
        Files = Content(package);
        SymbolFiles = Content(symbols);
        ZipArchiveEntry manifest = package.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal));
        await using Stream stream = await manifest.OpenAsync();
        XDocument document = await XDocument.LoadAsync(stream, LoadOptions.None, default);
        Metadata = document.Root!.Elements().Single(element => element.Name.LocalName == "metadata");
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_directory, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task PackAsync()
    {
        var start = new ProcessStartInfo(
            "dotnet",
            ["pack", Repository.PathOf("src/Runtime"), "--no-build", "-c", Repository.Configuration, "-o", _directory, "-nodeReuse:false"])
        {
            RedirectStandardOutput = true,
        };
        using Process pack = Process.Start(start)!;
        string output = await pack.StandardOutput.ReadToEndAsync();
        await pack.WaitForExitAsync();
        Assert.True(pack.ExitCode == 0, output);
    }

    private async Task<ZipArchive> OpenAsync(string pattern)
        => await ZipFile.OpenReadAsync(Assert.Single(Directory.GetFiles(_directory, pattern)));

    private static string[] Content(ZipArchive archive) =>
    [
        .. archive.Entries
            .Select(entry => entry.FullName)
            .Where(name => !name.StartsWith("_rels/", StringComparison.Ordinal)
                && !name.StartsWith("package/", StringComparison.Ordinal)
                && !name.EndsWith(".nuspec", StringComparison.Ordinal)
                && name != "[Content_Types].xml")
            .Order(StringComparer.Ordinal),
    ];
}
