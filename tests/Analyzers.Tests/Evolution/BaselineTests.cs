using Contracts.Ipc.Generators.Evolution;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Tests.Evolution;

/// <summary>What an author hears who changes what was shipped.</summary>
public sealed class BaselineTests
{
    public static TheoryData<string, string> Changes => new()
    {
        // What has to be recorded.
        { Shop("int A();"), Shop("int A(); int {|IPC5001:B|}(int x, int y);") },
        { Shop("int A();"), Shop("int A();") + " [IpcService] public partial interface {|IPC5001:IStock|} { int A(int b); }" },
        { Shop("Order A();") + " public record Order(int Id);", Shop("Order A();") + " public record Order(int Id, string? {|IPC5001:Name|} = null);" },
        { Shop("[IpcMethod(TimeoutMilliseconds = 10)] int A();"), Shop("[IpcMethod(TimeoutMilliseconds = 20)] int {|IPC5002:A|}();") },
        { Shop("Kind A();") + " public enum Kind { None }", Shop("Kind A();") + " [IpcOpen] public enum {|IPC5002:Kind|} { None }" },

        // Contracts and methods.
        { Shop("int A();") + " [IpcService] public partial interface IStock { void B(); }", Shop("int A();", "{|IPC5011:IShop|}") },
        { Shop("int A();"), "[IpcService] public partial interface {|IPC5012:IStock|} { int A(); }" },
        { Shop("int A();"), Shop("int {|IPC5012:B|}();") },
        { Shop("int A(); void B(int x);"), Shop("int A();", "{|IPC5013:IShop|}") },
        { Shop("int A(); void B(int x);"), "[IpcReserved(\"B\")] " + Shop("int A();", "{|IPC5014:IShop|}") },
        { Shop("void A();"), Shop("int {|IPC5018:A|}();") },
        { Shop("[OneWay] void A();"), Shop("void {|IPC5018:A|}();") },
        { Shop("[IpcMethod(Idempotent = true)] void A();"), Shop("void {|IPC5019:A|}();") },
        { Shop("void A();"), Shop("[IpcMethod(TimeoutMilliseconds = 5)] void {|IPC5020:A|}();") },
        { Shop("void A(int x);"), Shop("void A(int x, int {|IPC5021:y|});") },
        { Shop("void A(int x);"), Shop("void A(int {|IPC5022:y|});") },
        { Shop("void A(int x = 1);"), Shop("void A(int {|IPC5024:x|} = 2);") },
        { Shop("string A();"), Shop("string? {|IPC5026:A|}();") },
        { Shop("void A(int x);"), Shop("void A(long {|IPC5028:x|});") },
        { Shop("int A();"), Shop("long {|IPC5027:A|}();") },

        // Messages, enums and unions.
        { Order("int Id"), Order("int Id { get; set; } public required string {|IPC5023:Name|}") },
        { Order("int Id { get; set; } public string? Name"), Order("int Id", "{|IPC5013:Order|}") },
        { Order("int Id"), Order("int {|IPC5012:Number|}") },
        { Order("int Id"), Order("int[] {|IPC5027:Id|}") },
        { Order("int Id"), Shop("void A(Order o);") + " [IpcMessage] public class {|IPC5025:Order|} { [IpcKey(0)] public int Id { get; set; } }" },

        // The gap that it leaves is another matter.
        { Keyed("[IpcKey(0)] public int A { get; set; }"), "#pragma warning disable IPC2021\n" + Keyed("[IpcKey(1)] public int {|IPC5017:A|} { get; set; }") },

        { Keyed("[IpcKey(0)] public int A { get; set; }"), Keyed("[IpcKey(0)] public double {|IPC5015:B|} { get; set; }") },
        { "[IpcReserved(\"B\")] " + Shop("int A();"), Shop("int A();", "{|IPC5016:IShop|}") },
        { Shop("Kind A();") + " public enum Kind { None }", Shop("Kind A();") + " public enum Kind { None, {|IPC5029:Some|} }" },
        { Shop("Kind A();") + " public enum Kind { None, One = 1, Two = 2 }", Shop("Kind A();") + " public enum Kind { None, One = 1, {|IPC5017:Two|} = 3 }" },
        { Shop("Kind A();") + " [IpcOpen] public enum Kind { None }", Shop("Kind A();") + " public enum {|IPC5030:Kind|} { None }" },
        { Shop("int A();"), Shop("int A(); Trial {|IPC5001:B|}();", before: "#pragma warning disable ACME1\n") + " [System.Diagnostics.CodeAnalysis.Experimental(\"ACME1\")] public record {|IPC5031:Trial|}(int Id);" },
        { "[SharedLayout] public partial struct Sample { public long A; }", "[SharedLayout] public partial struct {|IPC5032:Sample|} { public long A; public long B; }" },
    };

    [Theory, MemberData(nameof(Changes))]
    [Rejects("IPC5001")]
    [Rejects("IPC5002")]
    [Rejects("IPC5011")]
    [Rejects("IPC5012")]
    [Rejects("IPC5013")]
    [Rejects("IPC5014")]
    [Rejects("IPC5015")]
    [Rejects("IPC5016")]
    [Rejects("IPC5017")]
    [Rejects("IPC5018")]
    [Rejects("IPC5019")]
    [Rejects("IPC5020")]
    [Rejects("IPC5021")]
    [Rejects("IPC5022")]
    [Rejects("IPC5023")]
    [Rejects("IPC5024")]
    [Rejects("IPC5025")]
    [Rejects("IPC5026")]
    [Rejects("IPC5027")]
    [Rejects("IPC5028")]
    [Rejects("IPC5029")]
    [Rejects("IPC5030")]
    [Rejects("IPC5031")]
    [Rejects("IPC5032")]
    public Task A_change_is_told_where_it_was_made(string before, string after) => BaselineProject.ReportsAsync(before, after);

    [Theory, MemberData(nameof(Changes))]
    [Accepts("IPC5001")]
    [Accepts("IPC5002")]
    [Accepts("IPC5003")]
    [Accepts("IPC5010")]
    [Accepts("IPC5011")]
    [Accepts("IPC5012")]
    [Accepts("IPC5013")]
    [Accepts("IPC5014")]
    [Accepts("IPC5016")]
    [Accepts("IPC5017")]
    [Accepts("IPC5018")]
    [Accepts("IPC5019")]
    [Accepts("IPC5020")]
    [Accepts("IPC5021")]
    [Accepts("IPC5022")]
    [Accepts("IPC5023")]
    [Accepts("IPC5024")]
    [Accepts("IPC5025")]
    [Accepts("IPC5026")]
    [Accepts("IPC5027")]
    [Accepts("IPC5028")]
    [Accepts("IPC5029")]
    [Accepts("IPC5030")]
    [Accepts("IPC5031")]
    [Accepts("IPC5032")]
    public async Task What_is_recorded_and_accepted_is_not_told_again(string before, string after)
    {
        string source = MarkedSource.Parse(after).Text;
        var told = await BaselineProject.AnalyzeAsync(source, BaselineProject.FactsOf(before).Facts, BaselineProject.Recorded(before, source));

        // A number with two meanings is wrong whatever anybody has agreed to.
        Assert.Equal(after.Contains("IPC5015", StringComparison.Ordinal) ? ["IPC5015"] : [], told.Select(diagnostic => diagnostic.Id));
    }

    [Fact, Accepts("IPC5015")]
    public Task A_new_number_for_something_new_is_no_reuse() => BaselineProject.ReportsAsync(
        Keyed("[IpcKey(0)] public int A { get; set; }"),
        Keyed("[IpcKey(0)] public int A { get; set; } [IpcKey(1)] public double {|IPC5001:B|} { get; set; }"));

    [Fact, Rejects("IPC5003")]
    public async Task What_is_gone_before_it_was_shipped_breaks_nobody()
    {
        string before = Shop("int A();");
        string[] unshipped = BaselineProject.Recorded(before, Shop("int A(); void B(int x);"));
        Assert.Equal(["IPC5003"], (await BaselineProject.AnalyzeAsync(before, BaselineProject.FactsOf(before).Facts, unshipped)).Select(diagnostic => diagnostic.Id));
    }

    [Fact]
    public async Task What_was_never_shipped_may_change_as_it_likes()
    {
        string shipped = Shop("int A();");
        string after = Shop("int A(); long B(string x);");
        string[] unshipped = BaselineProject.Recorded(shipped, Shop("int A(); void B(int x);"));
        Assert.All(
            await BaselineProject.AnalyzeAsync(after, BaselineProject.FactsOf(shipped).Facts, unshipped),
            diagnostic => Assert.Equal("IPC5002", diagnostic.Id));
    }

    [Fact, Rejects("IPC5010")]
    public async Task A_fingerprint_that_differs_although_no_line_does_is_told()
    {
        string source = Shop("int A();");
        IEnumerable<ContractFact> facts = BaselineProject.FactsOf(source).Facts.Select(fact
            => fact.Kind == FactKind.Fingerprint ? new ContractFact(FactKind.Fingerprint, fact.Owner, "", ("hash", "00000000000000ff")) : fact);
        Assert.Equal(["IPC5010"], (await BaselineProject.AnalyzeAsync(source, facts)).Select(diagnostic => diagnostic.Id));
    }

    [Fact]
    public async Task A_contract_that_is_refused_is_not_called_gone()
    {
        string before = Shop("int A(); Order B();") + " public record Order(int Id);";
        string after = Shop("int A(); object B();");
        Assert.Equal(["IPC1012"], (await BaselineProject.AnalyzeAsync(after, BaselineProject.FactsOf(before).Facts)).Select(diagnostic => diagnostic.Id));
    }

    [Fact]
    public async Task A_family_that_is_switched_off_is_silent()
    {
        var sample = BaselineSample.Of("// _ContractsDisabledRules = Evolution\n" + BaselineProject.Head(BaselineProject.FactsOf(Shop("int A();")).Facts));
        Assert.Empty(await TestProject.AnalyzeAsync(TestProject.Compile(Shop("long A();")), sample.Properties, sample.Texts));
    }

    [Fact]
    public async Task A_message_of_another_assembly_is_told_of_at_the_contract_that_carries_it()
    {
        static MetadataReference Library(string members)
        {
            using var image = new MemoryStream();
            Assert.True(TestProject.Compile($"namespace Acme; public class Item {{ {members} }}").WithAssemblyName("Library").Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
            return MetadataReference.CreateFromImage(image.ToArray());
        }

        string source = Shop("Acme.Item A();");
        ContractFactSet shipped = ContractFacts.Of(TestProject.Compile(source).AddReferences(Library("public int Id { get; set; }")), TestContext.Current.CancellationToken);
        var sample = BaselineSample.Of(BaselineProject.Head(shipped.Facts));
        Diagnostic told = Assert.Single(await TestProject.AnalyzeAsync(TestProject.Compile(source).AddReferences(Library("public string? Id { get; set; }")), sample.Properties, sample.Texts));
        Assert.Equal("IPC5027", told.Id);
        Assert.Equal("IShop", source.Substring(told.Location.SourceSpan.Start, told.Location.SourceSpan.Length));
    }

    private static string Shop(string methods, string name = "IShop", string before = "") => $"{before}[IpcService] public partial interface {name} {{ {methods} }}";

    private static string Order(string members, string name = "Order") => $"{Shop("void A(Order o);")} public class {name} {{ public {members} {{ get; set; }} }}";

    private static string Keyed(string members) => $"{Shop("Order A(Order o);")} [IpcMessage] public class Order {{ {members} }}";
}
