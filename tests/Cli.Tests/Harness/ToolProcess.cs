using System.Diagnostics;
using Contracts.Ipc.Cli.Outcomes;

namespace Contracts.Ipc.Cli.Tests.Harness;

/// <summary>The built tool as a process, as a shell starts it.</summary>
internal static class ToolProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs it to its end.</summary>
    public static Task<ToolRun> RunAsync(params string[] arguments) => RunAsync("", arguments);

    /// <summary>Runs it to its end, with something on standard input.</summary>
    public static async Task<ToolRun> RunAsync(string input, string[] arguments)
    {
        using Process process = Start(arguments);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        return await EndAsync(process);
    }

    /// <summary>Starts it; for a command that does not end by itself.</summary>
    public static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", ["exec", Surroundings.Tool, .. arguments])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    /// <summary>Waits for its end.</summary>
    public static async Task<ToolRun> EndAsync(Process process)
    {
        using var limit = new CancellationTokenSource(Patience);
        Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
        Task<string> error = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return new ToolRun((ExitCode)process.ExitCode, await output, await error);
    }
}
