using System.Text.Json;
using Contracts.Ipc.Cli.Dynamic;

namespace Contracts.Ipc.Cli.Tests.Dynamic;

public sealed class CallTests
{
    [Theory]
    [InlineData("""{"left": 1, "right": 2, "mood": "Bad"}""", "2")]
    [InlineData("""{"mood": "good", "LEFT": 1, "right": 2}""", "4")]
    [InlineData("""{"left": 1}""", "12")]
    [InlineData("[1, 2]", "4")]
    [InlineData("[1, 2, -1]", "2")]
    [InlineData("""{"left": 1, "mood": "Bad"}""", "10")]
    public async Task Arguments_are_given_by_name_or_by_position_and_may_be_left_out_at_the_end(string arguments, string result)
    {
        await using DynamicPair pair = await DynamicPair.OpenAsync();
        Assert.Equal(result, await pair.CallAsync("sum", arguments));
    }

    [Fact]
    public async Task Methods_are_found_by_what_people_call_them()
    {
        await using DynamicPair pair = await DynamicPair.OpenAsync();
        foreach (string name in (string[])["sum", "Add", "add", "SUM"])
        {
            Assert.Equal("Add", pair.Schema.FindMethod(name)?.Name);
        }

        Assert.Equal("ShapeAsync", pair.Schema.FindMethod("shape")?.Name);
        Assert.Null(pair.Schema.FindMethod("Subtract"));
    }

    [Fact]
    public async Task Calls_without_a_result_say_so()
    {
        await using DynamicPair pair = await DynamicPair.OpenAsync();
        var dynamic = new DynamicContract(pair.Client, pair.Schema);
        Assert.False((await dynamic.CallAsync(pair.Schema.FindMethod("Nothing")!, default, null, CancellationToken.None)).HasValue);
        using var arguments = JsonDocument.Parse("""{"text": "posted"}""");
        Assert.False((await dynamic.CallAsync(pair.Schema.FindMethod("Note")!, arguments.RootElement, null, CancellationToken.None)).HasValue);
        Assert.Equal("\"posted\"", await pair.CallAsync("Noted"));
    }

    [Fact]
    public async Task A_declared_fault_comes_with_its_type_its_sentence_and_its_detail()
    {
        await using DynamicPair pair = await DynamicPair.OpenAsync();
        DynamicFaultException fault = await Assert.ThrowsAsync<DynamicFaultException>(() => pair.CallAsync("Fail", """["declared"]"""));
        Assert.Equal("Contracts.Ipc.Cli.Tests.Dynamic.Denied", fault.FaultType);
        Assert.Equal("Not you.", fault.Message);
        Assert.Equal("""{"Who":"you","Missing":"Write, Top"}""", fault.DetailJson);
        IpcRemoteException other = await Assert.ThrowsAsync<IpcRemoteException>(() => pair.CallAsync("Fail", """["else"]"""));
        Assert.Equal("else", other.Message);
    }

    [Fact]
    public async Task What_a_formatter_of_the_users_writes_is_shown_and_sent_as_it_describes_itself()
    {
        await using DynamicPair pair = await DynamicPair.OpenAsync();
        Assert.Equal(
            """{"cents":12,"currency":"EUR"}""",
            await pair.CallAsync("Pay", """{"value": {"cents": 5, "currency": "EUR"}, "more": [{"cents": 3, "currency": "EUR"}, {"cents": 4, "currency": "EUR"}]}"""));
    }

    [Fact]
    public async Task Unions_name_their_case_by_name_or_tag()
    {
        await using DynamicPair pair = await DynamicPair.OpenAsync();
        Assert.Equal("""{"$type":"Circle","Radius":2.5}""", await pair.CallAsync("shape", """[{"radius": 2.5, "$type": 0}]"""));
        Assert.Equal(
            """{"$type":"Group","Shapes":[null,{"$type":"Circle","Radius":1}],"Title":null}""",
            await pair.CallAsync("shape", """[{"$type": "group", "Shapes": [null, {"$type": "Circle", "Radius": 1}]}]"""));
        Assert.Equal("null", await pair.CallAsync("shape", "[null]"));
    }

    [Fact]
    public async Task Members_are_called_by_name_or_key_and_may_be_left_out()
    {
        await using DynamicPair pair = await DynamicPair.OpenAsync();
        string result = await pair.CallAsync("scalars", """[{"Byte": 200, "5": -7, "guid": "00000000-0000-0000-0000-000000000001"}]""");
        using var json = JsonDocument.Parse(result);
        Assert.Equal(200, json.RootElement.GetProperty("Byte").GetInt32());
        Assert.Equal(-7, json.RootElement.GetProperty("Int").GetInt32());
        Assert.Equal("00000000-0000-0000-0000-000000000001", json.RootElement.GetProperty("Guid").GetString());
        Assert.Equal("0", json.RootElement.GetProperty("Decimal").GetString());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("MaybePoint").ValueKind);
    }

    [Theory]
    [InlineData("sum", """{"left": 2147483648}""", "$.left", "an integer from -2147483648 to 2147483647", "the number 2147483648")]
    [InlineData("sum", """{"left": 1.5}""", "$.left", "an integer from -2147483648 to 2147483647", "the number 1.5")]
    [InlineData("sum", """{"right": 1}""", "$.left", "an integer from -2147483648 to 2147483647", "nothing")]
    [InlineData("sum", """{"left": 1, "mood": "Worst"}""", "$.mood", "\"Bad\", \"Good\", \"Best\", or an integer from -32768 to 32767", "the string \"Worst\"")]
    [InlineData("sum", """{"left": 1, "up": 1}""", "$.up", "the arguments of Add (left: int, right?: int, mood?: Contracts.Ipc.Cli.Tests.Dynamic.Mood)", "a parameter that it does not have")]
    [InlineData("sum", "[1, 2, 3, 4]", "$", "the arguments of Add (left: int, right?: int, mood?: Contracts.Ipc.Cli.Tests.Dynamic.Mood)", "an array of 4")]
    [InlineData("tree", """[{"Name": "a", "Children": [{"Name": "b"}, {"Name": 5}]}]""", "$[0].Children[1].Name", "a string", "the number 5")]
    [InlineData("tree", """[{"Names": "a"}]""", "$[0].Names", "a member of Tree: Name, Children, Next", "a member that it does not have")]
    [InlineData("shape", """[{"$type": "Square"}]""", "$[0].$type", "\"Circle\" or 0, \"Group\" or 5, \"Holder<Contracts.Ipc.Cli.Tests.Dynamic.Point>\" or 9", "the string \"Square\"")]
    [InlineData("collections", """[{"Grid": [["a", "b"], ["c"]]}]""", "$[0].Grid[1]", "an array of 2, as the first beside it", "an array of 1")]
    [InlineData("collections", """[{"ByEnum": {"Worse": "x"}}]""", "$[0].ByEnum.Worse", "\"Bad\", \"Good\", \"Best\", or an integer from -32768 to 32767", "the string \"Worse\"")]
    [InlineData("packed", """["%"]""", "$[0]", "the memory of int[], little-endian, as base64 in a string", "the string \"%\"")]
    public async Task What_does_not_fit_is_told_with_its_place_before_anything_is_sent(string method, string arguments, string path, string expected, string actual)
    {
        await using DynamicPair pair = await DynamicPair.OpenAsync();
        JsonMismatchException mismatch = await Assert.ThrowsAsync<JsonMismatchException>(() => pair.CallAsync(method, arguments));
        Assert.Equal((path, expected, actual), (mismatch.Path, mismatch.Expected, mismatch.Actual));
        Assert.Equal($"{path}: expected {expected}, found {actual}.", mismatch.Message);
    }

    [Fact]
    public async Task A_template_can_be_sent_as_it_is()
    {
        await using DynamicPair pair = await DynamicPair.OpenAsync();
        foreach (MethodSchema method in pair.Schema.Methods.Where(static method => method.Name is not ("Pay" or "Fail" or "NotedAsync")))
        {
            using var template = JsonDocument.Parse(ContractSchema.Template(method));
            _ = await new DynamicContract(pair.Client, pair.Schema).CallAsync(method, template.RootElement, null, CancellationToken.None);
        }
    }
}
