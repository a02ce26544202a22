using System.Text.Json;
using Contracts.Ipc.Cli.Outcomes;
using Contracts.Ipc.Cli.Tests.Harness;
using Contracts.Ipc.SharedMemory;

namespace Contracts.Ipc.Cli.Tests.Headers;

public sealed class HeaderCommandTests : IDisposable
{
    private static readonly string Assembly = typeof(HeaderCommandTests).Assembly.Location;

    private readonly string _directory = Directory.CreateTempSubdirectory("contracts-cli-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task What_is_read_from_the_file_is_what_the_struct_says_at_run_time()
    {
        JsonElement document = (await ToolRun.OfAsync("header", Assembly, "--json")).Ended(ExitCode.Ok).Document();
        JsonElement header = document.GetProperty("headers").EnumerateArray().Single(one => one.GetProperty("type").GetString() == typeof(Place).FullName);
        Assert.Equal(SharedLayout.Of<Place>().ToCHeader().TrimEnd(), header.GetProperty("text").GetString()!.TrimEnd());
        Assert.Equal(16, header.GetProperty("size").GetInt32());
        Assert.Equal(8, header.GetProperty("alignment").GetInt32());
    }

    [Fact]
    public async Task Headers_are_written_to_files_once_and_left_alone_while_they_are_right()
    {
        JsonElement first = (await ToolRun.OfAsync("header", Assembly, "-o", _directory, "--json")).Ended(ExitCode.Ok).Document();
        Assert.All(first.GetProperty("headers").EnumerateArray(), header => Assert.True(header.GetProperty("isChanged").GetBoolean()));
        string place = Path.Combine(_directory, "Contracts.Ipc.Cli.Tests.Headers.Place.h");
        Assert.Equal(SharedLayout.Of<Place>().ToCHeader().TrimEnd(), File.ReadAllText(place).TrimEnd());
        Assert.True(File.Exists(Path.Combine(_directory, "Contracts.Ipc.Cli.Tests.Headers.Outer.Inner.h")));

        JsonElement second = (await ToolRun.OfAsync("header", Assembly, "-o", _directory, "--json")).Ended(ExitCode.Ok).Document();
        Assert.All(second.GetProperty("headers").EnumerateArray(), header => Assert.False(header.GetProperty("isChanged").GetBoolean()));
    }

    [Fact]
    public async Task Without_a_directory_they_are_printed_as_a_compiler_reads_them()
    {
        ToolRun run = (await ToolProcess.RunAsync("header", Assembly)).Ended(ExitCode.Ok);
        Assert.Contains("CONTRACTS_IPC_CLI_TESTS_HEADERS_PLACE_LAYOUT_FINGERPRINT", run.Output, StringComparison.Ordinal);
        Assert.Contains("_Static_assert", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_assembly_without_shared_structs_is_told_from_a_file_that_is_none_and_from_one_that_is_missing()
    {
        _ = (await ToolRun.OfAsync("header", typeof(IpcServer).Assembly.Location)).Ended(ExitCode.NotOffered);

        string text = Path.Combine(_directory, "text.dll");
        File.WriteAllText(text, "This is not an assembly, only a text of some length that pretends to be one.");
        ToolRun run = (await ToolRun.OfAsync("header", text)).Ended(ExitCode.File);
        Assert.Contains("is not a .NET assembly", run.Error, StringComparison.Ordinal);

        _ = (await ToolRun.OfAsync("header", Path.Combine(_directory, "none.dll"))).Ended(ExitCode.File);
    }
}
