using System.Text.Json;
using Contracts.Ipc.Cli.Outcomes;
using Contracts.Ipc.Cli.Tests.Harness;
using Contracts.Ipc.Cli.Tests.Servers;

namespace Contracts.Ipc.Cli.Tests.Describing;

public sealed class DescribeCommandTests
{
    [Fact]
    public async Task The_contract_is_printed_as_C_sharp_with_its_messages_and_faults()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        ToolRun run = (await ToolProcess.RunAsync("describe", server.Endpoint)).Ended(ExitCode.Ok);
        Assert.Contains("interface IWarehouse", run.Output, StringComparison.Ordinal);
        Assert.Contains("AddAsync(int a, int b = 10", run.Output, StringComparison.Ordinal);
        Assert.Contains("OutOfStock", run.Output, StringComparison.Ordinal);
        Assert.Contains("Pieces", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("acme.Warehouse")]
    [InlineData("Warehouse")]
    [InlineData("warehouse")]
    [InlineData("ACME.warehouse")]
    public async Task One_contract_is_found_by_its_whole_name_and_by_its_end(string name)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        JsonElement document = (await ToolRun.OfAsync("describe", server.Endpoint, name, "--json")).Ended(ExitCode.Ok).Document();
        JsonElement contract = Assert.Single(document.GetProperty("contracts").EnumerateArray());
        Assert.Equal("acme.Warehouse", contract.GetProperty("name").GetString());
        Assert.Equal(IpcContract.Of<IWarehouse>().Fingerprint.ToString("x16"), contract.GetProperty("fingerprint").GetString());
        Assert.Equal(
            ["AddAsync", "ConfirmAsync", "FailAsync", "NoteAsync", "NothingAsync", "SleepAsync", "TakeAsync"],
            contract.GetProperty("methods").EnumerateArray().Select(method => method.GetProperty("name").GetString()!).Order(StringComparer.Ordinal));
        Assert.Equal(Environment.ProcessId, document.GetProperty("server").GetProperty("processId").GetInt32());
    }

    [Fact]
    public async Task A_misspelt_contract_is_answered_with_what_was_meant()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        ToolRun run = (await ToolRun.OfAsync("describe", server.Endpoint, "Warehose")).Ended(ExitCode.NotOffered);
        Assert.Equal("error: The server does not offer 'Warehose'.\nDid you mean 'Warehouse'?\n", run.Error);
    }

    [Fact]
    public async Task Where_nobody_listens_the_nearest_endpoint_is_named()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        ToolRun run = (await ToolProcess.RunAsync("describe", server.Endpoint.Replace("cli", "cil", StringComparison.Ordinal))).Ended(ExitCode.NobodyListens);
        Assert.Contains("No server listens at", run.Error, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'unix:cli-", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_without_its_scheme_is_answered_with_the_whole()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        ToolRun run = (await ToolRun.OfAsync("describe", server.Endpoint.Split(':')[1])).Ended(ExitCode.Usage);
        Assert.Contains($"Did you mean '{server.Endpoint}'?", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_describes_itself_to_nobody_refuses()
    {
        await using RunningServer server = await RunningServer.StartAsync(configure: options => options.Introspection = IpcIntrospection.Off);
        JsonElement error = (await ToolRun.OfAsync("describe", server.Endpoint, "--json")).Ended(ExitCode.Refused).Document().GetProperty("error");
        Assert.Equal("refused", error.GetProperty("code").GetString());
    }
}
