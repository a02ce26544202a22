using System.Text.Json;
using Contracts.Ipc.Cli.Listing;
using Contracts.Ipc.Cli.Outcomes;
using Contracts.Ipc.Cli.Presentation;
using Contracts.Ipc.Cli.Tests.Harness;
using Contracts.Ipc.Cli.Tests.Servers;

namespace Contracts.Ipc.Cli.Tests.Listing;

public sealed class ListCommandTests
{
    public static TheoryData<string> Transports => ["unix", "shm", "pipe", "fifo", "sysv", "mq"];

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_server_is_listed_with_what_it_offers_and_who_it_is(string transport)
    {
        await using RunningServer server = await RunningServer.StartAsync(transport);
        await using IpcConnection client = await IpcConnection.ConnectAsync(server.Endpoint);
        JsonElement entry = Find(await ToolProcess.RunAsync("ls", "--json", "--timeout", "20"), server.Endpoint);
        Assert.Equal(transport, entry.GetProperty("transport").GetString());
        Assert.Equal("live", entry.GetProperty("state").GetString());
        Assert.Equal(Environment.ProcessId, entry.GetProperty("processId").GetInt32());
        Assert.Equal("Contracts.Ipc.Cli.Tests", entry.GetProperty("process").GetString());
        Assert.Equal("warehouse", entry.GetProperty("server").GetString());
        Assert.Equal(["acme.Warehouse"], entry.GetProperty("contracts").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(JsonValueKind.Null, entry.GetProperty("reason").ValueKind);
        Assert.InRange(entry.GetProperty("since").GetDateTimeOffset(), DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow);

        // The tool does not count itself.
        Assert.Equal(1, entry.GetProperty("connections").GetInt32());
    }

    [Fact]
    public async Task An_instance_with_a_name_is_listed_under_it()
    {
        await using RunningServer server = await RunningServer.StartAsync(instance: "north");
        JsonElement entry = Find(await ToolRun.OfAsync("ls", "--json", "--timeout", "20"), server.Endpoint);
        Assert.Equal(["acme.Warehouse[north]"], entry.GetProperty("contracts").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public async Task A_server_that_describes_itself_to_nobody_is_listed_with_the_reason()
    {
        await using RunningServer server = await RunningServer.StartAsync(configure: options => options.Introspection = IpcIntrospection.Off);
        JsonElement entry = Find(await ToolRun.OfAsync("ls", "--json", "--timeout", "20"), server.Endpoint);
        Assert.Contains("Introspection", entry.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_table_every_endpoint_is_a_line()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        ToolRun run = (await ToolProcess.RunAsync("ls", "--timeout", "20")).Ended(ExitCode.Ok);
        string line = Assert.Single(run.Output.Split('\n'), line => line.StartsWith(server.Endpoint, StringComparison.Ordinal));
        Assert.Matches(@$" live +{Environment.ProcessId} +Contracts\.Ipc\.Cli\.Tests +[0-9]+ +0 +[0-9]+ s +acme\.Warehouse$", line);
    }

    [Fact]
    public void An_endpoint_of_the_dead_is_shown_as_stale_with_the_reason()
    {
        using var output = new StringWriter();
        var entry = new EndpointEntry(
            "mq:orders", "mq", EndpointState.Stale, 7, null, 1000, DateTimeOffset.UnixEpoch, null, null, null, null, "its process has ended");
        EndpointTable.Show(new EndpointListing([entry]), DateTimeOffset.UnixEpoch.AddMinutes(5), new PlainPage(output));
        Assert.Matches("(?m)^mq:orders +stale +7 +- +1000 +- +5 min +\\(its process has ended\\)$", output.ToString());
    }

    [Theory]
    [InlineData("server", "/usr/bin/server", "--port", "1")]
    [InlineData("Server", "/usr/share/dotnet/dotnet", "exec", "/opt/Server.dll")]
    [InlineData("dotnet", "dotnet", "watch")]
    public void A_process_is_called_by_what_it_runs(string name, params string[] arguments) => Assert.Equal(name, ProcessName.FromArguments(arguments));

    private static JsonElement Find(ToolRun run, string endpoint) =>
        Assert.Single(run.Ended(ExitCode.Ok).Document().GetProperty("endpoints").EnumerateArray(), entry => entry.GetProperty("endpoint").GetString() == endpoint);
}
