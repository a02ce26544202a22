using System.Text.Json;
using Contracts.Ipc.Cli.CommandLine;
using Contracts.Ipc.Cli.Outcomes;
using Contracts.Ipc.Cli.Tests.Harness;

namespace Contracts.Ipc.Cli.Tests.CommandLine;

public sealed class UsageTests
{
    [Fact]
    public async Task Without_a_command_the_help_is_shown_and_the_exit_code_says_usage()
    {
        ToolRun run = (await ToolRun.OfAsync()).Ended(ExitCode.Usage);
        Assert.Contains("doctor", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("doctr", "doctor")]
    [InlineData("haeder", "header")]
    public async Task A_misspelt_command_is_answered_with_what_was_meant(string typed, string meant)
    {
        ToolRun run = (await ToolRun.OfAsync(typed)).Ended(ExitCode.Usage);
        Assert.Equal("", run.Output);
        Assert.Equal($"error: 'ipc' has no command '{typed}'.\nDid you mean '{meant}'?\n", run.Error);
    }

    [Fact]
    public async Task A_misspelt_option_is_answered_with_what_was_meant()
    {
        ToolRun run = (await ToolRun.OfAsync("doctor", "--jsn")).Ended(ExitCode.Usage);
        Assert.Equal("error: 'ipc doctor' has no option '--jsn'.\nDid you mean '--json'?\n", run.Error);
    }

    [Fact]
    public async Task A_missing_argument_is_named()
    {
        ToolRun run = (await ToolRun.OfAsync("header")).Ended(ExitCode.Usage);
        Assert.Equal("error: 'ipc header' needs <assembly>.\n'ipc header --help' tells what it takes.\n", run.Error);
    }

    [Fact]
    public async Task With_json_an_error_is_the_one_document_on_standard_output()
    {
        JsonElement error = (await ToolRun.OfAsync("doctr", "--json")).Ended(ExitCode.Usage).Document().GetProperty("error");
        Assert.Equal("usage", error.GetProperty("code").GetString());
        Assert.Equal(2, error.GetProperty("exitCode").GetInt32());
        Assert.Equal("Did you mean 'doctor'?", error.GetProperty("hint").GetString());
    }

    [Fact]
    public async Task The_version_is_that_of_the_package()
    {
        ToolRun run = (await ToolRun.OfAsync("--version")).Ended(ExitCode.Ok);
        Assert.Matches("^[0-9]+[.][0-9]+[.][0-9]+\n$", run.Output);
    }

    [Theory]
    [InlineData("unix:calculater", "unix:calculator")]
    [InlineData("unix:claculator", "unix:calculator")]
    [InlineData("UNIX:CALCULATOR", "unix:calculator")]
    [InlineData("pipe:else", null)]
    public void Few_changes_of_a_letter_are_a_slip_and_many_are_another_word(string typed, string? meant) =>
        Assert.Equal(meant, Nearest.To(typed, ["unix:calculator", "shm:telemetry"]));
}
