using System.Text.Json;
using Contracts.Ipc.Cli.CommandLine;
using Contracts.Ipc.Cli.Outcomes;
using Contracts.Ipc.Cli.Presentation;

namespace Contracts.Ipc.Cli.Tests.Harness;

/// <summary>One run of the tool inside the test: what it printed and what it ended with.</summary>
/// <param name="Code">The exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record ToolRun(ExitCode Code, string Output, string Error)
{
    /// <summary>Runs it as a script would.</summary>
    public static Task<ToolRun> OfAsync(params string[] arguments) => OfAsync("", arguments);

    /// <summary>Runs it as a script would, with something on standard input.</summary>
    public static async Task<ToolRun> OfAsync(string input, string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var reader = new StringReader(input);
        int code = await IpcTool.RunAsync(arguments, new Host(output, error, reader, IsTerminal: false, AllowsColor: true, int.MaxValue));
        return new ToolRun((ExitCode)code, output.ToString(), error.ToString());
    }

    /// <summary>Runs it as on a terminal of this width.</summary>
    public static async Task<ToolRun> OnTerminalAsync(int width, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = await IpcTool.RunAsync(arguments, new Host(output, error, TextReader.Null, IsTerminal: true, AllowsColor: true, width));
        return new ToolRun((ExitCode)code, output.ToString(), error.ToString());
    }

    /// <summary>The one document on standard output.</summary>
    public JsonElement Document()
    {
        Assert.Equal("", Error);
        return JsonElement.Parse(Output);
    }

    /// <summary>This run, if it ended with that code; otherwise the test fails with what was printed.</summary>
    public ToolRun Ended(ExitCode code)
    {
        Assert.True(Code == code, $"Expected {code}, got {Code}.\n{Output}\n{Error}");
        return this;
    }
}
