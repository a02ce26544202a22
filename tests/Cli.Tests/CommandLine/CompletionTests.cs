using System.Diagnostics;
using Contracts.Ipc.Cli.Outcomes;
using Contracts.Ipc.Cli.Tests.Harness;
using Contracts.Ipc.Cli.Tests.Servers;

namespace Contracts.Ipc.Cli.Tests.CommandLine;

public sealed class CompletionTests
{
    [Fact]
    public async Task Commands_are_completed() => Assert.Contains("describe", await SuggestAsync("ipc de"));

    [Fact]
    public async Task Endpoints_are_completed_from_what_listens_now()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        Assert.Contains(server.Endpoint, await SuggestAsync("ipc describe unix:"));
    }

    [Fact]
    public async Task Methods_are_completed_from_what_the_server_offers()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        Assert.Contains("acme.Warehouse.AddAsync", await SuggestAsync($"ipc call {server.Endpoint} acme"));
    }

    [Fact]
    public async Task Where_nobody_listens_there_is_nothing_to_complete_and_no_error()
    {
        ToolRun run = (await ToolRun.OfAsync("[suggest:22]", "ipc call unix:nobody A")).Ended(ExitCode.Ok);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public async Task Bash_completes_an_endpoint_with_its_colon()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        string line = $"ipc describe {server.Endpoint[..^1]}";
        string script = $$"""
            ipc() { dotnet exec '{{Surroundings.Tool}}' "$@"; }
            eval "$(ipc completion bash)"
            COMP_LINE='{{line}}' COMP_POINT={{line.Length}}
            _ipc_complete
            printf '%s\n' "${COMPREPLY[@]}"
            """;
        using Process bash = Process.Start(new ProcessStartInfo("bash", ["--norc", "-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        ToolRun run = await ToolProcess.EndAsync(bash);
        Assert.Equal("", run.Error);
        Assert.Contains(server.Endpoint["unix:".Length..], run.Output.Split('\n'));
        Assert.DoesNotContain("unix:", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("500ms", 0.5)]
    [InlineData("1.5s", 1.5)]
    [InlineData("2m", 120.0)]
    [InlineData("3", 3.0)]
    [InlineData("0", null)]
    [InlineData("-1s", null)]
    [InlineData("soon", null)]
    [InlineData("1e99", null)]
    public void Times_are_seconds_or_have_a_unit(string text, double? seconds) =>
        Assert.Equal(seconds, Cli.CommandLine.Duration.Parse(text)?.Time.TotalSeconds);

    private static async Task<string[]> SuggestAsync(string line) =>
        (await ToolRun.OfAsync($"[suggest:{line.Length}]", line)).Ended(ExitCode.Ok).Output.Split('\n');
}
