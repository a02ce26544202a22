using Contracts.Ipc.Generators.Evolution;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.Analyzers.Tests.Evolution;

/// <summary>What the light bulb does about a baseline.</summary>
public sealed class BaselineFixTests
{
    private const string Record = "Record in the contract baseline";
    private const string Accept = "Break older processes, and say so in the contract baseline";

    [Fact]
    public async Task New_lines_are_added_to_the_unshipped_file()
        => await AssertUpdatedAsync(
            "IPC5001", Record, "[IpcService] public partial interface IShop { int A(); }", "[IpcService] public partial interface IShop { int A(); void B(int x); }", all: false);

    [Fact]
    public async Task Everything_that_breaks_nobody_is_recorded_at_once()
        => await AssertUpdatedAsync(
            "IPC5001",
            Record,
            "[IpcService] public partial interface IShop { int A(); }",
            "[IpcService] public partial interface IShop { int A(); Order B(int x); } public record Order(int Id, string? Name = null); [IpcService] public partial interface IStock { void C(); } [SharedLayout] public partial struct Sample { public long A; }",
            all: true);

    [Fact]
    public async Task A_line_that_was_shipped_is_marked_and_its_successor_added()
    {
        const string Before = "[IpcService] public partial interface IShop { [IpcMethod(TimeoutMilliseconds = 1)] int A(); }";
        const string After = "[IpcService] public partial interface IShop { [IpcMethod(TimeoutMilliseconds = 2)] int A(); }";
        string text = await AssertUpdatedAsync("IPC5002", Record, Before, After, all: false);
        Assert.Contains("*REMOVED* method IShop A", text, StringComparison.Ordinal);
        Assert.Contains("\nmethod IShop A id=", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Comments_and_other_lines_of_the_file_stay()
    {
        const string Before = "[IpcService] public partial interface IShop { int A(); }";
        const string Between = "[IpcService] public partial interface IShop { int A(); int B(); }";
        const string After = "[IpcService] public partial interface IShop { int A(); int B(); int C(); }";
        string text = await UpdateAsync("IPC5001", Record, Before, ["# what is new in 2.0", .. BaselineProject.Recorded(Before, Between)], After, all: false);
        Assert.StartsWith("#contracts 1\n# what is new in 2.0\n", text, StringComparison.Ordinal);
        Assert.Contains("\nmethod IShop B id=", text, StringComparison.Ordinal);
        Assert.Contains("\nmethod IShop C id=", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("int A(); int B(int x);", "int A();", "IPC5013")]
    [InlineData("int A();", "long A();", "IPC5027")]
    [InlineData("void A();", "int A();", "IPC5018")]
    [InlineData("void A(int a, int b);", "void A(int a);", "IPC5021")]
    public async Task A_break_is_accepted_one_at_a_time(string before, string after, string id)
    {
        string source = $"[IpcService] public partial interface IShop {{ {after} }}";
        using FixProject project = await OpenAsync($"[IpcService] public partial interface IShop {{ {before} }}", [], source);
        (CodeFixProvider provider, CodeAction action) = (await project.OfferAsync(id)).Single(offer => offer.Action.Title == Accept);
        Assert.Null(provider.GetFixAllProvider());
        await project.ApplyAsync(action);
        Assert.DoesNotContain(await project.AnalyzeAsync(), diagnostic => diagnostic.Id == id);
    }

    [Fact]
    public async Task Nobody_can_accept_that_a_number_means_two_things()
    {
        using FixProject project = await OpenAsync(Keyed("[IpcKey(0)] public int A { get; set; }"), [], Keyed("[IpcKey(0)] public string? B { get; set; }"));
        Assert.Empty(await project.OfferAsync("IPC5015"));
    }

    [Theory]
    [InlineData("IPC5012", "Keep the name 'IShop' on the wire", "[IpcService] public partial interface IShop { int A(); }", "[IpcService] public partial interface IStore { int A(); }", "[IpcService(Name = \"IShop\")] public partial interface IStore { int A(); }")]
    [InlineData("IPC5012", "Keep the name 'A' on the wire", "[IpcService] public partial interface IShop { int A(); }", "[IpcService] public partial interface IShop\n{\n    int B();\n}", "[IpcService] public partial interface IShop\n{\n    [IpcMethod(Name = \"A\")]\n    int B();\n}")]
    [InlineData("IPC5012", "Keep the name 'A' on the wire", "[IpcService] public partial interface IShop { [IpcMethod(Idempotent = true)] int A(); }", "[IpcService] public partial interface IShop { [IpcMethod(Idempotent = true)] int B(); }", "[IpcService] public partial interface IShop { [IpcMethod(Idempotent = true, Name = \"A\")] int B(); }")]
    [InlineData("IPC5013", "Add [IpcReserved(\"B\")]", "[IpcService] public partial interface IShop { int A(); void B(); }", "[IpcService]\npublic partial interface IShop { int A(); }", "[IpcReserved(\"B\")]\n[IpcService]\npublic partial interface IShop { int A(); }")]
    [InlineData("IPC5016", "Add [IpcReserved(\"B\")]", "[IpcService, IpcReserved(\"B\")] public partial interface IShop { int A(); }", "[IpcService]\npublic partial interface IShop { int A(); }", "[IpcReserved(\"B\")]\n[IpcService]\npublic partial interface IShop { int A(); }")]
    [InlineData("IPC5024", "Give it the default value 1 back", "[IpcService] public partial interface IShop { void A(int a = 1); }", "[IpcService] public partial interface IShop { void A(int a = 2); }", "[IpcService] public partial interface IShop { void A(int a = 1); }")]
    public async Task What_broke_is_mended_in_the_source(string id, string title, string before, string after, string mended) => await AssertMendedAsync(id, title, before, after, mended);

    [Fact]
    public async Task A_key_is_given_back() => await AssertMendedAsync(
        "IPC5017", "Give it the key 0 back", Keyed("[IpcKey(0)] public int A { get; set; }"), Keyed("[IpcKey(3)] public int A { get; set; }"), Keyed("[IpcKey(0)] public int A { get; set; }"));

    [Fact]
    public async Task A_value_is_given_back() => await AssertMendedAsync(
        "IPC5017",
        "Give it the value 1 back",
        Painted("public enum Color { None, Red }"),
        Painted("public enum Color { None, Blue, Red = 5 }"),
        Painted("public enum Color { None, Blue, Red = 1 }"),
        silent: false);

    [Fact]
    public async Task An_enum_is_opened_again() => await AssertMendedAsync(
        "IPC5030",
        "Add [IpcOpen]",
        Painted("[IpcOpen] public enum Color { None, Red }"),
        Painted("public enum Color { None, Red }"),
        Painted("[IpcOpen]\npublic enum Color { None, Red }"));

    private static string Keyed(string members) => $"[IpcService] public partial interface IShop {{ Order A(Order o); }} [IpcMessage] public class Order {{ {members} }}";

    private static string Painted(string type) => $"[IpcService] public partial interface IShop {{ void Paint(Color color); }}\n{type}";

    private static Task<FixProject> OpenAsync(string before, string[] unshipped, string after)
        => FixProject.OpenAsync(BaselineProject.Head(BaselineProject.FactsOf(before).Facts, unshipped) + after, "");

    private static async Task AssertMendedAsync(string id, string title, string before, string after, string mended, bool silent = true)
    {
        using FixProject project = await OpenAsync(before, [], after);
        (_, CodeAction action) = (await project.OfferAsync(id)).Single(offer => offer.Action.Title == title);
        await project.ApplyAsync(action);
        string text = await project.TextAsync();
        Assert.Equal(mended, text[(text.IndexOf("\n\n", StringComparison.Ordinal) + 2)..]);
        Assert.True(!silent || (await project.AnalyzeAsync()).All(diagnostic => diagnostic.Id != id), string.Join('\n', await project.AnalyzeAsync()));
    }

    private static async Task<string> AssertUpdatedAsync(string id, string title, string before, string after, bool all)
    {
        string text = await UpdateAsync(id, title, before, [], after, all);
        Assert.Equal(
            BaselineProject.Recorded(before, after),
            text.Split('\n').Where(line => line.Length > 0 && !line.StartsWith('#')));
        return text;
    }

    private static async Task<string> UpdateAsync(string id, string title, string before, string[] unshipped, string after, bool all)
    {
        using FixProject project = await OpenAsync(before, unshipped, after);
        (CodeFixProvider provider, CodeAction action) = (await project.OfferAsync(id)).Single(offer => offer.Action.Title == title);
        await (all ? project.ApplyToAllAsync(id, provider, action) : project.ApplyAsync(action));
        Assert.Empty(await project.AnalyzeAsync());
        return await project.TextAsync(BaselineFile.Unshipped);
    }
}
