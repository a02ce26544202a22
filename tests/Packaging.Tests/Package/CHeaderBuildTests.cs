using System.Diagnostics;

namespace Contracts.Ipc.Packaging.Tests.Package;

/// <summary>A project of a user that has the package and asks for C headers.</summary>
public sealed class CHeaderBuildTests(PackedPackage package) : IClassFixture<PackedPackage>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("contracts-cheaders-").FullName;

    [Fact]
    public async Task A_build_writes_headers_that_C_accepts_keeps_them_up_to_date_and_cleans_them_away()
    {
        await package.WriteUserAsync(_folder, "<TreatWarningsAsErrors>true</TreatWarningsAsErrors><ContractsCHeaderDirectory>include</ContractsCHeaderDirectory>");
        await WriteSourceAsync("Sample");
        await DotnetAsync("build", "-p:ContractsCHeaderDirectory=");
        Assert.Empty(Headers());

        // Asked for after the first build: the project is compiled again, although no source has changed.
        await DotnetAsync("build");
        Assert.Equal(["Acme.Sample.h"], Headers());
        await CompileAsync("#define _GNU_SOURCE\n#include \"Acme.Sample.h\"\n#include \"contracts_shared.h\"\nint main(void) { acme_sample sample = { .Color = ACME_COLOR_GREEN, .Value = 0.5 }; return (int)sample.Value; }\n");

        DateTime written = File.GetLastWriteTimeUtc(Path.Combine(_folder, "include", "Acme.Sample.h"));
        await File.AppendAllTextAsync(Path.Combine(_folder, "Source.cs"), "\npublic class Unrelated;\n");
        await DotnetAsync("build");
        Assert.Equal(written, File.GetLastWriteTimeUtc(Path.Combine(_folder, "include", "Acme.Sample.h")));

        await WriteSourceAsync("Renamed");
        await DotnetAsync("build");
        Assert.Equal(["Acme.Renamed.h"], Headers());

        await DotnetAsync("clean");
        Assert.Empty(Headers());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string[] Headers()
    {
        string include = Path.Combine(_folder, "include");
        return Directory.Exists(include) ? [.. Directory.GetFiles(include).Select(path => Path.GetFileName(path))] : [];
    }

    private Task WriteSourceAsync(string name) => File.WriteAllTextAsync(Path.Combine(_folder, "Source.cs"), $$"""
        namespace Acme;

        public enum Color : byte { None, Green }

        [Contracts.Ipc.SharedMemory.SharedLayout]
        public partial struct {{name}}
        {
            public Color Color;
            public double Value;
        }
        """);

    private async Task CompileAsync(string source)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "main.c"), source);
        string library = (await DotnetAsync("msbuild", "-getProperty:ContractsIncludeDirectory")).Trim();
        await RunAsync(Tool.Need("gcc"), "-std=c11", "-Wall", "-Wextra", "-Werror", "-pthread", "-Iinclude", "-I" + library, "main.c", "-o", "main");
    }

    private Task<string> DotnetAsync(params string[] arguments) => RunAsync("dotnet", [.. arguments, "-nologo", "-nodeReuse:false"]);

    private async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };

        // What a surrounding build tells its children would mislead this one.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}\n{output}\n{await error}");
        return output;
    }
}
