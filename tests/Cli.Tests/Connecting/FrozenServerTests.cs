using System.Text.Json;
using Contracts.Ipc.Cli.Outcomes;
using Contracts.Ipc.Cli.Tests.Harness;
using Contracts.Ipc.Cli.Tests.Servers;

namespace Contracts.Ipc.Cli.Tests.Connecting;

/// <summary>Alone: whoever lists endpoints beside it would wait for the frozen one.</summary>
[Collection(Alone.Name)]
public sealed class FrozenServerTests
{
    [Fact]
    public async Task A_server_that_does_not_answer_is_listed_with_the_reason_and_delays_nobody()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        await using OtherProcess frozen = await OtherProcess.ServeAsync();
        frozen.Freeze();
        ToolRun run = await ToolRun.OfAsync("ls", "--json", "--timeout", "3");
        JsonElement entry = Find(run, frozen.Endpoint);
        Assert.Equal("live", entry.GetProperty("state").GetString());
        Assert.Equal(frozen.Id, entry.GetProperty("processId").GetInt32());
        Assert.Contains("within 3 s", entry.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, entry.GetProperty("contracts").ValueKind);
        Assert.Equal(JsonValueKind.Array, Find(run, server.Endpoint).GetProperty("contracts").ValueKind);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_a_timeout()
    {
        await using OtherProcess frozen = await OtherProcess.ServeAsync();
        frozen.Freeze();
        ToolRun run = (await ToolRun.OfAsync("describe", frozen.Endpoint, "--timeout", "300ms")).Ended(ExitCode.Timeout);
        Assert.Contains("within 0.3 s", run.Error, StringComparison.Ordinal);
    }

    private static JsonElement Find(ToolRun run, string endpoint) =>
        Assert.Single(run.Ended(ExitCode.Ok).Document().GetProperty("endpoints").EnumerateArray(), entry => entry.GetProperty("endpoint").GetString() == endpoint);
}
