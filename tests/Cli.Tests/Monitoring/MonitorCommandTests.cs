using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Contracts.Ipc.Cli.Outcomes;
using Contracts.Ipc.Cli.Tests.Harness;
using Contracts.Ipc.Cli.Tests.Servers;
using Contracts.Ipc.Tests;

namespace Contracts.Ipc.Cli.Tests.Monitoring;

public sealed partial class MonitorCommandTests
{
    private const int Interrupt = 2;

    [Fact]
    public async Task Without_the_server_s_consent_it_is_refused_and_says_how_to_give_it()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        ToolRun run = (await ToolProcess.RunAsync("monitor", server.Endpoint)).Ended(ExitCode.Refused);
        Assert.Contains("AllowMonitoring = true", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_are_lines_of_JSON_and_the_last_line_is_the_summary()
    {
        await using RunningServer server = await RunningServer.StartAsync(configure: options => options.AllowMonitoring = true);
        using Process tool = ToolProcess.Start("monitor", server.Endpoint, "--json", "--method", "Warehouse", "--count", "6", "--timeout", "20");
        Task<ToolRun> ending = ToolProcess.EndAsync(tool);
        await CallUntilAsync(server, ending);
        string[] lines = (await ending).Ended(ExitCode.Ok).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        JsonElement[] calls = [.. lines[..^1].Select(line => JsonElement.Parse(line).GetProperty("call"))];
        Assert.Equal(6, calls.Length);
        Assert.All(calls, call => Assert.Equal(Environment.ProcessId, call.GetProperty("processId").GetInt32()));
        Assert.Contains(calls, call => call.GetProperty("method").GetString() == "acme.Warehouse.AddAsync" && !call.TryGetProperty("error", out _));
        JsonElement failed = calls.First(call => call.TryGetProperty("error", out _));
        Assert.Equal("acme.Warehouse.FailAsync", failed.GetProperty("method").GetString());
        Assert.Equal("remoteException", failed.GetProperty("error").GetString());

        JsonElement summary = JsonElement.Parse(lines[^1]).GetProperty("summary");
        Assert.Equal(6, summary.GetProperty("calls").GetInt64());
        Assert.Equal(calls.Count(call => call.TryGetProperty("error", out _)), summary.GetProperty("errors").GetInt64());
    }

    [Fact]
    public async Task Ctrl_C_ends_it_with_the_summary()
    {
        InterruptSignal.SkipIfIgnored();
        await using RunningServer server = await RunningServer.StartAsync(configure: options => options.AllowMonitoring = true);
        using Process tool = ToolProcess.Start("monitor", server.Endpoint, "--errors", "--timeout", "20");
        using var enough = new CancellationTokenSource();
        Task calling = CallUntilAsync(server, Task.Delay(Timeout.Infinite, enough.Token));
        string? head = await tool.StandardOutput.ReadLineAsync();
        string? line = await tool.StandardOutput.ReadLineAsync();
        _ = Signal(tool.Id, Interrupt);
        await enough.CancelAsync();
        await calling;
        ToolRun run = (await ToolProcess.EndAsync(tool)).Ended(ExitCode.Ok);
        Assert.StartsWith("TIME", head, StringComparison.Ordinal);
        Assert.EndsWith("acme.Warehouse.FailAsync  remoteException System.InvalidOperationException", line, StringComparison.Ordinal);
        Assert.Matches("[0-9,]+ calls in [0-9.]+ s, [0-9,]+ failed[.]", run.Output);
        Assert.Contains("acme.Warehouse.FailAsync", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("AddAsync", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_the_given_time_it_ends_by_itself()
    {
        await using RunningServer server = await RunningServer.StartAsync(configure: options => options.AllowMonitoring = true);
        ToolRun run = (await ToolRun.OfAsync("monitor", server.Endpoint, "--duration", "200ms", "--method", "acme")).Ended(ExitCode.Ok);
        Assert.Contains("0 calls in", run.Output, StringComparison.Ordinal);
    }

    private static async Task CallUntilAsync(RunningServer server, Task end)
    {
        await using IpcConnection connection = await IpcConnection.ConnectAsync(server.Endpoint);
        IWarehouse warehouse = connection.GetProxy<IWarehouse>();
        while (!end.IsCompleted)
        {
            _ = await warehouse.AddAsync(1, 2);
            _ = await Assert.ThrowsAsync<IpcRemoteException>(async () => await warehouse.FailAsync("no"));
            await Task.Yield();
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
