using System.Text.Json;
using Contracts.Ipc.Cli.Outcomes;
using Contracts.Ipc.Cli.Tests.Harness;
using Contracts.Ipc.Cli.Tests.Servers;

namespace Contracts.Ipc.Cli.Tests.Calling;

public sealed class CallCommandTests
{
    private const string Order = """{"Id": 7, "Customer": "Ada \u001b[31m", "Lines": [{"Article": "bolt", "Pieces": 3, "Price": 0.25}], "ShippedAt": null}""";

    [Theory]
    [InlineData("acme.Warehouse.AddAsync", """{"a": 2, "b": 3}""", "5")]
    [InlineData("Warehouse.Add", """{"a": 2}""", "12")]
    [InlineData("Add", "[2, 3]", "5")]
    [InlineData("warehouse.add", "[2]", "12")]
    public async Task A_method_is_called_by_names_and_by_positions_and_what_is_left_out_has_its_default(string method, string arguments, string result)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        ToolRun run = (await ToolRun.OfAsync("call", server.Endpoint, method, arguments)).Ended(ExitCode.Ok);
        Assert.Equal($"{result}\n", run.Output);
    }

    [Fact]
    public async Task As_a_process_it_prints_the_result_alone_and_reads_arguments_from_standard_input()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        ToolRun run = (await ToolProcess.RunAsync("""{"a": 20, "b": 22}""", ["call", server.Endpoint, "Warehouse.Add", "-"])).Ended(ExitCode.Ok);
        Assert.Equal(("42\n", ""), (run.Output, run.Error));
    }

    [Fact]
    public async Task Messages_travel_in_both_directions_and_cannot_command_the_terminal()
    {
        await using RunningServer server = await RunningServer.StartAsync("shm");
        ToolRun run = (await ToolRun.OfAsync("call", server.Endpoint, "Warehouse.Confirm", $$"""{"order": {{Order}}}""")).Ended(ExitCode.Ok);
        Assert.DoesNotContain('\e', run.Output);
        JsonElement order = JsonElement.Parse(run.Output);
        Assert.Equal(7, order.GetProperty("Id").GetInt32());
        Assert.Equal("Ada \e[31m", order.GetProperty("Customer").GetString());
        Assert.Equal("0.25", order.GetProperty("Lines")[0].GetProperty("Price").GetString());
        Assert.Equal(2026, order.GetProperty("ShippedAt").GetDateTime().Year);
    }

    [Fact]
    public async Task The_document_carries_method_result_and_time()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        JsonElement document = (await ToolProcess.RunAsync("call", server.Endpoint, "Warehouse.Add", "[1, 2]", "--json")).Ended(ExitCode.Ok).Document();
        Assert.Equal("acme.Warehouse.AddAsync", document.GetProperty("method").GetString());
        Assert.True(document.GetProperty("hasResult").GetBoolean());
        Assert.Equal(3, document.GetProperty("result").GetInt32());
        Assert.True(document.GetProperty("microseconds").GetDouble() > 0);
    }

    [Fact]
    public async Task A_method_that_returns_null_prints_it_and_one_that_returns_nothing_prints_nothing()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        Assert.Equal("null\n", (await ToolRun.OfAsync("call", server.Endpoint, "Nothing")).Ended(ExitCode.Ok).Output);
        Assert.Equal("", (await ToolRun.OfAsync("call", server.Endpoint, "Take", """{"article": "bolt", "pieces": 1}""")).Ended(ExitCode.Ok).Output);
    }

    [Fact]
    public async Task A_one_way_method_is_delivered_before_the_tool_ends()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        _ = (await ToolProcess.RunAsync("call", server.Endpoint, "Warehouse.Note", """["hello"]""")).Ended(ExitCode.Ok);
        await server.Warehouse.Noted.Task.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(["hello"], server.Warehouse.Notes);
    }

    [Fact]
    public async Task A_typed_fault_is_shown_with_its_type_and_detail_and_has_an_exit_code_of_its_own()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        string[] line = ["call", server.Endpoint, "Warehouse.Take", """{"article": "bolt", "pieces": 9}"""];
        ToolRun run = (await ToolProcess.RunAsync(line)).Ended(ExitCode.Fault);
        Assert.Equal("", run.Output);
        Assert.StartsWith("error: Only 3 are left.\ntype: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("""detail: {"Article":"bolt","Left":3}""", run.Error, StringComparison.Ordinal);

        JsonElement error = (await ToolRun.OfAsync([.. line, "--json"])).Ended(ExitCode.Fault).Document().GetProperty("error");
        Assert.Equal("fault", error.GetProperty("code").GetString());
        Assert.Contains("OutOfStock", error.GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.Equal(3, error.GetProperty("detail").GetProperty("Left").GetInt32());
    }

    [Fact]
    public async Task An_exception_of_the_handler_is_a_fault_with_its_type_and_without_a_stack()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        ToolRun run = (await ToolRun.OfAsync("call", server.Endpoint, "Warehouse.Fail", """["It is Sunday."]""")).Ended(ExitCode.Fault);
        Assert.Contains("It is Sunday.", run.Error, StringComparison.Ordinal);
        Assert.Contains("type: System.InvalidOperationException", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_takes_too_long_is_a_timeout()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        ToolRun run = (await ToolRun.OfAsync("call", server.Endpoint, "Warehouse.Sleep", "--timeout", "1s")).Ended(ExitCode.Timeout);
        Assert.Contains("--timeout", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Warehouse.Ad", "Did you mean 'Add'?")]
    [InlineData("Warehouse.ConfrimAsync", "Did you mean 'ConfirmAsync'?")]
    [InlineData("Ad", "Did you mean 'Add'?")]
    [InlineData("Warehouse.Explode", "It has ")]
    [InlineData("Wherehouse.Add", "Did you mean 'Warehouse'?")]
    public async Task An_unknown_contract_or_method_is_answered_with_what_was_meant_or_what_there_is(string method, string hint)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        ToolRun run = (await ToolRun.OfAsync("call", server.Endpoint, method)).Ended(ExitCode.NotOffered);
        Assert.Contains(hint, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"a": "two"}""")]
    [InlineData("""{"c": 2}""")]
    [InlineData("""{"b": 2}""")]
    [InlineData("[1, 2, 3]")]
    [InlineData("{")]
    [InlineData("7")]
    public async Task Arguments_that_do_not_fit_are_a_usage_error_with_the_signature_or_an_example_and_nothing_is_called(string arguments)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        ToolRun run = (await ToolRun.OfAsync("call", server.Endpoint, "Warehouse.Add", arguments)).Ended(ExitCode.Usage);
        Assert.Contains("For example {", run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public async Task An_instance_is_chosen_by_its_name_and_a_wrong_name_is_answered_with_the_right_ones()
    {
        await using RunningServer server = await RunningServer.StartAsync(instance: "north");
        Assert.Equal("3\n", (await ToolRun.OfAsync("call", server.Endpoint, "Add", "[1,2]", "--instance", "north")).Ended(ExitCode.Ok).Output);
        ToolRun run = (await ToolRun.OfAsync("call", server.Endpoint, "Add", "[1,2]", "--instance", "south")).Ended(ExitCode.NotOffered);
        Assert.Contains("--instance takes 'north'", run.Error, StringComparison.Ordinal);
    }
}
